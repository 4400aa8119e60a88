package leat.engine.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * The sorted events: segments of a partition, and for each entity where in them its events are.
 *
 * <p>Rows here are only ever added, so that a reader may read them with several statements.
 */
final class Segments {
    /** Events of a segment; reading a single one reads its whole segment. */
    static final int MAX_EVENTS = 32;
    /** Bytes at which a segment is full. */
    static final int FULL_BYTES = 16 << 10;

    /** Rows read with one statement. */
    private static final int ROWS = 64;

    private Segments() {}

    /** Sorts late events in. */
    static void write(Sql sql, Streams streams, List<Late.Event> late) {
        Map<Integer, List<Late.Event>> partitions = new LinkedHashMap<>();
        Map<StreamId, List<Late.Event>> entities = new LinkedHashMap<>();
        Map<UUID, Late.Event> commands = new LinkedHashMap<>();
        for (Late.Event event : late) {
            partitions
                    .computeIfAbsent(event.partition(), partition -> new ArrayList<>())
                    .add(event);
            entities.computeIfAbsent(event.stored().stream(), stream -> new ArrayList<>())
                    .add(event);
            commands.put(event.stored().commandId(), event);
        }
        partitions.forEach((partition, events) -> segments(sql, partition, events));
        runs(sql, streams, entities);
        Commands.add(
                sql,
                commands.values().stream()
                        .map(event -> Commands.row(streams.get(sql, event.stored().stream()).id, event.stored()))
                        .sorted((a, b) -> java.util.Arrays.compareUnsigned(a.id(), b.id()))
                        .toList());
    }

    private static void segments(Sql sql, int partition, List<Late.Event> events) {
        List<byte[]> segment = new ArrayList<>(MAX_EVENTS);
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            Late.Event event = events.get(i);
            segment.add(event.packed());
            bytes += event.packed().length;
            if (segment.size() == MAX_EVENTS || bytes >= FULL_BYTES || i == events.size() - 1) {
                sql.execute(
                        "insert into segment (place, events) values (?, ?)",
                        Partitions.place(partition, event.stored().position()),
                        Packing.join(segment));
                segment.clear();
                bytes = 0;
            }
        }
    }

    private record Run(long stream, long version, byte[] places) {}

    private static void runs(Sql sql, Streams streams, Map<StreamId, List<Late.Event>> entities) {
        List<Run> runs = new ArrayList<>(entities.size());
        entities.forEach((name, events) -> {
            long[] places = new long[events.size()];
            for (int i = 0; i < places.length; i++) {
                Late.Event event = events.get(i);
                places[i] = Partitions.place(event.partition(), event.stored().position());
            }
            runs.add(
                    new Run(streams.get(sql, name).id, events.getLast().stored().version(), Packing.places(places)));
        });
        runs.sort(Comparator.comparingLong(Run::stream));
        for (Run run : runs) {
            sql.execute(
                    "insert into run (stream, version, places) values (?, ?, ?)",
                    run.stream(),
                    run.version(),
                    run.places());
        }
    }

    /** The last sorted position of a partition; 0 when it has none. */
    static long head(Sql sql, int partition) {
        long last = sql.number(
                "select max(place) from segment where place between ? and ?",
                Partitions.place(partition, 0),
                Partitions.place(partition + 1, 0) - 1);
        return last == 0 ? 0 : Partitions.position(last);
    }

    /** The last sorted version of an entity; 0 when it has none. */
    static long version(Sql sql, long stream) {
        return sql.number("select max(version) from run where stream = ?", stream);
    }

    private record Segment(long last, byte[] events) {}

    private static Segment segment(Row row) throws java.sql.SQLException {
        return new Segment(row.number(1), row.bytes(2));
    }

    /** Sorted events of a partition after one position and before another. */
    static List<StoredEvent> partition(
            Sql sql, Packing.Names names, int partition, long after, long before, int limit) {
        List<StoredEvent> events = new ArrayList<>(Math.min(limit, 1_024));
        long next = Math.max(after, 0) + 1;
        while (events.size() < limit && next < before) {
            int rows = Math.clamp((limit - events.size()) / 8 + 2, 1, ROWS);
            List<Segment> segments = sql.query(
                    "select place, events from segment where place >= ? and place < ? order by place limit ?",
                    Segments::segment,
                    Partitions.place(partition, next),
                    Partitions.place(partition + 1, 0),
                    rows);
            if (segments.isEmpty()) {
                break;
            }
            for (Segment segment : segments) {
                Packing.Unpacking unpacking = Packing.unpack(segment.events(), names);
                while (unpacking.hasNext() && events.size() < limit) {
                    StoredEvent event = unpacking.next();
                    if (event.position() >= before) {
                        return events;
                    }
                    if (event.position() >= next) {
                        events.add(event);
                    }
                }
                next = Partitions.position(segment.last()) + 1;
            }
        }
        return events;
    }

    private record Places(long last, long[] places) {}

    /** Sorted events of an entity after one version and before another. */
    static List<StoredEvent> stream(Sql sql, Packing.Names names, StreamId stream, long after, long before, int limit) {
        List<StoredEvent> events = new ArrayList<>(Math.min(limit, 1_024));
        long id = sql.number("select id from stream where name = ?", stream.toString());
        long next = Math.max(after, 0) + 1;
        Opened opened = new Opened(sql, names);
        while (id != 0 && events.size() < limit && next < before) {
            List<Places> runs = sql.query(
                    "select version, places from run where stream = ? and version >= ? order by version limit ?",
                    row -> new Places(row.number(1), Packing.places(row.bytes(2))),
                    id,
                    next,
                    Math.min(limit - events.size(), ROWS));
            if (runs.isEmpty()) {
                break;
            }
            for (Places run : runs) {
                long first = run.last() - run.places().length + 1;
                while (next <= run.last() && next < before && events.size() < limit) {
                    events.add(opened.event(run.places()[(int) (next - first)]));
                    next++;
                }
            }
        }
        return events;
    }

    /** The segment that was read last, because an entity's next event is often in the same. */
    private static final class Opened {
        private final Sql sql;
        private final Packing.Names names;
        private Optional<Packing.Unpacking> unpacking = Optional.empty();
        /** Place of the next event of the open segment, and of its last. */
        private long next;

        private long last;

        Opened(Sql sql, Packing.Names names) {
            this.sql = sql;
            this.names = names;
        }

        StoredEvent event(long place) {
            Packing.Unpacking open =
                    unpacking.filter(u -> place >= next && place <= last).orElseGet(() -> open(place));
            open.skip(place - next);
            next = place + 1;
            return open.next();
        }

        private Packing.Unpacking open(long place) {
            Segment segment = sql.first(
                            "select place, events from segment where place >= ? order by place limit 1",
                            Segments::segment,
                            place)
                    .orElseThrow(() -> Packing.damaged("an event is in no segment"));
            Packing.Unpacking open = Packing.unpack(segment.events(), names);
            last = segment.last();
            next = last - open.count() + 1;
            unpacking = Optional.of(open);
            return open;
        }
    }

    /** Numbers and names as a reader or the writer looks them up. */
    static final class Names implements Packing.Names {
        private final Sql sql;
        private final Words words;
        private final Map<Integer, PartitionId> partitions;

        /** @param partitions those that were looked up before */
        Names(Sql sql, Words words, Map<Integer, PartitionId> partitions) {
            this.sql = sql;
            this.words = words;
            this.partitions = partitions;
        }

        @Override
        public PartitionId partition(int number) {
            PartitionId known = partitions.get(number);
            if (known != null) {
                return known;
            }
            PartitionId partition = sql.first(
                            "select module, number from partition where id = ?",
                            row -> new PartitionId(row.text(1), row.integer(2)),
                            number)
                    .orElseThrow(() -> Packing.damaged("the journal knows no partition " + number));
            partitions.put(number, partition);
            return partition;
        }

        @Override
        public String type(int number) {
            return words.word(sql, number);
        }
    }
}
