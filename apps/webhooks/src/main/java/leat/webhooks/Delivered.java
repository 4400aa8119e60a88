package leat.webhooks;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.View;
import leat.kernel.Wire;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * How deliveries to a webhook went; the entity's id is the webhook's. It only counts, for everything is accepted: what it
 * was told is read in the view, which keeps the last {@link #KEPT} attempts of a webhook.
 */
record Delivered(long attempts) {
    /** Attempts that are shown of a webhook. */
    static final int KEPT = 200;

    /** Characters of an answer that are kept. */
    static final int EXCERPT = 500;

    /**
     * One attempt.
     *
     * @param event as the outside calls it
     * @param module and entity, entityId and version lead back to the event
     * @param status of the answer; empty when there was none
     * @param said how the answer begins, or why there was none
     * @param outcome what follows from it
     */
    record Attempt(
            String event,
            String type,
            String module,
            String entity,
            String entityId,
            long version,
            Instant eventAt,
            int attempt,
            Optional<Integer> status,
            long millis,
            String said,
            Outcome outcome) {}

    /** What follows from an attempt. */
    enum Outcome {
        DELIVERED,
        /** It is tried again. */
        FAILED,
        /** It is not tried again. */
        GIVEN_UP
    }

    record Command(Attempt attempt) {}

    record Event(Attempt attempt) {}

    static final EntityType<Command, Event, Delivered> TYPE = EntityType.of(
                    "webhook-deliveries",
                    Decider.<Command, Event, Delivered>of(
                            new Delivered(0),
                            (command, _) -> Decision.accept(new Event(command.attempt())),
                            (delivered, _) -> new Delivered(delivered.attempts() + 1)),
                    Wire.of("webhook.attempted", Event.class))
            .snapshots("1", 500, Wire.of("delivered", Delivered.class))
            .commands(Wire.of("webhook-deliveries.attempt", Command.class));

    static final View VIEW = View.named("webhooks.deliveries", 1)
            .tables("create table delivery (hook text not null, number bigint not null, at text not null,"
                    + " event text not null, type text not null, module text not null, entity text not null,"
                    + " entity_id text not null, version bigint not null, event_at text not null,"
                    + " attempt integer not null, status integer, millis bigint not null, said text not null,"
                    + " outcome text not null, primary key (hook, number))")
            .on(Event.class, (sql, it) -> {
                Attempt attempt = it.event().attempt();
                sql.execute(
                        "insert into delivery values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        it.id(),
                        it.version(),
                        it.at().toString(),
                        attempt.event(),
                        attempt.type(),
                        attempt.module(),
                        attempt.entity(),
                        attempt.entityId(),
                        attempt.version(),
                        attempt.eventAt().toString(),
                        attempt.attempt(),
                        attempt.status(),
                        attempt.millis(),
                        attempt.said(),
                        attempt.outcome());
                sql.execute("delete from delivery where hook = ? and number <= ?", it.id(), it.version() - KEPT);
            });

    /** @param number of the attempt among all of its webhook */
    record Item(long number, Instant at, Attempt attempt) {}

    private static final String COLUMNS = "number, at, event, type, module, entity, entity_id, version, event_at,"
            + " attempt, status, millis, said, outcome";

    /** The newest first. */
    static List<Item> of(Sql sql, String hook, long before, int limit) {
        return sql.query(
                "select " + COLUMNS + " from delivery where hook = ? and number < ? order by number desc limit ?",
                Delivered::item,
                hook,
                before,
                limit);
    }

    static Optional<Item> find(Sql sql, String hook, long number) {
        return sql.first(
                "select " + COLUMNS + " from delivery where hook = ? and number = ?", Delivered::item, hook, number);
    }

    private static Item item(Row row) throws SQLException {
        return new Item(
                row.number(1),
                Instant.parse(row.text(2)),
                new Attempt(
                        row.text(3),
                        row.text(4),
                        row.text(5),
                        row.text(6),
                        row.text(7),
                        row.number(8),
                        Instant.parse(row.text(9)),
                        row.integer(10),
                        row.optionalNumber(11).map(Long::intValue),
                        row.number(12),
                        row.text(13),
                        Outcome.valueOf(row.text(14))));
    }
}
