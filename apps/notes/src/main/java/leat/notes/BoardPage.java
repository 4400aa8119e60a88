package leat.notes;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the board shows: a column for each status but blank. */
record BoardPage(Scope scope, List<Column> columns) {
    /** The columns, from left to right. */
    static final List<Content.Status> STATUSES = Arrays.stream(Content.Status.values())
            .filter(it -> it != Content.Status.BLANK)
            .toList();

    /** @param more whether there are more than are shown */
    record Column(Content.Status status, List<Card> cards, boolean more) {}

    /** @param mayMove whether its reader may give it another status */
    record Card(
            String id,
            String title,
            Content.Status status,
            Optional<String> color,
            List<String> tags,
            Optional<Instant> due,
            boolean isOverdue,
            boolean mayMove) {

        static Card of(NoteList.Item item, Instant now, boolean mayMove) {
            return new Card(
                    item.id(),
                    item.title(),
                    item.status(),
                    item.color(),
                    item.tags(),
                    item.due(),
                    item.status() != Content.Status.COMPLETED
                            && item.due().filter(it -> it.isBefore(now)).isPresent(),
                    mayMove);
        }

        /** The status of the column to the left; the first column has none. */
        Optional<Content.Status> left() {
            int at = STATUSES.indexOf(status);
            return at <= 0 ? Optional.empty() : Optional.of(STATUSES.get(at - 1));
        }

        Optional<Content.Status> right() {
            int at = STATUSES.indexOf(status);
            return at == STATUSES.size() - 1 ? Optional.empty() : Optional.of(STATUSES.get(at + 1));
        }
    }

    boolean isEmpty() {
        return columns.stream().allMatch(it -> it.cards().isEmpty());
    }
}
