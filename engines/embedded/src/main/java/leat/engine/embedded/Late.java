package leat.engine.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.sql.Sql;

/**
 * The durable events that are not yet sorted into segments, and how far each partition has come.
 *
 * <p>Only what is committed is ever in here. Readers take what they want of it first and then what comes before from the
 * tables: positions and versions are dense, so they know exactly where the tables end for them, and that a sorting under
 * way moves events from here to there cannot make them see one twice or not at all.
 */
final class Late {
    private final Map<PartitionId, Partitions.Head> heads = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<PartitionId, List<StoredEvent>> partitions = new HashMap<>();
    private final Map<StreamId, List<StoredEvent>> streams = new HashMap<>();
    private final Map<UUID, StoredEvent> commands = new HashMap<>();
    private long bytes;

    /** @param packed the event as {@link Packing} writes it */
    record Event(int partition, StoredEvent stored, byte[] packed) {}

    /**
     * Events of a partition or an entity.
     *
     * @param number the partition's; 0 for an entity
     * @param first position or version at which the tables end for the reader
     */
    record Slice(int number, List<StoredEvent> events, long first) {}

    /**
     * After a commit.
     *
     * @param sorted whether it sorted what was here
     * @param fresh the new events that are not sorted
     * @param moved the partitions that have new events, sorted or not
     */
    synchronized void committed(boolean sorted, List<Event> fresh, Map<PartitionId, Partitions.Head> moved) {
        if (sorted) {
            clear();
        }
        fresh.forEach(this::add);
        heads.putAll(moved);
    }

    /** Reads anew what is in the tables. */
    void load(Sql sql) {
        Map<PartitionId, Partitions.Head> sorted = Partitions.sorted(sql);
        List<Event> events = new ArrayList<>();
        Words words = new Words();
        Packing.Names names = new Segments.Names(sql, words, new HashMap<>());
        for (byte[] row : sql.query("select events from late order by seq", row -> row.bytes(1))) {
            Packing.Unpacking unpacking = Packing.unpack(row, names);
            while (unpacking.hasNext()) {
                StoredEvent stored = unpacking.next();
                int partition = unpacking.partition();
                int type = words.number(sql, stored.type()).orElseThrow();
                events.add(new Event(partition, stored, Packing.pack(partition, type, stored)));
                sorted.put(stored.partition(), new Partitions.Head(partition, stored.position()));
            }
        }
        replace(events, sorted);
    }

    private synchronized void replace(List<Event> all, Map<PartitionId, Partitions.Head> now) {
        clear();
        all.forEach(this::add);
        heads.clear();
        heads.putAll(now);
    }

    private void add(Event event) {
        StoredEvent stored = event.stored();
        events.add(event);
        bytes += event.packed().length;
        partitions
                .computeIfAbsent(stored.partition(), partition -> new ArrayList<>())
                .add(stored);
        streams.computeIfAbsent(stored.stream(), stream -> new ArrayList<>()).add(stored);
        commands.put(stored.commandId(), stored);
    }

    private void clear() {
        events.clear();
        bytes = 0;
        partitions.clear();
        streams.clear();
        commands.clear();
    }

    /** In order of commit. */
    synchronized List<Event> all() {
        return List.copyOf(events);
    }

    synchronized int count() {
        return events.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized Map<PartitionId, Long> heads() {
        Map<PartitionId, Long> positions = new HashMap<>();
        heads.forEach((partition, head) -> positions.put(partition, head.position()));
        return positions;
    }

    /** The last position of a partition; 0 when it has no events. */
    synchronized long head(PartitionId partition) {
        Partitions.Head head = heads.get(partition);
        return head == null ? 0 : head.position();
    }

    /** The version of an entity that has events here, or 0. */
    synchronized long version(StreamId stream) {
        List<StoredEvent> of = streams.get(stream);
        return of == null ? 0 : of.getLast().version();
    }

    synchronized Slice partition(PartitionId partition, long after, int limit) {
        Partitions.Head head = heads.get(partition);
        if (head == null) {
            return new Slice(0, List.of(), 0);
        }
        List<StoredEvent> of = partitions.getOrDefault(partition, List.of());
        long first = head.position() - of.size() + 1;
        return new Slice(head.id(), slice(of, after - first + 1, limit), first);
    }

    synchronized Slice stream(StreamId stream, long after, int limit) {
        List<StoredEvent> of = streams.get(stream);
        if (of == null) {
            return new Slice(0, List.of(), Long.MAX_VALUE);
        }
        long first = of.getFirst().version();
        return new Slice(0, slice(of, after - first + 1, limit), first);
    }

    private static List<StoredEvent> slice(List<StoredEvent> events, long from, int limit) {
        int begin = Math.clamp(from, 0, events.size());
        return List.copyOf(events.subList(begin, (int) Math.min((long) begin + limit, events.size())));
    }

    synchronized Optional<Outcome.Duplicate> command(UUID id) {
        return Optional.ofNullable(commands.get(id)).map(Late::did);
    }

    static Outcome.Duplicate did(StoredEvent last) {
        return new Outcome.Duplicate(last.stream(), last.position(), last.version());
    }
}
