package leat.notes;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * Every version of every note: who wrote it, when, and where in the note's stream its text is. A version that was saved several
 * times while somebody wrote it is what the last of its saves holds; the others stay, and can be read and restored.
 */
final class NoteVersions {
    /** How long one person's writing goes on being one version, from its first save. */
    static final Duration STRETCH = Duration.ofMinutes(10);

    /** In the place of a title. */
    static final String FORGOTTEN = "Written by somebody who was removed";

    /** Saves of one version that are shown. */
    static final int MAX_SAVES = 200;

    private static final String COLUMNS = "number, version, at, author, title, access, restores, sender,"
            + " (select min(s.at) from note_version s where s.note = v.note and s.number = v.number),"
            + " (select count(*) from note_version s where s.note = v.note and s.number = v.number)";

    private static final String LAST =
            "version = (select max(s.version) from note_version s where s.note = v.note and s.number = v.number)";

    static final View VIEW = View.named("notes.versions", 3)
            .tables(
                    "create table note_version (note text not null, number integer not null, version bigint not null,"
                            + " at bigint not null, author text not null, sender text not null, title text not null,"
                            + " access text not null, restores integer, primary key (note, version))",
                    "create index note_version_number on note_version (note, number, version)")
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
     * @param sender who wrote it, and by which session or token
     * @param began when it was first saved
     * @param saves how often it was saved
     */
    record Item(
            int number,
            long version,
            Instant at,
            String by,
            String title,
            Content.Access access,
            Optional<Integer> restores,
            String sender,
            Instant began,
            int saves) {

        /** Whether what somebody's editor saves now is still this version; what was created or restored stays as it is. */
        boolean isGoneOnWithBy(String by, Instant now) {
            return number > 1 && restores.isEmpty() && sender.equals(by) && now.isBefore(began.plus(STRETCH));
        }
    }

    /**
     * The newest first.
     *
     * @param before only those with lower numbers
     * @param current the only private one among them, or 0 for all of them
     */
    static List<Item> of(Sql sql, String note, int current, int before, int limit) {
        return sql.query(
                "select " + COLUMNS
                        + " from note_version v where note = ? and (access = 'PUBLIC' or number = ? or 0 = ?) and number < ?"
                        + " and " + LAST + " order by number desc limit ?",
                NoteVersions::item,
                note,
                current,
                current,
                before,
                limit);
    }

    static Optional<Item> find(Sql sql, String note, int number) {
        return sql.first(
                "select " + COLUMNS + " from note_version v where note = ? and number = ? and " + LAST,
                NoteVersions::item,
                note,
                number);
    }

    /** All saves of one version, the newest first. */
    static List<Item> saves(Sql sql, String note, int number) {
        return sql.query(
                "select " + COLUMNS
                        + " from note_version v where note = ? and number = ? order by version desc limit ?",
                NoteVersions::item,
                note,
                number,
                MAX_SAVES);
    }

    /** What was newest at a moment. */
    static Optional<Item> at(Sql sql, String note, Instant moment) {
        return sql.first(
                "select " + COLUMNS + " from note_version v where note = ? and at <= ? order by version desc limit 1",
                NoteVersions::item,
                note,
                moment);
    }

    private static void add(Sql sql, Recorded<?> it, int number, Content content, Optional<Integer> restores) {
        sql.execute(
                "insert into note_version (note, number, version, at, author, sender, title, access, restores)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                it.id(),
                number,
                it.version(),
                it.at(),
                Visibility.person(it.by()),
                it.by(),
                content.isForgotten() ? FORGOTTEN : content.title(),
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
                row.optionalNumber(7).map(Long::intValue),
                row.text(8),
                row.time(9),
                row.integer(10));
    }
}
