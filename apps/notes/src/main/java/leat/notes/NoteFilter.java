package leat.notes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.notes.text.Links;

/**
 * What a list of notes is narrowed to; what is empty narrows nothing.
 *
 * @param tag this one, or one below it: {@code house} finds {@code house/roof}
 * @param author as {@link Visibility#person} names people
 * @param dueFrom due then or later
 * @param dueBefore due earlier than this
 * @param text what titles must have in them, in whatever case
 * @param archived only those in the archive, or only those outside
 * @param notebook only those that lie in it or further in
 */
record NoteFilter(
        NoteList.State state,
        Optional<Kind> kind,
        Optional<Content.Status> status,
        Optional<String> tag,
        Optional<String> author,
        Optional<Instant> dueFrom,
        Optional<Instant> dueBefore,
        String text,
        Optional<Boolean> archived,
        Optional<String> notebook) {

    NoteFilter(
            NoteList.State state,
            Optional<Kind> kind,
            Optional<Content.Status> status,
            Optional<String> tag,
            Optional<String> author,
            Optional<Instant> dueFrom,
            Optional<Instant> dueBefore,
            String text,
            Optional<Boolean> archived) {
        this(state, kind, status, tag, author, dueFrom, dueBefore, text, archived, Optional.empty());
    }

    /** All that are kept. */
    static final NoteFilter ALL = in(NoteList.State.KEPT);

    static final NoteFilter TRASH = in(NoteList.State.TRASH);

    private static NoteFilter in(NoteList.State state) {
        return new NoteFilter(
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    /** Only those that somebody created. */
    NoteFilter by(String person) {
        return new NoteFilter(
                state, kind, status, tag, Optional.of(person), dueFrom, dueBefore, text, archived, notebook);
    }

    /** The same with whatever title. */
    NoteFilter anyTitle() {
        return new NoteFilter(state, kind, status, tag, author, dueFrom, dueBefore, "", archived, notebook);
    }

    NoteFilter archived(boolean so) {
        return new NoteFilter(state, kind, status, tag, author, dueFrom, dueBefore, text, Optional.of(so), notebook);
    }

    NoteFilter in(Optional<String> where) {
        return new NoteFilter(state, kind, status, tag, author, dueFrom, dueBefore, text, archived, where);
    }

    /** A condition on rows of {@code note}, with the values of its placeholders in their order. */
    record Condition(String sql, List<Object> values) {}

    Condition condition() {
        var sql = new StringBuilder("state = ?");
        var values = new ArrayList<Object>(List.of(state));
        kind.ifPresent(it -> add(sql, values, "kind = ?", it));
        status.ifPresent(it -> add(sql, values, "status = ?", it));
        tag.ifPresent(it -> add(sql, values, "id in (select note from note_tag where tag = ?)", it));
        author.ifPresent(it -> add(sql, values, "author = ?", it));
        dueFrom.ifPresent(it -> add(sql, values, "due_at >= ?", it));
        dueBefore.ifPresent(it -> add(sql, values, "due_at < ?", it));
        if (!text.isBlank()) {
            add(sql, values, "title_key like ? escape '!'", "%" + literal(Links.key(text)) + "%");
        }
        archived.ifPresent(it -> add(sql, values, "archived = ?", it));
        notebook.ifPresent(it -> add(sql, values, NotebookList.LYING_IN, it));
        return new Condition(sql.toString(), values);
    }

    private static void add(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(" and ").append(condition);
        values.add(value);
    }

    private static String literal(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }
}
