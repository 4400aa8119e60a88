package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.FormState;

/**
 * What a list of notes shows.
 *
 * @param notebooks those that its reader sees
 * @param filter what it is narrowed to, as its form has it
 * @param events where changes of it are followed
 * @param undo takes back what was just put into the trash
 */
record NoteListPage(
        Scope scope,
        NotebookTree notebooks,
        FormState filter,
        List<Row> rows,
        String events,
        String shown,
        Optional<String> next,
        Optional<Action> undo) {

    /**
     * One note.
     *
     * @param isOverdue whether it was due and is not completed
     * @param by who wrote its newest version
     */
    record Row(
            String id,
            String title,
            String excerpt,
            Kind kind,
            Content.Status status,
            Optional<String> color,
            List<String> tags,
            boolean isPrivate,
            boolean isPinned,
            Optional<Instant> due,
            boolean isOverdue,
            Instant changedAt,
            String by) {

        static Row of(NoteList.Item item, People.Names names, Instant now) {
            return new Row(
                    item.id(),
                    item.title(),
                    item.excerpt(),
                    item.kind(),
                    item.status(),
                    item.color(),
                    item.tags(),
                    item.access() == Content.Access.PRIVATE,
                    item.pinned(),
                    item.due(),
                    item.status() != Content.Status.COMPLETED
                            && item.due().filter(it -> it.isBefore(now)).isPresent(),
                    item.changedAt(),
                    names.of(item.changedBy()));
        }
    }

    boolean isNarrowed() {
        return List.of("q", "kind", "status", "tag", "archived", "notebook").stream()
                .anyMatch(it -> !filter.value(it).isEmpty());
    }
}
