package leat.engine.distributed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.sql.Sql;

/**
 * What a node remembers of the partitions it appends to, so that it need not ask before it appends again.
 *
 * <p>It may be out of date, for another node may have taken a partition over: whoever rests on it has the server compare,
 * and {@link #forget forgets} when that fails.
 */
final class Remembered {
    /** Entities of one partition that are remembered; the least recently used is forgotten. */
    static final int STREAMS = 2_048;

    /** Numbers of new entities that are fetched at once. */
    private static final int NUMBERS = 128;

    private final Map<PartitionId, Partition> partitions = new HashMap<>();
    private final Map<PartitionId, Integer> ids = new HashMap<>();
    private final Map<Cursor, Long> cursors = new HashMap<>();
    private final Deque<Long> numbers = new ArrayDeque<>();

    /** How far a process has come in a partition. */
    record Cursor(String process, PartitionId partition) {}

    /** A partition as it stood after a commit; {@code takes} nothing when nobody held it. */
    record Stand(int id, boolean takes, long epoch, long head) {
        Stand at(long head) {
            return new Stand(id, takes, epoch, head);
        }
    }

    /** An entity's number and version. */
    record Known(long id, long version) {}

    private static final class Partition {
        Stand stand;
        final Map<StreamId, Known> streams = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<StreamId, Known> eldest) {
                return size() > STREAMS;
            }
        };

        Partition(Stand stand) {
            this.stand = stand;
        }
    }

    synchronized Optional<Stand> partition(PartitionId partition) {
        return Optional.ofNullable(partitions.get(partition)).map(known -> known.stand);
    }

    /** The number of a partition's row, which never changes. */
    synchronized Optional<Integer> id(PartitionId partition) {
        return Optional.ofNullable(ids.get(partition))
                .or(() -> Optional.ofNullable(partitions.get(partition)).map(known -> known.stand.id()));
    }

    synchronized void name(PartitionId partition, int id) {
        ids.put(partition, id);
    }

    synchronized Optional<Known> stream(PartitionId partition, StreamId stream) {
        return Optional.ofNullable(partitions.get(partition)).map(known -> known.streams.get(stream));
    }

    synchronized Optional<Long> cursor(Cursor cursor) {
        return Optional.ofNullable(cursors.get(cursor));
    }

    synchronized void put(PartitionId partition, Stand stand) {
        partitions.computeIfAbsent(partition, any -> new Partition(stand)).stand = stand;
    }

    synchronized void put(PartitionId partition, Streams.Stream stream) {
        Partition place = partitions.get(partition);
        if (place != null && !stream.isNew()) {
            place.streams.put(stream.name, new Known(stream.id(), stream.version));
        }
    }

    synchronized void put(Cursor cursor, long position) {
        cursors.put(cursor, position);
    }

    synchronized void forget(PartitionId partition) {
        partitions.remove(partition);
        cursors.keySet().removeIf(cursor -> cursor.partition().equals(partition));
    }

    /** A number for a new entity, which no other node has or gets. */
    long number(Sql sql) {
        synchronized (numbers) {
            if (numbers.isEmpty()) {
                numbers.addAll(fresh(sql));
            }
            return numbers.remove();
        }
    }

    private static List<Long> fresh(Sql sql) {
        return sql.query(
                "select nextval(pg_get_serial_sequence('stream', 'id')) from generate_series(1, ?)",
                row -> row.number(1),
                NUMBERS);
    }
}
