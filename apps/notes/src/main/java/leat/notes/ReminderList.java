package leat.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.notes.Reminders.Event;
import leat.notes.Reminders.When;

/** Every reminder that waits or rings, by the person whose it is. */
final class ReminderList {
    /** Before the id of a note: what is announced when one of its reminders has changed. */
    static final String TOPIC = "notes.reminder/";

    /** Of one person. */
    static final int MAX = 200;

    static final View VIEW = View.named("notes.reminders", 1)
            .tables(
                    "create table reminder (note text not null, id text not null, person text not null,"
                            + " local_at text, zone text not null, repeats text, minutes_before integer not null,"
                            + " next_at bigint, rang_at bigint, primary key (note, id))",
                    "create index reminder_person on reminder (person, next_at)")
            .on(
                    Event.WasSet.class,
                    (sql, it) -> sql.execute(
                            "insert into reminder values (?, ?, ?, ?, ?, ?, ?, ?, null)",
                            it.id(),
                            it.event().reminder(),
                            it.event().person(),
                            it.event().when().at(),
                            it.event().when().zone(),
                            it.event().when().repeats(),
                            it.event().when().minutesBefore(),
                            it.event().next()))
            .on(
                    Event.Rang.class,
                    (sql, it) -> sql.execute(
                            "update reminder set rang_at = ?, next_at = ? where note = ? and id = ?",
                            it.event().at(),
                            it.event().next(),
                            it.id(),
                            it.event().reminder()))
            .on(
                    Event.Snoozed.class,
                    (sql, it) -> sql.execute(
                            "update reminder set rang_at = null, next_at = ? where note = ? and id = ?",
                            it.event().until(),
                            it.id(),
                            it.event().reminder()))
            .on(Event.WasDone.class, (sql, it) -> {
                sql.execute(
                        "delete from reminder where note = ? and id = ? and next_at is null",
                        it.id(),
                        it.event().reminder());
                sql.execute(
                        "update reminder set rang_at = null where note = ? and id = ?",
                        it.id(),
                        it.event().reminder());
            })
            .on(
                    Event.WasCancelled.class,
                    (sql, it) -> sql.execute(
                            "delete from reminder where note = ? and id = ?",
                            it.id(),
                            it.event().reminder()))
            .on(
                    Event.Moved.class,
                    (sql, it) -> sql.execute(
                            "update reminder set next_at = ? where note = ? and id = ?",
                            it.event().next(),
                            it.id(),
                            it.event().reminder()))
            .announces(Event.WasSet.class, it -> TOPIC + it.id())
            .announces(Event.Rang.class, it -> TOPIC + it.id())
            .announces(Event.Snoozed.class, it -> TOPIC + it.id())
            .announces(Event.WasDone.class, it -> TOPIC + it.id())
            .announces(Event.WasCancelled.class, it -> TOPIC + it.id())
            .announces(Event.Moved.class, it -> TOPIC + it.id());

    private static final String COLUMNS = "note, id, person, local_at, zone, repeats, minutes_before, next_at, rang_at";

    private ReminderList() {}

    /** @param rang when it rang, until that is answered */
    record Item(String note, String id, String person, When when, Optional<Instant> next, Optional<Instant> rang) {}

    /** A person's: those that ring, the latest first, then by their next time. */
    static List<Item> of(Sql sql, String person) {
        return sql.query(
                "select " + COLUMNS + " from reminder where person = ?"
                        + " order by rang_at is null, rang_at desc, next_at is null, next_at, note, id limit ?",
                ReminderList::item,
                person,
                MAX);
    }

    /** A person's of one note, by their next time. */
    static List<Item> of(Sql sql, String person, String note) {
        return sql.query(
                "select " + COLUMNS + " from reminder where note = ? and person = ?"
                        + " order by next_at is null, next_at, id",
                ReminderList::item,
                note,
                person);
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.text(1),
                row.text(2),
                row.text(3),
                new When(row.optionalText(4), row.text(5), row.optionalText(6), row.integer(7)),
                row.optionalTime(8),
                row.optionalTime(9));
    }
}
