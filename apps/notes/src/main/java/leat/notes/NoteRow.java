package leat.notes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Recorded;
import leat.kernel.sql.Sql;
import leat.notes.Note.Event;
import leat.notes.text.Links;
import leat.notes.text.PlainText;

/** How events write the row of a note in {@link NoteList}, and what lies beside it: its words, tags, links and names. */
final class NoteRow {
    private NoteRow() {}

    static void create(Sql sql, Recorded<Event.Created> it) {
        sql.execute(
                "insert into note (id, organization, author, slug, state, number, version, title, title_key,"
                        + " excerpt, kind, status, access, was_public, tags, pinned, archived, created_at,"
                        + " changed_at, changed_by, part, position, text_hash) values (?, ?, ?, ?, 'NEW', 0, ?, '', '',"
                        + " '', 'NOTE', 'BLANK', 'PRIVATE', 0, '', 0, 0, ?, ?, ?, ?, ?, '')",
                it.id(),
                it.event().organization(),
                it.event().author(),
                it.event().slug().isEmpty() ? it.id() : it.event().slug(),
                it.version(),
                it.at(),
                it.at(),
                Visibility.person(it.by()),
                it.position().partition(),
                ChangeFeed.place(it.position(), 0));
    }

    /** Leaves it bare, for those who knew the note to learn that it is gone. */
    static void empty(Sql sql, Recorded<Event.Expired> it) {
        NotebookList.leave(sql, it.id());
        set(
                sql,
                it,
                "notebook = null, shared_in = null, state = ?, slug = '', title = '', title_key = '', excerpt = '',"
                        + " url = null, tags = '', text_hash = ''",
                NoteList.State.GONE);
        untie(sql, it.id());
        sql.execute("delete from note_name where note = ?", it.id());
        NoteSearch.in(sql.dialect()).forget(sql, it.id());
    }

    /** What a version says, and what is searched, linked and tagged by it. */
    static void write(Sql sql, Recorded<?> it, int number, Content content) {
        if (content.isForgotten()) {
            // Whoever wrote it was forgotten; what others wrote before is shown.
            set(
                    sql,
                    it,
                    "state = 'KEPT', number = ?, status = ?, access = ?,"
                            + " was_public = case when access = 'PUBLIC' then 1 else was_public end",
                    number,
                    content.status(),
                    content.access());
            return;
        }
        String hash = hash(content);
        Optional<Before> before = number == 1 ? Optional.empty() : before(sql, it.id());
        boolean sameText = before.filter(old -> old.hash().equals(hash)).isPresent();
        String plain = sameText ? "" : PlainText.of(content.body());
        if (!sameText || before.filter(old -> old.access() == content.access()).isEmpty()) {
            call(sql, it.id(), before, content);
        }
        set(
                sql,
                it,
                "state = 'KEPT', number = ?, kind = ?, status = ?, access = ?,"
                        + " was_public = case when access = 'PUBLIC' then 1 else was_public end, color = ?, url = ?,"
                        + " due_at = ?, starts_at = ?, ends_at = ?, changed_at = ?, changed_by = ?"
                        + (sameText ? "" : ", title = ?, title_key = ?, excerpt = ?, tags = ?, text_hash = ?"),
                state(it, number, content),
                sameText ? List.of() : text(content, plain, hash));
        if (!sameText) {
            if (before.isPresent()) {
                untie(sql, it.id());
            }
            tag(sql, it.id(), content.tags());
            link(sql, it.id(), content.body());
            NoteSearch.in(sql.dialect()).learn(sql, it.id(), content, plain);
        }
    }

    /** What a row says of a note's former version. */
    private record Before(Content.Access access, String hash) {}

    private static Optional<Before> before(Sql sql, String note) {
        return sql.first(
                "select access, text_hash from note where id = ?",
                row -> new Before(Content.Access.valueOf(row.text(1)), row.text(2)),
                note);
    }

    /** Of all that is searched, linked and tagged: most changes of a note leave that as it is. */
    private static String hash(Content content) {
        return Sha256.hex(String.join("\0", content.title(), String.join(" ", content.tags()), content.body()));
    }

    private static List<Object> state(Recorded<?> it, int number, Content content) {
        return List.of(
                number,
                content.kind(),
                content.status(),
                content.access(),
                content.color(),
                content.url(),
                content.due(),
                content.start(),
                content.end(),
                it.at(),
                Visibility.person(it.by()));
    }

    private static List<Object> text(Content content, String plain, String hash) {
        return List.of(
                content.title(), Links.key(content.title()), beginning(plain), String.join(" ", content.tags()), hash);
    }

    /** What a note was called while it was private is forgotten when it is opened. */
    private static void call(Sql sql, String note, Optional<Before> before, Content content) {
        if (content.access() == Content.Access.PUBLIC
                && before.filter(old -> old.access() == Content.Access.PRIVATE).isPresent()) {
            sql.execute("delete from note_name where note = ?", note);
        }
        sql.execute(
                "insert into note_name (note, title_key) values (?, ?) on conflict (title_key, note) do nothing",
                note,
                Links.key(content.title()));
    }

    /** From the tags and notes that its former version named. */
    private static void untie(Sql sql, String note) {
        sql.execute("delete from note_tag where note = ?", note);
        sql.execute("delete from note_link where note = ?", note);
    }

    private static void link(Sql sql, String note, String body) {
        Links.in(body).stream()
                .map(link -> Links.key(link.title()))
                .distinct()
                .forEach(target -> sql.execute("insert into note_link (note, target) values (?, ?)", note, target));
    }

    /** Changes columns of the row, and that it has changed. */
    static void set(Sql sql, Recorded<?> it, String assignments, Object... values) {
        set(sql, it, assignments, List.of(values), List.of());
    }

    private static void set(Sql sql, Recorded<?> it, String assignments, List<?> values, List<?> more) {
        var all = new ArrayList<Object>(values);
        all.addAll(more);
        Collections.addAll(all, it.version(), it.position().partition(), ChangeFeed.place(it.position(), 0), it.id());
        sql.execute(
                "update note set " + assignments + ", version = ?, part = ?, position = ? where id = ?", all.toArray());
    }

    private static void tag(Sql sql, String note, List<String> tags) {
        for (String tag : withThoseAbove(tags)) {
            sql.execute("insert into note_tag (note, tag) values (?, ?)", note, tag);
        }
    }

    private static Set<String> withThoseAbove(List<String> tags) {
        var all = new LinkedHashSet<String>();
        for (String tag : tags) {
            for (int slash = tag.indexOf('/'); slash > 0; slash = tag.indexOf('/', slash + 1)) {
                all.add(tag.substring(0, slash));
            }
            all.add(tag);
        }
        return all;
    }

    /** How a body begins, as it reads without the signs of Markdown. */
    static String excerpt(String body) {
        return beginning(PlainText.of(body));
    }

    private static String beginning(String plain) {
        return plain.codePointCount(0, plain.length()) <= NoteList.EXCERPT
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, NoteList.EXCERPT));
    }
}
