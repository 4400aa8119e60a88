package leat.kernel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.port.Journal;
import leat.kernel.port.Member;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;

/**
 * What the operations page shows of a node; all counts since its start.
 *
 * @param heads the last position of each partition that has events
 */
public record NodeStatus(
        String engine,
        Instant startedAt,
        boolean draining,
        List<String> modules,
        Map<PartitionId, Long> heads,
        Writing writing,
        List<EntityStatus> entities,
        List<FollowerStatus> views,
        List<FollowerStatus> processes,
        Map<String, Map<StoredTask.State, Long>> tasks,
        int tasksRunning,
        List<Asked> asked,
        Optional<Sharing> sharing) {

    /**
     * Questions, wherever they were answered.
     *
     * @param outcome {@code answered}, {@code refused}, {@code overloaded} (also: by nobody in time) or {@code failed}
     */
    public record Asked(String module, String outcome, Histogram.Counts times) {}

    /**
     * How this node shares its journal with others.
     *
     * @param members the nodes, dead ones too for a day
     * @param owned what this node owns: partitions, and views that it folds
     * @param leaseChanges how often something became this node's own, or ceased to be
     * @param forwarded commands sent to other nodes, by what became of them
     * @param forwardTimes how long each of those requests took
     * @param asked questions sent to other nodes, by what became of them
     * @param superseded whether another process has taken this node's name, so that this one owns nothing
     */
    public record Sharing(
            String node,
            List<Member> members,
            List<PartitionId> owned,
            long leaseChanges,
            Map<String, Long> forwarded,
            Map<String, Histogram.Counts> forwardTimes,
            Map<String, Long> asked,
            boolean superseded) {}

    /**
     * @param refused commands that found the queue full
     * @param groups writes in each commit
     * @param commitTimes until a group is durable
     * @param appendTimes from when a write was submitted until it is durable
     */
    public record Writing(
            long commits,
            long writes,
            long events,
            Duration committing,
            long refused,
            int waiting,
            int capacity,
            Histogram.Counts groups,
            Histogram.Counts commitTimes,
            Histogram.Counts appendTimes) {}

    /** @param cached entities in memory */
    public record EntityStatus(String type, String module, int cached, long accepted, long refused, long retried) {
        static EntityStatus of(Mounting.EntityHandle<?, ?, ?> handle) {
            EntityHost<?, ?, ?> host = handle.host();
            return new EntityStatus(
                    handle.type.name(),
                    handle.module,
                    host.cached(),
                    host.accepted.sum(),
                    host.refused.sum(),
                    host.retried.sum());
        }
    }

    /**
     * A view or a process.
     *
     * @param here whether this node is the one that takes events in for it
     * @param lag events in the journal that it has not taken in
     * @param movedAt when it last took something in; empty when not since the start
     * @param rebuilt events folded and to be folded, while it is being rebuilt
     */
    public record FollowerStatus(
            String name,
            boolean here,
            long lag,
            Optional<Instant> movedAt,
            List<ParkedKey> parked,
            Optional<Rebuilt> rebuilt) {
        static FollowerStatus of(ViewFollower view) {
            return new FollowerStatus(
                    view.name(),
                    view.following(),
                    view.lag(),
                    moved(view.movedAt()),
                    view.parkedKeys().stream()
                            .map(key -> new ParkedKey(
                                    key.partition(), key.stream().toString(), key.position(), key.error(), key.at()))
                            .toList(),
                    view.rebuilding().map(rebuild -> new Rebuilt(rebuild.done(), rebuild.total())));
        }

        static FollowerStatus of(ProcessFollower<?> process, Journal journal) {
            List<ParkedKey> parked = process.cursors().keySet().stream()
                    .flatMap(partition -> journal.parkedKeys(process.name(), partition).stream()
                            .map(key -> new ParkedKey(partition, key.key(), key.position(), key.error(), key.at())))
                    .toList();
            return new FollowerStatus(
                    process.name(),
                    process.following(),
                    process.lag(),
                    moved(process.movedAt()),
                    parked,
                    Optional.empty());
        }

        private static Optional<Instant> moved(Instant at) {
            return Optional.of(at).filter(moment -> moment.isAfter(Instant.EPOCH));
        }
    }

    /** A key that stands still at a position while all others go on. */
    public record ParkedKey(PartitionId partition, String key, long position, String error, Instant at) {}

    public record Rebuilt(long done, long total) {}
}
