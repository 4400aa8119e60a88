package leat.engine.embedded;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import leat.kernel.port.PartitionId;
import leat.kernel.sql.Sql;

/** The partitions as the writer knows them: number, last position and lease; forgotten when a transaction is undone. */
final class Partitions {
    /** Positions of a partition, as a power of two: more events than any one will see. */
    private static final int POSITION_BITS = 40;

    private final Map<PartitionId, Partition> known = new HashMap<>();
    private final Late late;
    private long changes = -1;

    Partitions(Late late) {
        this.late = late;
    }

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
            partition.head = late.head(partition.name);
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

    /** The partitions that have sorted events, and how far. */
    static Map<PartitionId, Head> sorted(Sql sql) {
        record Known(PartitionId name, int id) {}
        Map<PartitionId, Head> heads = new HashMap<>();
        for (Known known : sql.query(
                "select module, number, id from partition",
                row -> new Known(new PartitionId(row.text(1), row.integer(2)), row.integer(3)))) {
            long position = Segments.head(sql, known.id());
            if (position > 0) {
                heads.put(known.name(), new Head(known.id(), position));
            }
        }
        return heads;
    }

    /** The number of a partition and its last position. */
    record Head(int id, long position) {}

    void forget() {
        known.clear();
        changes = -1;
    }
}
