package leat.engine.embedded;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leat.kernel.port.PartitionId;
import leat.kernel.sql.Sql;

/** The partitions as the writer knows them: number, last position and lease; forgotten when a transaction is undone. */
final class Partitions {
    /** Positions of a partition, as a power of two: more events than any one will see. */
    private static final int POSITION_BITS = 40;

    private final Map<PartitionId, Partition> known = new HashMap<>();
    private long changes = -1;

    static final class Partition {
        final int id;
        final PartitionId name;
        Optional<String> owner;
        long epoch;
        Instant until;
        long head;

        Partition(int id, PartitionId name, Optional<String> owner, long epoch, Instant until, long head) {
            this.id = id;
            this.name = name;
            this.owner = owner;
            this.epoch = epoch;
            this.until = until;
            this.head = head;
        }

        /** A partition that was never leased is at epoch 0; one that was given up takes no writes. */
        boolean takes(long written) {
            return epoch == written && (owner.isPresent() || epoch == 0);
        }

        long place(long position) {
            return Partitions.place(id, position);
        }
    }

    static long place(int partition, long position) {
        return ((long) partition << POSITION_BITS) + position;
    }

    static long position(long place) {
        return place & ((1L << POSITION_BITS) - 1);
    }

    /**
     * The first statement of every transaction: reads whether any lease has changed hands since this writer last looked,
     * and if so reads all leases anew.
     */
    void verify(Sql sql) {
        long now = sql.number("select changes from fence");
        if (now != changes) {
            load(sql);
            changes = now;
        }
    }

    private void load(Sql sql) {
        known.clear();
        for (Partition partition : sql.query(
                "select id, module, number, owner, epoch, until from partition",
                row -> new Partition(
                        row.integer(1),
                        new PartitionId(row.text(2), row.integer(3)),
                        row.optionalText(4),
                        row.number(5),
                        row.time(6),
                        0))) {
            long last = sql.number(
                    "select max(place) from event where place between ? and ?",
                    partition.place(0),
                    Partitions.place(partition.id + 1, 0) - 1);
            partition.head = last == 0 ? 0 : position(last);
            known.put(partition.name, partition);
        }
    }

    Partition get(Sql sql, PartitionId name) {
        Partition partition = known.get(name);
        if (partition == null) {
            sql.execute("insert into partition (module, number) values (?, ?)", name.module(), name.number());
            int id = (int) sql.number(
                    "select id from partition where module = ? and number = ?", name.module(), name.number());
            partition = new Partition(id, name, Optional.empty(), 0, Instant.EPOCH, 0);
            known.put(name, partition);
        }
        return partition;
    }

    /** Writes a lease and tells every writer to look again. */
    void lease(Sql sql, Partition partition, Optional<String> owner, long epoch, Instant until) {
        if (!partition.owner.equals(owner) || partition.epoch != epoch) {
            sql.execute("update fence set changes = changes + 1");
            changes++;
        }
        sql.execute(
                "update partition set owner = ?, epoch = ?, until = ? where id = ?", owner, epoch, until, partition.id);
        partition.owner = owner;
        partition.epoch = epoch;
        partition.until = until;
    }

    /** The numbers of the partitions that have events, and their last positions. */
    Map<PartitionId, Head> heads() {
        Map<PartitionId, Head> heads = new LinkedHashMap<>();
        known.forEach((name, partition) -> {
            if (partition.head > 0) {
                heads.put(name, new Head(partition.id, partition.head));
            }
        });
        return heads;
    }

    record Head(int id, long position) {}

    void forget() {
        known.clear();
        changes = -1;
    }
}
