package leat.kernel.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.TaskRequest;

/**
 * One thing to be made durable; a group of them is one transaction, and each has an {@link Outcome} of its own.
 *
 * <p>A write that cannot be done (a stale version, a taken name, a fenced epoch) changes nothing, and the others of its
 * group go on.
 */
public sealed interface Write {

    /**
     * Appends events to one entity.
     *
     * <p>Outcomes: {@link Outcome.Appended}; {@link Outcome.Duplicate} when the command id is known;
     * {@link Outcome.VersionConflict} when the stream is not at {@code expectedVersion}; {@link Outcome.ClaimTaken}
     * when a name is held by another entity; {@link Outcome.Fenced} when {@code epoch} is not the partition's.
     * They are checked in this order: fenced, duplicate, version, claims. Without events it still remembers its command,
     * and answers with the partition's last position. A partition that was never leased is at epoch 0.
     *
     * @param claims taken and released in order, held by the stream
     * @param tasks scheduled in the same transaction; one whose id is known already is left as it is
     */
    record Append(
            PartitionId partition,
            long epoch,
            StreamId stream,
            long expectedVersion,
            UUID commandId,
            String correlationId,
            String by,
            Instant at,
            List<NewEvent> events,
            List<Claim> claims,
            List<TaskRequest> tasks)
            implements Write {}

    /** An event that has no position yet. */
    record NewEvent(String type, int schema, byte[] payload) {}

    /**
     * Moves a process forward: its cursor, the states it changed, the keys it parked, and what it asked for, at once.
     *
     * <p>Outcomes: {@link Outcome.Done}; {@link Outcome.Fenced}; {@link Outcome.VersionConflict} (with the cursor as
     * version) when the stored cursor is not {@code from}.
     *
     * <p>What is unparked goes before what is parked, so that a key can be parked again at a later position.
     *
     * @param partition whose events it has taken in
     * @param fence whose lease lets it, at {@code epoch}: that partition, or what stands for the whole process
     * @param states one entry a key; an empty state removes the row
     * @param parked keys that failed for good at a position; the process goes on without them
     */
    record Advance(
            String process,
            PartitionId partition,
            PartitionId fence,
            long epoch,
            long from,
            long to,
            List<ProcessState> states,
            List<ParkedKey> parked,
            List<String> unparked,
            List<TaskRequest> tasks)
            implements Write {
        /** Fenced by the partition itself. */
        public Advance(
                String process,
                PartitionId partition,
                long epoch,
                long from,
                long to,
                List<ProcessState> states,
                List<ParkedKey> parked,
                List<String> unparked,
                List<TaskRequest> tasks) {
            this(process, partition, partition, epoch, from, to, states, parked, unparked, tasks);
        }
    }

    /** @param state JSON, or empty to forget the key */
    record ProcessState(String key, Optional<byte[]> state) {}

    /** @param position of the event that could not be handled; later events of the key wait behind it */
    record ParkedKey(String key, long position, String error, Instant at) {}

    /** Schedules tasks outside any append; known ids are left as they are. Outcome: {@link Outcome.Done}. */
    record Schedule(List<TaskRequest> tasks) implements Write {}

    /**
     * Leases due tasks, longest due first, then in the order asked: at most one of a (kind, key) at a time, and none behind an earlier one of its key
     * that is waiting, running or parked. A running task whose lease has run out counts as due.
     *
     * <p>Outcome: {@link Outcome.Claimed}.
     */
    record ClaimTasks(Set<String> kinds, int limit, String owner, Instant now, Duration lease) implements Write {}

    /**
     * Makes what an owner has leased due at once; said at a start, when whatever ran in an earlier life has died with it.
     * The attempts that were begun count. Outcome: {@link Outcome.Done}.
     */
    record ReclaimTasks(String owner, Instant now) implements Write {}

    /** What becomes of a leased task. Outcome: {@link Outcome.Done}, or {@link Outcome.Fenced} when the lease is lost. */
    sealed interface TaskResult extends Write {
        UUID id();

        /** The attempt that was leased; a result of an earlier attempt is fenced. */
        int attempt();
    }

    record TaskDone(UUID id, int attempt, List<TaskRequest> next) implements TaskResult {}

    record TaskExtended(UUID id, int attempt, Instant until) implements TaskResult {}

    record TaskRetried(UUID id, int attempt, Instant notBefore, String error) implements TaskResult {}

    record TaskParked(UUID id, int attempt, String error) implements TaskResult {}

    /** Gives a leased task back unharmed, as when a node drains; the attempt does not count. */
    record TaskReleased(UUID id, int attempt) implements TaskResult {}

    /** Lets a parked or waiting task run now, with its attempts counted from zero. Outcome: {@link Outcome.Done} or {@link Outcome.Missing}, also when it is running. */
    record ResumeTask(UUID id, Instant now) implements Write {}

    /** Removes a task that is not running. Outcome: {@link Outcome.Done} or {@link Outcome.Missing}. */
    record DropTask(UUID id) implements Write {}

    /** Keeps a folded state; only the newest of a stream is kept. Outcome: {@link Outcome.Done}. */
    record SaveSnapshot(StreamId stream, long version, String tag, String type, byte[] state) implements Write {}

    /**
     * Takes the partition when it is free, expired or already the owner's; the owner keeps its epoch, a new one gets the
     * next. Outcome: {@link Outcome.Leased} or {@link Outcome.Fenced}.
     */
    record AcquireLease(PartitionId partition, String owner, Instant now, Duration length) implements Write {}

    /**
     * Gives a partition up, if the epoch is still the partition's; it then takes no writes until it is leased again.
     * Outcome: {@link Outcome.Done}.
     */
    record ReleaseLease(PartitionId partition, String owner, long epoch) implements Write {}

    /**
     * Says that a node lives. One that is new, or was forgotten, gets the lowest number that is nobody's; a node that has
     * been dead for {@link #NODE_MEMORY} is forgotten, so that its number is not given away while ids that it made late
     * may still be on their way.
     *
     * <p>Outcome: {@link Outcome.Joined}; {@link Outcome.Fenced} when a process of that name that started later has joined,
     * when all numbers are taken, or when there is an {@link Member#obstacle}.
     *
     * @param since when the process started
     */
    record Join(String node, SortedSet<String> roles, String address, Instant since, Instant now, Duration length)
            implements Write {}

    /** How long a dead node's number is kept for it. */
    Duration NODE_MEMORY = Duration.ofDays(1);

    /** Says that a node is going; it then counts as dead. Outcome: {@link Outcome.Done}. */
    record Leave(String node, Instant since, Instant now) implements Write {}

    /** Forgets command ids decided before a time. Outcome: {@link Outcome.Done}. */
    record ExpireCommands(Instant before) implements Write {}

    /**
     * Puts back what stood beside the events of another journal; what is there already stays as it is.
     *
     * <p>Outcome: {@link Outcome.Done}, or {@link Outcome.Fenced} once any partition has been leased: the journal is then
     * in use.
     */
    record Restore(Kept.Aside kept) implements Write {}
}
