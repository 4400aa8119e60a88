package leat.kernel.port;

import java.time.Instant;

/**
 * The right to write to a partition until a time; whoever holds an older epoch is fenced out.
 *
 * @param epoch grows by one each time the partition changes hands
 */
public record Lease(PartitionId partition, String owner, long epoch, Instant until) {}
