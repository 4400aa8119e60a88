package leat.kernel.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
        for (PartitionId partition : partitions) {
            renew(partition, writer);
            if (!held.containsKey(partition)) {
                throw new IllegalStateException(
                        "another node holds " + partition + "; stop it, or wait until its lease ends");
            }
        }
    }

    void renewAll(Writer writer) {
        for (PartitionId partition : Set.copyOf(held.keySet())) {
            renew(partition, writer);
        }
    }

    private void renew(PartitionId partition, Writer writer) {
        Outcome outcome = writer.write(new Write.AcquireLease(
                partition, settings.owner(), settings.clock().instant(), settings.leaseLength()));
        if (outcome instanceof Outcome.Leased(Lease lease)) {
            held.put(partition, lease);
        } else {
            held.remove(partition);
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
        held.values()
                .forEach(
                        lease -> writer.write(new Write.ReleaseLease(lease.partition(), lease.owner(), lease.epoch())));
        held.clear();
    }
}
