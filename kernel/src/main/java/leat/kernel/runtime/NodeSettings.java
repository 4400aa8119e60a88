package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;

/**
 * How a node runs; every bound on memory and time that the runtime keeps stands here.
 *
 * @param owner names this node in leases, of the nodes that share a journal it alone; the same name after a restart takes
 *     its partitions back at once
 * @param address where other nodes reach it over HTTP; empty when there are none
 */
public record NodeSettings(String owner, String address, Clock clock, Bounds bounds, Times times) {

    /**
     * @param queue writes that may wait for the writer; the next one is refused as overload
     * @param group most writes in one transaction
     * @param cachedEntities entities of each type whose state is kept in memory
     * @param waitingPerEntity commands that may wait for one entity; the next one is refused as overload
     * @param tail events of each partition kept in memory for views and processes
     * @param batch most events a view or process takes in one transaction
     */
    public record Bounds(int queue, int group, int cachedEntities, int waitingPerEntity, int tail, int batch) {}

    /**
     * @param partitionLease how long a partition stays ours without renewal
     * @param taskLease how long a task stays ours without a heartbeat
     * @param commandMemory how long a command id is remembered
     * @param command longest wait for a command to become durable
     */
    public record Times(Duration partitionLease, Duration taskLease, Duration commandMemory, Duration command) {}

    private static final Duration SHARED_LEASE = Duration.ofSeconds(5);

    public static NodeSettings defaults() {
        return new NodeSettings(
                "node-0",
                "",
                Clock.systemUTC(),
                new Bounds(4_096, 512, 20_000, 1_000, 4_096, 1_000),
                new Times(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofDays(7), Duration.ofSeconds(10)));
    }

    /** For a node that shares its journal with others: leases are short, for the others wait for them when it dies. */
    public NodeSettings named(String node, String reachedAt) {
        return new NodeSettings(
                node,
                reachedAt,
                clock,
                bounds,
                new Times(SHARED_LEASE, times.taskLease(), times.commandMemory(), times.command()));
    }

    public NodeSettings with(Clock other) {
        return new NodeSettings(owner, address, other, bounds, times);
    }

    public NodeSettings with(Bounds other) {
        return new NodeSettings(owner, address, clock, other, times);
    }

    public NodeSettings with(Times other) {
        return new NodeSettings(owner, address, clock, bounds, other);
    }
}
