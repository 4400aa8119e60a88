package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * What people did with notes, and who follows whom and what. Who may see a note is not known here: readers leave out what
 * is not theirs to see.
 */
final class Timeline {
    static final View VIEW = View.named("notes.timeline", 2)
            .tables(
                    "create table follow (id text primary key, organization text not null, person text not null,"
                            + " target text not null)",
                    "create index follow_person on follow (person, organization, target)",
                    "create table doing (id text primary key, note text not null, person text not null, deed text not null,"
                            + " number integer not null, access text not null, at bigint not null)",
                    "create index doing_at on doing (at, id)",
                    "create index doing_note on doing (note, number)")
            .on(Follow.Event.Begun.class, (sql, it) -> {
                sql.execute("delete from follow where id = ?", it.id());
                sql.execute(
                        "insert into follow (id, organization, person, target) values (?, ?, ?, ?)",
                        it.id(),
                        it.event().organization(),
                        it.event().person(),
                        it.event().target());
            })
            .on(Follow.Event.WasEnded.class, (sql, it) -> sql.execute("delete from follow where id = ?", it.id()))
            .on(Note.Event.Revised.class, (sql, it) -> {
                int number = it.event().version();
                // A version that is gone on with is told of once, when it was saved last.
                sql.execute("delete from doing where note = ? and number = ?", it.id(), number);
                add(
                        sql,
                        it,
                        it.id(),
                        number == 1 ? Deed.CREATED : Deed.CHANGED,
                        number,
                        it.event().content());
            })
            // What somebody brings in by the thousand would hide all that happens beside it.
            .on(Note.Event.Taken.class, (sql, it) -> sql.execute("delete from doing where note = ?", it.id()))
            .on(
                    Note.Event.Restored.class,
                    (sql, it) -> add(
                            sql,
                            it,
                            it.id(),
                            Deed.RESTORED,
                            it.event().version(),
                            it.event().content()))
            .on(Note.Event.Trashed.class, (sql, it) -> add(sql, it, it.id(), Deed.TRASHED, 0, Content.Access.PUBLIC))
            .on(
                    Note.Event.Recovered.class,
                    (sql, it) -> add(sql, it, it.id(), Deed.RECOVERED, 0, Content.Access.PUBLIC))
            .on(
                    Comment.Event.WasSaid.class,
                    (sql, it) -> add(sql, it, it.event().note(), Deed.COMMENTED, 0, Content.Access.PUBLIC))
            .on(Note.Event.Expired.class, (sql, it) -> sql.execute("delete from doing where note = ?", it.id()));

    private Timeline() {}

    /** What was done with a note. */
    enum Deed {
        CREATED,
        CHANGED,
        RESTORED,
        TRASHED,
        RECOVERED,
        COMMENTED
    }

    /**
     * One thing that somebody did.
     *
     * @param number of the version that it made, or 0
     * @param access of that version
     */
    record Item(String id, String note, String person, Deed deed, int number, Content.Access access, Instant at) {
        /** What a page continues behind. */
        String key() {
            return at.toEpochMilli() + "." + id;
        }
    }

    static boolean isKey(String text) {
        return text.matches("-?[0-9]{1,18}\\.[0-9A-Z]{13}-[0-9]{1,18}");
    }

    /** What others did that a person follows, the newest first. */
    static List<Item> of(Sql sql, String organization, String person, Optional<String> behind, int limit) {
        var values = new ArrayList<Object>(List.of(person, organization, person, person, organization));
        behind.ifPresent(key -> {
            int dot = key.indexOf('.');
            values.add(Long.parseLong(key.substring(0, dot)));
            values.add(key.substring(dot + 1));
        });
        values.add(limit);
        String followed = "(select target from follow f where f.person = ? and f.organization = ?)";
        return sql.query(
                "select id, note, person, deed, number, access, at from doing where (note in " + followed
                        + " and person <> ? or person in " + followed + ")"
                        + (behind.isPresent() ? " and (at, id) < (?, ?)" : "") + " order by at desc, id desc limit ?",
                Timeline::item,
                values.toArray());
    }

    /** What a person follows in an organization. */
    static List<String> followed(Sql sql, String organization, String person, int limit) {
        return sql.query(
                "select target from follow where person = ? and organization = ? order by target limit ?",
                row -> row.text(1),
                person,
                organization,
                limit);
    }

    private static void add(Sql sql, Recorded<?> it, String note, Deed deed, int number, Content content) {
        add(sql, it, note, deed, number, content.access());
    }

    private static void add(Sql sql, Recorded<?> it, String note, Deed deed, int number, Content.Access access) {
        sql.execute(
                "insert into doing (id, note, person, deed, number, access, at) values (?, ?, ?, ?, ?, ?, ?)",
                it.id() + "-" + it.version(),
                note,
                Visibility.person(it.by()),
                deed,
                number,
                access,
                it.at());
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                row.text(2),
                row.text(3),
                Deed.valueOf(row.text(4)),
                row.integer(5),
                Content.Access.valueOf(row.text(6)),
                row.time(7));
    }
}
