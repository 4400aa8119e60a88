package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/** Every version of every note: who wrote it, when, and where in the note's stream its text is. */
final class NoteVersions {
    private static final String COLUMNS = "number, version, at, author, title, access, restores";

    static final View VIEW = View.named("notes.versions", 1)
            .tables("create table note_version (note text not null, number integer not null, version bigint not null,"
                    + " at bigint not null, author text not null, title text not null, access text not null,"
                    + " restores integer, primary key (note, number))")
            .on(
                    Note.Event.Revised.class,
                    (sql, it) -> add(sql, it, it.event().version(), it.event().content(), Optional.empty()))
            .on(
                    Note.Event.Restored.class,
                    (sql, it) -> add(
                            sql,
                            it,
                            it.event().version(),
                            it.event().content(),
                            Optional.of(it.event().from())))
            .on(Note.Event.Expired.class, (sql, it) -> sql.execute("delete from note_version where note = ?", it.id()));

    private NoteVersions() {}

    /**
     * One version.
     *
     * @param version of the entity, from which its text is read
     * @param by who wrote it
     * @param access whom it was meant for when it was written
     * @param restores the older version that it brought back
     */
    record Item(
            int number,
            long version,
            Instant at,
            String by,
            String title,
            Content.Access access,
            Optional<Integer> restores) {}

    /**
     * The newest first.
     *
     * @param before only those with lower numbers
     * @param current the only private one among them, or 0 for all of them
     */
    static List<Item> of(Sql sql, String note, int current, int before, int limit) {
        return sql.query(
                "select " + COLUMNS
                        + " from note_version where note = ? and (access = 'PUBLIC' or number = ? or 0 = ?) and number < ?"
                        + " order by number desc limit ?",
                NoteVersions::item,
                note,
                current,
                current,
                before,
                limit);
    }

    static Optional<Item> find(Sql sql, String note, int number) {
        return sql.first(
                "select " + COLUMNS + " from note_version where note = ? and number = ?",
                NoteVersions::item,
                note,
                number);
    }

    /** The one that was the newest at a moment. */
    static Optional<Item> at(Sql sql, String note, Instant moment) {
        return sql.first(
                "select " + COLUMNS + " from note_version where note = ? and at <= ? order by number desc limit 1",
                NoteVersions::item,
                note,
                moment);
    }

    private static void add(Sql sql, Recorded<?> it, int number, Content content, Optional<Integer> restores) {
        sql.execute(
                "insert into note_version (note, number, version, at, author, title, access, restores)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                it.id(),
                number,
                it.version(),
                it.at(),
                Visibility.person(it.by()),
                content.title(),
                content.access(),
                restores);
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.integer(1),
                row.number(2),
                row.time(3),
                row.text(4),
                row.text(5),
                Content.Access.valueOf(row.text(6)),
                row.optionalNumber(7).map(Long::intValue));
    }
}
