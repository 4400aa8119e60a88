package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import leat.web.ui.Action;
import leat.web.ui.FormState;

/**
 * What a list of notes shows.
 *
 * @param notebooks those that its reader sees
 * @param filter what it is narrowed to, as its form has it
 * @param events where changes of it are followed
 * @param undo takes back what was just put into the trash
 * @param searches that its reader has saved, by name
 * @param authors of the notes that there are, by name
 */
record NoteListPage(
        Scope scope,
        NotebookTree notebooks,
        FormState filter,
        List<Row> rows,
        String events,
        String shown,
        Optional<String> next,
        Optional<Action> undo,
        List<Author> authors,
        List<SavedSearchList.Item> searches) {
    /** What a list can be narrowed by. */
    static final List<String> NAMES =
            List.of("q", "kind", "status", "tag", "author", "dueFrom", "dueBefore", "archived", "notebook");

    /** Somebody whose notes the list can be narrowed to. */
    record Author(String userId, String name) {}

    /**
     * One note.
     *
     * @param isOverdue whether it was due and is not completed
     * @param by who wrote its newest version
     */
    record Row(
            String id,
            List<Snippet.Piece> title,
            List<Snippet.Piece> excerpt,
            Kind kind,
            Content.Status status,
            Optional<String> color,
            List<String> tags,
            boolean isPrivate,
            boolean isShared,
            boolean isPinned,
            Optional<Instant> due,
            boolean isOverdue,
            Instant changedAt,
            String by) {

        static Row of(Notes.Hit hit, People.Names names, Instant now) {
            NoteList.Item item = hit.item();
            return new Row(
                    item.id(),
                    hit.title(),
                    hit.snippet(),
                    item.kind(),
                    item.status(),
                    item.color(),
                    item.tags(),
                    item.access() == Content.Access.PRIVATE,
                    item.shared(),
                    item.pinned(),
                    item.due(),
                    item.status() != Content.Status.COMPLETED
                            && item.due().filter(it -> it.isBefore(now)).isPresent(),
                    item.changedAt(),
                    names.of(item.changedBy()));
        }
    }

    boolean isNarrowed() {
        return isNarrowedBy(NAMES);
    }

    /** Whether it is narrowed by what stands behind "More". */
    boolean isNarrowedFurther() {
        return isNarrowedBy(List.of("tag", "author", "dueFrom", "dueBefore", "archived"));
    }

    private boolean isNarrowedBy(List<String> names) {
        return names.stream().anyMatch(it -> !filter.value(it).isEmpty());
    }

    /** What was typed to search for. */
    String typed() {
        return filter.value("q").strip();
    }

    /** The same search among what was put into the archive. */
    String inArchive() {
        return scope.link("/notes?" + query(filter.with("archived", "true")));
    }

    /** What it is narrowed to, as its address has it. */
    String query() {
        return query(filter);
    }

    private static String query(FormState narrowed) {
        return NAMES.stream()
                .filter(it -> !narrowed.value(it).isEmpty())
                .map(it -> it + "=" + NoteQuery.encoded(narrowed.value(it)))
                .collect(Collectors.joining("&"));
    }

    String link(SavedSearchList.Item search) {
        return scope.link("/notes?" + search.query());
    }
}
