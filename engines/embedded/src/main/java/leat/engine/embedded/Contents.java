package leat.engine.embedded;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import leat.kernel.port.Kept;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;

/** All that the journal keeps, read within the transaction of its caller and so as of one moment. */
final class Contents {
    private static final int EVENTS = 1_024;

    private final Sql sql;
    private final Words words = new Words();
    private final Map<Integer, PartitionId> partitions = new HashMap<>();

    Contents(Sql sql) {
        this.sql = sql;
    }

    void tell(Consumer<Kept> next) {
        record Numbered(int number, PartitionId partition) {}
        Late late = new Late();
        late.load(sql);
        List<Numbered> all = sql.query(
                "select id, module, number from partition order by module, number",
                row -> new Numbered(row.integer(1), new PartitionId(row.text(2), row.integer(3))));
        for (Numbered one : all) {
            partitions.put(one.number(), one.partition());
        }
        for (Numbered one : all) {
            sorted(one.number(), next);
            late.partition(one.partition(), 0, Integer.MAX_VALUE)
                    .events()
                    .forEach(event -> next.accept(new Kept.Event(event)));
        }
        Map<UUID, StoredEvent> lately = new LinkedHashMap<>();
        late.all().forEach(event -> lately.put(event.stored().commandId(), event.stored()));
        lately.forEach((id, last) ->
                next.accept(new Kept.Command(id, last.stream(), last.position(), last.version(), last.at())));
        aside(next);
    }

    private void sorted(int partition, Consumer<Kept> next) {
        Segments.Names names = new Segments.Names(sql, words, partitions);
        long after = 0;
        List<StoredEvent> events;
        do {
            events = Segments.partition(sql, names, partition, after, Long.MAX_VALUE, EVENTS);
            for (StoredEvent event : events) {
                next.accept(new Kept.Event(event));
                after = event.position();
            }
        } while (!events.isEmpty());
    }

    private void aside(Consumer<Kept> next) {
        sql.each(
                "select c.id, s.name, c.position, c.version, c.at from command c join stream s on s.id = c.stream",
                row -> new Kept.Command(
                        row.uuid(1), StreamId.parse(row.text(2)), row.number(3), row.number(4), row.time(5)),
                next::accept);
        sql.each(
                "select c.space, c.name, s.name from claim c join stream s on s.id = c.stream",
                row -> new Kept.Claimed(row.text(1), row.text(2), StreamId.parse(row.text(3))),
                next::accept);
        sql.each(
                "select process, partition, position from process_cursor",
                row -> new Kept.Cursor(row.text(1), partition(row.integer(2)), row.number(3)),
                next::accept);
        sql.each(
                "select process, key, state from process_state",
                row -> new Kept.State(row.text(1), row.text(2), row.bytes(3)),
                next::accept);
        sql.each(
                "select process, partition, key, position, error, at from process_parked",
                row -> new Kept.Parked(
                        row.text(1),
                        partition(row.integer(2)),
                        new Write.ParkedKey(row.text(3), row.number(4), row.text(5), row.time(6))),
                next::accept);
        TaskTable.each(sql, words, task -> next.accept(new Kept.Task(task)));
    }

    private PartitionId partition(int number) {
        PartitionId partition = partitions.get(number);
        if (partition == null) {
            throw Packing.damaged("the journal knows no partition " + number);
        }
        return partition;
    }
}
