package leat.kernel.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The append-only log of events and what must be durable together with them: command ids, claims, tasks, process
 * states, snapshots and partition leases.
 *
 * <p>Life: open → any number of {@link #commit} and reads → close. After a crash the journal opens with exactly the
 * groups whose {@link #commit} returned, and possibly the one that was under way.
 *
 * <p>Threads: as many as there are {@link #lanes} call {@link #commit} at once (the runtime's writers), no two of them with
 * writes to the same partition; any number read. A read sees every
 * group whose commit returned before the read began.
 *
 * <p>Failures: a fault of the store (full, read-only, damaged, gone) is a {@link JournalException} with a sentence for
 * the operator; the whole group is then undone, and later commits may succeed when the cause has gone.
 */
public interface Journal {
    /**
     * Makes a group durable in one transaction and tells each write's outcome, in order. Returns only once the group
     * would survive the loss of power.
     *
     * @throws JournalException and changes nothing
     */
    List<Outcome> commit(List<Write> group);

    /** How many groups may be committed at once, when they have no partition in common. */
    default int lanes() {
        return 1;
    }

    /** Events of one entity after a version, oldest first. */
    List<StoredEvent> stream(StreamId stream, long afterVersion, int limit);

    /** Events of one partition after a position, oldest first; never skips one, however many writers there are. */
    List<StoredEvent> partition(PartitionId partition, long afterPosition, int limit);

    /** The last position of each partition that has events. */
    Map<PartitionId, Long> heads();

    /** The nodes that have joined and are not forgotten, dead ones too, by name. */
    List<Member> members();

    /** What a command did, if it is known. */
    Optional<Outcome.Duplicate> command(UUID commandId);

    /** Who holds a name. */
    Optional<StreamId> claim(String space, String name);

    Optional<Snapshot> snapshot(StreamId stream);

    /** @param tag tells which code wrote it; a state with another tag than today's is not used */
    record Snapshot(StreamId stream, long version, String tag, String type, byte[] state) {}

    /** How far a process has come, per partition; absent means 0. */
    Map<PartitionId, Long> cursors(String process);

    Optional<byte[]> processState(String process, String key);

    /** The keys a process has parked in a partition, in order of position. */
    List<Write.ParkedKey> parkedKeys(String process, PartitionId partition);

    /** Tasks in a state, oldest first. */
    List<StoredTask> tasks(StoredTask.State state, int limit);

    Optional<StoredTask> task(UUID id);

    /** How many tasks there are by kind and state. */
    Map<String, Map<StoredTask.State, Long>> taskCounts();

    /** When the next waiting task of these kinds is due or the next lease of a running one ends; empty when there is none. */
    Optional<Instant> nextTaskAt(Set<String> kinds);

    /**
     * Tells all that is kept, as of one moment, while others go on reading and writing: first the events, partition after
     * partition, then what stands beside them. {@link Loader} takes it in.
     */
    void export(Consumer<Kept> listener);
}
