package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.notes.Note.Event;
import leat.notes.text.Links;

/**
 * Every note, as lists, boards and the {@link ChangeFeed} see it; one that was removed for good leaves a bare row, from
 * which those who knew it learn that it is gone.
 */
final class NoteList {
    /** Before the id of a note: what is announced when its row has changed. */
    static final String TOPIC = "notes.note/";

    /** Characters of a body that a list shows. */
    static final int EXCERPT = 200;

    /** People whom a list offers to narrow itself to. */
    static final int MAX_AUTHORS = 200;

    /** How many columns {@link #item} reads. */
    static final int COLUMN_COUNT = 26;

    private static final String COLUMNS =
            "id, organization, author, slug, state, number, version, title, excerpt, kind,"
                    + " status, access, color, url, due_at, starts_at, ends_at, tags, pinned, archived, trash_until, created_at,"
                    + " changed_at, changed_by,"
                    + " (select lain.place from notebook lain where lain.id = note.notebook) as lies_in,"
                    + " case when access = 'PRIVATE' and exists (select 1 from note_share s where s.role > 0"
                    + " and s.person <> note.author and s.thing in (note.id, note.shared_in)) then 1 else 0 end as is_shared";

    /** Where a note is. */
    enum State {
        /** Created, and its first version not yet folded. */
        NEW,
        KEPT,
        TRASH,
        GONE
    }

    /** What a list begins with. */
    enum Order {
        /** The pinned ones, then what was written last. */
        CHANGED(
                "pinned desc, changed_at desc, id desc",
                "(pinned, changed_at, id) < (?, ?, ?)",
                "[01]\\.-?[0-9]{1,18}"),
        /** What is due first; what is not due at all is left out. */
        DUE("due_at, id", "(due_at, id) > (?, ?)", "-?[0-9]{1,18}");

        private final String columns;
        private final String behind;
        private final String numbers;

        Order(String columns, String behind, String numbers) {
            this.columns = columns;
            this.behind = behind;
            this.numbers = numbers;
        }

        /** What a page continues behind: the numbers by which it is ordered, and the id. */
        String key(Item item) {
            return switch (this) {
                case CHANGED -> (item.pinned() ? 1 : 0) + "." + item.changedAt().toEpochMilli() + "." + item.id();
                case DUE -> item.due().map(Instant::toEpochMilli).orElse(0L) + "." + item.id();
            };
        }

        boolean isKey(String text) {
            return text.matches(numbers + "\\.[0-9A-Z]{13}");
        }

        private static List<Object> values(String key) {
            String[] parts = key.split("\\.", -1);
            var values = new ArrayList<Object>();
            for (int i = 0; i < parts.length - 1; i++) {
                values.add(Long.parseLong(parts[i]));
            }
            values.add(parts[parts.length - 1]);
            return values;
        }
    }

    static final View VIEW = NotebookList.beside(View.named("notes.list", 10)
            .tables(
                    "create table note (id text primary key, organization text not null, author text not null,"
                            + " slug text not null, state text not null, number integer not null, version bigint not null,"
                            + " title text not null, title_key text not null, excerpt text not null, kind text not null,"
                            + " status text not null, access text not null, was_public integer not null, color text, url text,"
                            + " due_at bigint, starts_at bigint, ends_at bigint, tags text not null, pinned integer not null,"
                            + " archived integer not null, trash_until bigint, created_at bigint not null,"
                            + " changed_at bigint not null, changed_by text not null, part text not null,"
                            + " position bigint not null, notebook text, shared_in text, text_hash text not null)",
                    "create index note_order on note (organization, state, pinned, changed_at, id)",
                    "create index note_due on note (organization, due_at, id)",
                    "create index note_slug on note (slug)",
                    "create index note_author on note (organization, author, state, access)",
                    "create index note_change on note (organization, part, position)",
                    "create table note_tag (note text not null, tag text not null, primary key (tag, note))",
                    "create index note_tag_note on note_tag (note)",
                    "create table note_link (note text not null, target text not null, primary key (target, note))",
                    "create index note_link_note on note_link (note)",
                    "create table note_name (note text not null, title_key text not null, primary key (title_key, note))",
                    "create index note_name_note on note_name (note)")
            .tablesIn(Dialect.SQLITE, SqliteNoteSearch.TABLES)
            .tablesIn(Dialect.POSTGRESQL, PostgresNoteSearch.TABLES)
            .on(Event.Created.class, NoteRow::create)
            .on(
                    Event.Revised.class,
                    (sql, it) -> NoteRow.write(
                            sql, it, it.event().version(), it.event().content()))
            .on(
                    Event.Restored.class,
                    (sql, it) -> NoteRow.write(
                            sql, it, it.event().version(), it.event().content()))
            .on(
                    Event.Taken.class,
                    (sql, it) -> NoteRow.set(
                            sql,
                            it,
                            "created_at = coalesce(?, created_at), changed_at = coalesce(?, changed_at)",
                            it.event().created(),
                            it.event().changed().or(it.event()::created)))
            .on(Event.Pinned.class, (sql, it) -> NoteRow.set(sql, it, "pinned = ?", true))
            .on(Event.Unpinned.class, (sql, it) -> NoteRow.set(sql, it, "pinned = ?", false))
            .on(Event.Archived.class, (sql, it) -> NoteRow.set(sql, it, "archived = ?", true))
            .on(Event.Unarchived.class, (sql, it) -> NoteRow.set(sql, it, "archived = ?", false))
            .on(
                    Event.Trashed.class,
                    (sql, it) -> NoteRow.set(
                            sql,
                            it,
                            "state = ?, trash_until = ?",
                            State.TRASH,
                            it.event().until()))
            .on(Event.Recovered.class, (sql, it) -> NoteRow.set(sql, it, "state = ?, trash_until = null", State.KEPT))
            .on(
                    Event.Disowned.class,
                    (sql, it) -> NoteRow.set(sql, it, "slug = ?", it.event().slug()))
            .on(Event.Expired.class, NoteRow::empty)
            .announces(Event.Revised.class, NoteList::topic)
            .announces(Event.Restored.class, NoteList::topic)
            .announces(Event.Pinned.class, NoteList::topic)
            .announces(Event.Unpinned.class, NoteList::topic)
            .announces(Event.Archived.class, NoteList::topic)
            .announces(Event.Unarchived.class, NoteList::topic)
            .announces(Event.Trashed.class, NoteList::topic)
            .announces(Event.Recovered.class, NoteList::topic)
            .announces(Event.Disowned.class, NoteList::topic)
            .announces(Event.Expired.class, NoteList::topic));

    private NoteList() {}

    /**
     * One note without its body.
     *
     * @param number of its newest version
     * @param version of the entity, which changes with everything that happens to the note
     * @param excerpt how its body begins, in one line
     * @param changedAt when its newest version was written
     * @param changedBy who wrote that
     * @param notebook the one in which it lies
     * @param shared whether others than its author see it although it is private
     */
    record Item(
            String id,
            Note.Identity identity,
            State state,
            int number,
            long version,
            String title,
            String excerpt,
            Kind kind,
            Content.Status status,
            Content.Access access,
            Optional<String> color,
            Optional<String> url,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            List<String> tags,
            boolean pinned,
            boolean archived,
            Optional<Instant> trashUntil,
            Instant createdAt,
            Instant changedAt,
            String changedBy,
            Optional<String> notebook,
            boolean shared) {}

    /** A tag and how many notes have it, or one below it. */
    record TagCount(String tag, int notes) {}

    // --- asking --------------------------------------------------------------------------------------------------

    /**
     * What a person sees of an organization's notes.
     *
     * @param behind a key that {@link Order#isKey} knows; empty for the first page
     */
    static List<Item> of(
            Sql sql,
            String organization,
            String person,
            NoteFilter filter,
            Order order,
            Optional<String> behind,
            int limit) {
        NoteFilter.Condition condition = filter.condition();
        var values = new ArrayList<>(Visibility.values(organization, person));
        values.addAll(condition.values());
        String due = order == Order.DUE ? " and due_at is not null" : "";
        behind.map(Order::values).ifPresent(values::addAll);
        values.add(limit);
        return sql.query(
                "select " + COLUMNS + " from note where " + Visibility.OF_ROWS + " and " + condition.sql() + due
                        + (behind.isPresent() ? " and " + order.behind : "") + " order by " + order.columns
                        + " limit ?",
                NoteList::item,
                values.toArray());
    }

    /** What is due, starts or ends from a moment on, the first first. */
    static List<Item> between(Sql sql, String organization, String person, Instant from, int limit) {
        var values = new ArrayList<>(Visibility.values(organization, person));
        values.addAll(List.of(from, from, from, limit));
        return sql.query(
                "select " + COLUMNS + " from note where " + Visibility.OF_ROWS
                        + " and state = 'KEPT' and (due_at >= ? or starts_at >= ? or ends_at >= ?)"
                        + " order by coalesce(due_at, starts_at), id limit ?",
                NoteList::item,
                values.toArray());
    }

    /** A column of the board: the pinned notes, then what is due first, then what was written last. */
    static List<Item> column(
            Sql sql, String organization, String person, Content.Status status, Optional<String> notebook, int limit) {
        var values = new ArrayList<>(Visibility.values(organization, person));
        values.add(status);
        notebook.ifPresent(values::add);
        values.add(limit);
        return sql.query(
                "select " + COLUMNS + " from note where " + Visibility.OF_ROWS
                        + " and state = 'KEPT' and archived = 0 and status = ?"
                        + (notebook.isPresent() ? " and " + NotebookList.LYING_IN : "")
                        + " order by pinned desc, due_at is null, due_at, changed_at desc, id limit ?",
                NoteList::item,
                values.toArray());
    }

    /** The tags of the notes that a person sees, by name; a tag counts the notes of those below it, too. */
    static List<TagCount> tags(Sql sql, String organization, String person) {
        return sql.query(
                "select tag, count(*) from note_tag join note on note.id = note_tag.note where " + Visibility.OF_ROWS
                        + " and state = 'KEPT' group by tag order by tag",
                row -> new TagCount(row.text(1), row.integer(2)),
                Visibility.values(organization, person).toArray());
    }

    /**
     * The note that a link with this title leads to: the oldest that is called so, or else that was called so before it was
     * renamed.
     */
    static Optional<Item> titled(Sql sql, String organization, String person, String title) {
        var values = new ArrayList<>(Visibility.values(organization, person));
        Collections.addAll(values, Links.key(title), Links.key(title));
        return sql.first(
                "select " + COLUMNS + " from note where " + Visibility.OF_ROWS + " and state = 'KEPT'"
                        + " and id in (select note from note_name where title_key = ?)"
                        + " order by case when title_key = ? then 0 else 1 end, created_at, id limit 1",
                NoteList::item,
                values.toArray());
    }

    /** The notes whose text links to a note, by any title that it ever had; those that were written last come first. */
    static List<Item> linkingTo(Sql sql, String organization, String person, String note, int limit) {
        var values = new ArrayList<>(Visibility.values(organization, person));
        Collections.addAll(values, note, note, limit);
        return sql.query(
                "select " + COLUMNS + " from note where " + Visibility.OF_ROWS + " and state = 'KEPT' and id <> ?"
                        + " and id in (select note from note_link where target in"
                        + " (select title_key from note_name where note = ?)) order by changed_at desc, id desc limit ?",
                NoteList::item,
                values.toArray());
    }

    /** Those who created notes that a person sees, each once. */
    static List<String> authors(Sql sql, String organization, String person) {
        // Steps from one author to the next along the index, whatever the number of notes.
        var values = new ArrayList<Object>(List.of(organization, organization));
        values.addAll(Visibility.values(organization, person));
        values.add(MAX_AUTHORS);
        return sql.query(
                "with recursive writer (person) as (select min(author) from note where organization = ? union all"
                        + " select (select min(author) from note where organization = ? and author > writer.person)"
                        + " from writer where writer.person is not null)"
                        + " select person from writer where person is not null and exists (select 1 from note where "
                        + Visibility.OF_ROWS + " and author = writer.person and state = 'KEPT') limit ?",
                row -> row.text(1),
                values.toArray());
    }

    /** The notes of this slug, one in each organization at most, whoever may see them. */
    static List<Item> bySlug(Sql sql, String slug) {
        return sql.query("select " + COLUMNS + " from note where slug = ?", NoteList::item, slug);
    }

    static Optional<Item> find(Sql sql, String id) {
        return sql.first("select " + COLUMNS + " from note where id = ?", NoteList::item, id);
    }

    /** Ids of the notes that are somebody's, in the trash or not. */
    static List<String> ofAuthor(Sql sql, String person) {
        return sql.query(
                "select id from note where author = ? and state <> 'GONE' order by id", row -> row.text(1), person);
    }

    /** The columns that {@link #item} reads, of a table or alias. */
    static String columns() {
        return COLUMNS;
    }

    static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                new Note.Identity(row.text(2), row.text(3), row.text(4)),
                State.valueOf(row.text(5)),
                row.integer(6),
                row.number(7),
                row.text(8),
                row.text(9),
                Kind.valueOf(row.text(10)),
                Content.Status.valueOf(row.text(11)),
                Content.Access.valueOf(row.text(12)),
                row.optionalText(13),
                row.optionalText(14),
                row.optionalTime(15),
                row.optionalTime(16),
                row.optionalTime(17),
                row.text(18).isEmpty() ? List.of() : List.of(row.text(18).split(" ")),
                row.truth(19),
                row.truth(20),
                row.optionalTime(21),
                row.time(22),
                row.time(23),
                row.text(24),
                row.optionalText(25),
                row.truth(26));
    }

    static String topic(Recorded<?> it) {
        return TOPIC + it.id();
    }
}
