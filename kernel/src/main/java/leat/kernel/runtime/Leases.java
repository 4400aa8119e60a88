package leat.kernel.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.Write;

/**
 * The partitions this node may write to, and their epochs.
 *
 * <p>That two nodes never write to a partition rests on the journal alone, which checks the epoch of every append. What is
 * kept here besides, the time until which a lease is good, is for reading: a node that shares its journal answers from
 * memory only while nobody else can have become the owner. The time is counted from before the lease was asked for, and
 * ends a tenth early. A node that is alone with its journal has nobody to fear.
 */
final class Leases {
    /** Said of a partition that is not ours, or not certainly any more. */
    static final long NOT_OURS = -1;

    private final NodeSettings settings;
    private final boolean shared;
    private final Map<PartitionId, Held> held = new ConcurrentHashMap<>();
    private volatile Runnable whenLost = () -> {};

    /** How often a partition became ours, or ceased to be. */
    final LongAdder changes = new LongAdder();

    Leases(NodeSettings settings, boolean shared) {
        this.settings = settings;
        this.shared = shared;
    }

    private record Held(Lease lease, long goodUntilNanos) {}

    /** Asks for partitions, or for more time, all in one group; which of them are ours tells {@link #ours}. */
    void acquire(Collection<PartitionId> partitions, Writer writer) {
        long asked = System.nanoTime();
        Duration length = settings.times().partitionLease();
        List<PartitionId> wanted = List.copyOf(partitions);
        List<CompletableFuture<Outcome>> outcomes = wanted.stream()
                .map(partition -> writer.enqueue(new Write.AcquireLease(
                        partition, settings.owner(), settings.clock().instant(), length)))
                .toList();
        long goodUntil = asked + length.toNanos() / 10 * 9;
        for (int i = 0; i < wanted.size(); i++) {
            if (Writer.join(outcomes.get(i)) instanceof Outcome.Leased(Lease lease)) {
                Held before = held.put(wanted.get(i), new Held(lease, goodUntil));
                if (before == null || before.lease.epoch() != lease.epoch()) {
                    changes.increment();
                }
            } else {
                lost(wanted.get(i));
            }
        }
    }

    /** The epoch at which a partition is ours now, or {@link #NOT_OURS}. */
    long epoch(PartitionId partition) {
        Held lease = held.get(partition);
        return lease == null || (shared && System.nanoTime() - lease.goodUntilNanos >= 0)
                ? NOT_OURS
                : lease.lease.epoch();
    }

    boolean ours(PartitionId partition) {
        return epoch(partition) != NOT_OURS;
    }

    Set<PartitionId> held() {
        return Set.copyOf(held.keySet());
    }

    /** Somebody else has it. */
    void lost(PartitionId partition) {
        if (held.remove(partition) != null) {
            changes.increment();
            whenLost.run();
        }
    }

    void whenLost(Runnable action) {
        whenLost = action;
    }

    /**
     * Gives partitions back once everything that was submitted before is durable; what is submitted later at their epoch is
     * fenced.
     */
    void release(Collection<PartitionId> partitions, Writer writer) {
        List<CompletableFuture<Outcome>> outcomes = partitions.stream()
                .map(held::remove)
                .filter(java.util.Objects::nonNull)
                .map(Held::lease)
                .map(lease -> writer.enqueue(new Write.ReleaseLease(lease.partition(), lease.owner(), lease.epoch())))
                .toList();
        changes.add(outcomes.size());
        outcomes.forEach(Writer::join);
    }
}
