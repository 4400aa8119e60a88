package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.notes.Attachment.Event;

/** The files of every note, how much an organization has, and which bytes are still led to. */
final class AttachmentList {
    /** Files at one note, at which no more are taken. */
    static final int MAX_PER_NOTE = 200;

    private static final String COLUMNS = "id, note, author, name, type, size, hash, stored, at";

    static final View VIEW = View.named("notes.attachments", 1)
            .tables(
                    "create table note_attachment (id text primary key, note text not null, organization text not null,"
                            + " author text not null, name text not null, type text not null, size bigint not null,"
                            + " hash text not null, stored text not null, at bigint not null)",
                    "create index note_attachment_note on note_attachment (note, at, id)",
                    "create index note_attachment_hash on note_attachment (organization, hash, size)",
                    "create index note_attachment_stored on note_attachment (stored)")
            .on(
                    Event.WasAttached.class,
                    (sql, it) -> sql.execute(
                            "insert into note_attachment (id, note, organization, author, name, type, size, hash, stored, at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            it.id(),
                            it.event().note(),
                            it.event().organization(),
                            it.event().author(),
                            it.event().file().name().isEmpty()
                                    ? it.id()
                                    : it.event().file().name(),
                            it.event().file().type(),
                            it.event().file().size(),
                            it.event().file().hash(),
                            it.event().file().blob(),
                            it.at()))
            .on(Event.WasRemoved.class, (sql, it) -> sql.execute("delete from note_attachment where id = ?", it.id()))
            .on(
                    Event.HandedOver.class,
                    (sql, it) -> sql.execute(
                            "update note_attachment set name = ? where id = ?",
                            it.event().name(),
                            it.id()))
            .announces(
                    Event.WasAttached.class, it -> NoteList.TOPIC + it.event().note())
            .announces(Event.WasRemoved.class, it -> NoteList.TOPIC + it.event().note());

    private AttachmentList() {}

    /** One file of a note. */
    record Item(String id, String note, String author, Attachment.File file, Instant at) {}

    /** Those of a note, the oldest first. */
    static List<Item> of(Sql sql, String note) {
        return sql.query(
                "select " + COLUMNS + " from note_attachment where note = ? order by at, id",
                AttachmentList::item,
                note);
    }

    static Optional<Item> find(Sql sql, String note, String id) {
        return sql.first(
                "select " + COLUMNS + " from note_attachment where note = ? and id = ?",
                AttachmentList::item,
                note,
                id);
    }

    /** Those that somebody attached, at any note. */
    static List<Item> by(Sql sql, String person) {
        return sql.query(
                "select " + COLUMNS + " from note_attachment where author = ? order by id",
                AttachmentList::item,
                person);
    }

    /** Where an organization has these bytes already. */
    static Optional<String> blob(Sql sql, String organization, String hash) {
        return sql.first(
                "select stored from note_attachment where organization = ? and hash = ? order by at, id limit 1",
                row -> row.text(1),
                organization,
                hash);
    }

    /** Bytes of all files of an organization, the same ones once. */
    static long bytes(Sql sql, String organization) {
        return sql.number(
                "select coalesce(sum(size), 0) from"
                        + " (select distinct hash, size from note_attachment where organization = ?) as once",
                organization);
    }

    /** Whether anything leads to these bytes. */
    static boolean isLedTo(Sql sql, String blob) {
        return sql.number("select count(*) from note_attachment where stored = ?", blob) > 0;
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                row.text(2),
                row.text(3),
                new Attachment.File(row.text(4), row.text(5), row.number(6), row.text(7), row.text(8)),
                row.time(9));
    }
}
