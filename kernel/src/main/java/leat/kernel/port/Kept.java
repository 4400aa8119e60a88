package leat.kernel.port;

import java.time.Instant;
import java.util.UUID;

/**
 * One thing that a journal keeps and that nothing else could give back, as it travels from one journal to another.
 *
 * <p>Snapshots and views are derived from these; leases belong to the place and stay behind.
 */
public sealed interface Kept {

    /** Travels in order of position, partition after partition, and so in order of version too. */
    record Event(StoredEvent event) implements Kept {}

    /** What stands beside the events; {@link Write.Restore} puts it into its new place. */
    sealed interface Aside extends Kept {}

    /** A command that is still remembered, also when its event tells of it. */
    record Command(UUID id, StreamId stream, long position, long version, Instant at) implements Aside {}

    record Claimed(String space, String name, StreamId holder) implements Aside {}

    record Cursor(String process, PartitionId partition, long position) implements Aside {}

    /** @param state JSON; do not change the array */
    record State(String process, String key, byte[] state) implements Aside {}

    record Parked(String process, PartitionId partition, Write.ParkedKey key) implements Aside {}

    /** Travels in the order in which tasks were asked for; one that was running is waiting again where it arrives. */
    record Task(StoredTask task) implements Aside {}
}
