package leat.engine.distributed;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one group of writes: the rows of those that it writes to, or whose leases let it, are locked until it
 * is committed, in one order for all nodes, so that two groups never wait for each other in a circle.
 */
final class Partitions {
    /** A partition's last event, of those that have any. */
    private static final String LAST = " cross join lateral (select e.position from event e where e.partition = p.id"
            + " order by e.position desc limit 1) as last";

    /** The last positions of all partitions that have events; {@link #head} reads a row. */
    static final String HEADS = "select p.module, p.number, last.position from partition p" + LAST;

    private final Map<PartitionId, Partition> locked = new HashMap<>();
    private final Map<PartitionId, Integer> found = new HashMap<>();

    /** A partition's row, as the group has changed it so far. */
    static final class Partition {
        final int id;
        final PartitionId name;
        Optional<String> owner;
        long epoch;
        Instant until;
        long head;
        private boolean changed;

        private Partition(int id, PartitionId name, Optional<String> owner, long epoch, Instant until) {
            this.id = id;
            this.name = name;
            this.owner = owner;
            this.epoch = epoch;
            this.until = until;
        }

        /** A partition that was never leased is at epoch 0; one that was given up takes nothing. */
        boolean takes(long epoch) {
            return this.epoch == epoch && (epoch == 0 || owner.isPresent());
        }

        Remembered.Stand stand() {
            return new Remembered.Stand(id, takes(epoch), epoch, head);
        }

        long next() {
            return ++head;
        }

        void lease(Optional<String> owner, long epoch, Instant until) {
            this.owner = owner;
            this.epoch = epoch;
            this.until = until;
            changed = true;
        }

        Outcome.Fenced fenced(long epoch) {
            return new Outcome.Fenced("epoch " + epoch + " of " + name + " is over; the partition is "
                    + owner.map(held -> "held by " + held).orElse("free") + " at epoch " + this.epoch);
        }
    }

    /**
     * Adds what locks and reads them; first of all, so that whatever is read after it stays so. Their last positions are
     * asked for by a statement of its own, for one that has waited for a lock still sees what there was before it waited.
     */
    void lock(Sql sql, RoundTrip reading, Collection<PartitionId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        reading.query(
                "select p.id, p.module, p.number, p.owner, p.epoch, p.until from partition p"
                        + " join unnest(?, ?) as w (module, number) on p.module = w.module and p.number = w.number"
                        + " order by p.module, p.number for update of p",
                row -> new Partition(
                        row.integer(1),
                        new PartitionId(row.text(2), row.integer(3)),
                        row.optionalText(4),
                        row.number(5),
                        row.time(6)),
                partition -> locked.put(partition.name, partition),
                modules(sql, wanted),
                numbers(sql, wanted));
        reading.query(
                "select p.module, p.number, last.position from unnest(?, ?) as w (module, number)"
                        + " join partition p on p.module = w.module and p.number = w.number" + LAST,
                Partitions::head,
                head -> stand(head.getKey(), head.getValue()),
                modules(sql, wanted),
                numbers(sql, wanted));
    }

    /** Nothing for one whose row another node made after the locks: this group finds it at its next look. */
    private void stand(PartitionId name, long position) {
        Partition partition = locked.get(name);
        if (partition != null) {
            partition.head = position;
        }
    }

    static Map.Entry<PartitionId, Long> head(Row row) throws SQLException {
        return Map.entry(new PartitionId(row.text(1), row.integer(2)), row.number(3));
    }

    /** Adds what finds those that the group only speaks of, without a lock. */
    void find(Sql sql, RoundTrip reading, Collection<PartitionId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        reading.query(
                "select p.id, p.module, p.number from partition p"
                        + " join unnest(?, ?) as w (module, number) on p.module = w.module and p.number = w.number",
                row -> Map.entry(new PartitionId(row.text(2), row.integer(3)), row.integer(1)),
                partition -> found.put(partition.getKey(), partition.getValue()),
                modules(sql, wanted),
                numbers(sql, wanted));
    }

    /** Makes rows for those that have none; whether there were any. */
    boolean make(Sql sql, Collection<PartitionId> toLock, Collection<PartitionId> toFind) {
        SortedSet<PartitionId> fresh = new TreeSet<>(toLock);
        fresh.addAll(toFind);
        fresh.removeAll(locked.keySet());
        fresh.removeAll(found.keySet());
        if (fresh.isEmpty()) {
            return false;
        }
        sql.execute(
                "insert into partition (module, number) select * from unnest(?, ?) on conflict do nothing",
                modules(sql, fresh),
                numbers(sql, fresh));
        return true;
    }

    private static java.sql.Array modules(Sql sql, Collection<PartitionId> partitions) {
        return Columns.texts(sql, partitions.stream().map(PartitionId::module).toList());
    }

    private static java.sql.Array numbers(Sql sql, Collection<PartitionId> partitions) {
        return Columns.integers(
                sql, partitions.stream().map(PartitionId::number).toList());
    }

    /** The rows' numbers of those that were only found. */
    Map<PartitionId, Integer> found() {
        return found;
    }

    /** The row's number of one that is locked or found. */
    int id(PartitionId name) {
        Integer id = found.get(name);
        return id == null ? get(name).id : id;
    }

    Partition get(PartitionId name) {
        Partition partition = locked.get(name);
        if (partition == null) {
            throw new IllegalStateException(name + " was not locked");
        }
        return partition;
    }

    Collection<Partition> all() {
        return locked.values();
    }

    void write(Sql sql, RoundTrip writing) {
        List<Partition> changed =
                locked.values().stream().filter(partition -> partition.changed).toList();
        if (changed.isEmpty()) {
            return;
        }
        List<Integer> ids = new ArrayList<>();
        List<@Nullable String> owners = new ArrayList<>();
        List<Long> epochs = new ArrayList<>();
        List<Long> untils = new ArrayList<>();
        for (Partition partition : changed) {
            ids.add(partition.id);
            owners.add(partition.owner.orElse(null));
            epochs.add(partition.epoch);
            untils.add(partition.until.toEpochMilli());
        }
        writing.execute(
                "update partition p set owner = w.owner, epoch = w.epoch, until = w.until"
                        + " from unnest(?, ?, ?, ?) as w (id, owner, epoch, until) where p.id = w.id",
                rows -> {},
                Columns.integers(sql, ids),
                Columns.texts(sql, owners),
                Columns.numbers(sql, epochs),
                Columns.numbers(sql, untils));
    }
}
