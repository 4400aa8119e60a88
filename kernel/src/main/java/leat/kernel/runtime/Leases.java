package leat.kernel.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import leat.kernel.OverloadedException;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.Write;

/**
 * The partitions this node may write to, and their epochs; renewed at a third of their length.
 *
 * <p>A lease that could not be renewed in time is simply used on: the journal checks the epoch of every append, so
 * writing without a valid lease fails safely, and nothing here needs to be right about time.
 */
final class Leases {
    private final NodeSettings settings;
    private final Map<PartitionId, Lease> held = new ConcurrentHashMap<>();

    Leases(NodeSettings settings) {
        this.settings = settings;
    }

    /** @throws IllegalStateException when another node holds one of them */
    void acquire(Set<PartitionId> partitions, Writer writer) {
        renew(partitions, writer);
        for (PartitionId partition : partitions) {
            if (!held.containsKey(partition)) {
                throw new IllegalStateException(
                        "another node holds " + partition + "; stop it, or wait until its lease ends");
            }
        }
    }

    void renewAll(Writer writer) {
        renew(Set.copyOf(held.keySet()), writer);
    }

    /** All at once, so that they share a group. */
    private void renew(Set<PartitionId> partitions, Writer writer) {
        List<CompletableFuture<Outcome>> outcomes = partitions.stream()
                .map(partition -> writer.enqueue(new Write.AcquireLease(
                        partition,
                        settings.owner(),
                        settings.clock().instant(),
                        settings.times().partitionLease())))
                .toList();
        int i = 0;
        for (PartitionId partition : partitions) {
            if (Writer.join(outcomes.get(i++)) instanceof Outcome.Leased(Lease lease)) {
                held.put(partition, lease);
            } else {
                held.remove(partition);
            }
        }
    }

    long epoch(PartitionId partition) {
        Lease lease = held.get(partition);
        if (lease == null) {
            throw new OverloadedException(partition + " is moving to another node and", Duration.ofMillis(500));
        }
        return lease.epoch();
    }

    void lost(PartitionId partition) {
        held.remove(partition);
    }

    void releaseAll(Writer writer) {
        List<CompletableFuture<Outcome>> outcomes = held.values().stream()
                .map(lease -> writer.enqueue(new Write.ReleaseLease(lease.partition(), lease.owner(), lease.epoch())))
                .toList();
        held.clear();
        outcomes.forEach(Writer::join);
    }
}
