package leat.notes;

import java.time.Instant;
import java.util.List;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Sql;
import leat.notes.Import.Event;

/** Whose imports there are; how far each is, it says itself. */
final class ImportList {
    /** Before the id of an import: what is announced when it has come further. */
    static final String TOPIC = "notes.import/";

    static final View VIEW = View.named("notes.imports", 1)
            .tables(
                    "create table note_import (id text primary key, organization text not null, person text not null,"
                            + " at bigint not null)",
                    "create index note_import_person on note_import (person, at)")
            .on(
                    Event.WasBegun.class,
                    (sql, it) -> sql.execute(
                            "insert into note_import (id, organization, person, at) values (?, ?, ?, ?)",
                            it.id(),
                            it.event().organization(),
                            it.event().person(),
                            it.at()))
            .on(Event.Started.class, (_, _) -> {})
            .on(Event.Advanced.class, (_, _) -> {})
            .on(Event.Finished.class, (_, _) -> {})
            .on(Event.Failed.class, (_, _) -> {})
            .on(Event.Cancelled.class, (_, _) -> {})
            .announces(Event.Started.class, ImportList::topic)
            .announces(Event.Advanced.class, ImportList::topic)
            .announces(Event.Finished.class, ImportList::topic)
            .announces(Event.Failed.class, ImportList::topic)
            .announces(Event.Cancelled.class, ImportList::topic);

    private ImportList() {}

    /** @param at when it was begun */
    record Item(String id, Instant at) {}

    /** The last ones of a person in an organization, the newest first. */
    static List<Item> of(Sql sql, String person, String organization, int limit) {
        return sql.query(
                "select id, at from note_import where person = ? and organization = ? order by at desc, id desc limit ?",
                row -> new Item(row.text(1), row.time(2)),
                person,
                organization,
                limit);
    }

    /** Ids of all that somebody has begun, in any organization. */
    static List<String> begunBy(Sql sql, String person) {
        return sql.query("select id from note_import where person = ? order by id", row -> row.text(1), person);
    }

    private static String topic(Recorded<?> it) {
        return TOPIC + it.id();
    }
}
