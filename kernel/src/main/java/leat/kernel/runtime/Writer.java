package leat.kernel.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import leat.kernel.OverloadedException;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.Write;

/**
 * The threads that write to the journal, one for each of its lanes: each takes whatever waits in its lane and commits it as
 * one group. What belongs to one partition keeps to one lane.
 *
 * <p>Groups form by themselves, for while one is being synced the next one's writes arrive; nothing is ever held back to
 * make a group larger. A lane's queue is bounded: when it is full, {@link #submit} refuses at once, and the runtime's
 * own writes wait. Futures of one partition complete in the order of submission, after the group is durable and the subscribers have been
 * rung.
 */
final class Writer implements AutoCloseable {
    private final Journal journal;
    private final Tails tails;
    private final int group;
    private final List<Lane> lanes;
    private final Runnable tasksChanged;
    private final Optional<? extends Neighbours> neighbours;
    private volatile boolean open = true;

    final LongAdder commits = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder events = new LongAdder();
    final LongAdder commitNanos = new LongAdder();
    final LongAdder refused = new LongAdder();
    final Histogram groups;
    final Histogram commitTimes = Histogram.ofTimes();
    final Histogram appendTimes = Histogram.ofTimes();

    /** The other nodes, which want to know of what was committed here. */
    interface Neighbours {
        void appended(Map<PartitionId, Long> heads);

        void tasks();
    }

    Writer(
            Journal journal,
            Tails tails,
            NodeSettings settings,
            Runnable tasksChanged,
            Optional<? extends Neighbours> neighbours) {
        this.journal = journal;
        this.tails = tails;
        this.group = settings.bounds().group();
        this.groups = Histogram.ofSizes(group);
        this.tasksChanged = tasksChanged;
        this.neighbours = neighbours;
        int count = journal.lanes();
        int room = Math.max(1, settings.bounds().queue() / count);
        this.lanes = IntStream.range(0, count)
                .mapToObj(i -> new Lane("leat-writer-" + i, room))
                .toList();
        lanes.forEach(Lane::start);
    }

    private Lane lane(Write write) {
        return switch (write) {
            case Write.Append append -> lane(append.partition());
            case Write.Advance advance -> lane(advance.fence());
            case Write.AcquireLease acquire -> lane(acquire.partition());
            case Write.ReleaseLease release -> lane(release.partition());
            case Write.SaveSnapshot snapshot ->
                lanes.get(Math.floorMod(snapshot.stream().hashCode(), lanes.size()));
            case Write.Schedule _,
                    Write.ClaimTasks _,
                    Write.ReclaimTasks _,
                    Write.TaskResult _,
                    Write.ResumeTask _,
                    Write.DropTask _,
                    Write.Join _,
                    Write.Leave _,
                    Write.ExpireCommands _,
                    Write.Restore _ -> lanes.getFirst();
        };
    }

    private Lane lane(PartitionId partition) {
        return lanes.get(partition.number() % lanes.size());
    }

    /**
     * @param decoded the events of an append as objects, so that local subscribers need not read them back
     * @param at nanoseconds of the steady clock
     */
    private record Submission(Write write, List<?> decoded, CompletableFuture<Outcome> outcome, long at) {
        Submission(Write write, List<?> decoded) {
            this(write, decoded, new CompletableFuture<>(), System.nanoTime());
        }
    }

    /**
     * Queues an append for the next group.
     *
     * @throws OverloadedException when the queue is full or the writer is closed
     */
    CompletableFuture<Outcome> submit(Write.Append append, List<?> decoded) {
        Submission submission = new Submission(append, decoded);
        if (!open || !lane(append).queue.offer(submission)) {
            refused.increment();
            throw new OverloadedException("the journal's queue", Duration.ofMillis(250));
        }
        return submission.outcome;
    }

    /** Writes and waits, for the runtime's own needs; waits for room in the queue. */
    Outcome write(Write write) {
        return join(enqueue(write));
    }

    static Outcome join(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException fault) {
                throw fault;
            }
            throw e;
        }
    }

    /** Queues one of the runtime's own writes, waiting for room. */
    CompletableFuture<Outcome> enqueue(Write write) {
        Submission submission = new Submission(write, List.of());
        Lane lane = lane(write);
        try {
            while (open) {
                if (lane.queue.offer(submission, 100, TimeUnit.MILLISECONDS)) {
                    return submission.outcome;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new JournalException("The journal is closed, because this node is stopping.");
    }

    /** Drops a write that nobody waits for when there is no room; used for snapshots. */
    boolean offer(Write write) {
        Lane lane = lane(write);
        return open && lane.queue.remainingCapacity() > group && lane.queue.offer(new Submission(write, List.of()));
    }

    int waiting() {
        return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
    }

    /** What waits to be committed, and the thread that commits it. */
    private final class Lane {
        final BlockingQueue<Submission> queue;
        private final Thread thread;

        Lane(String name, int room) {
            queue = new ArrayBlockingQueue<>(room);
            thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        private void run() {
            List<Submission> batch = new ArrayList<>(group);
            while (open || !queue.isEmpty()) {
                try {
                    Submission first = queue.poll(50, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        continue;
                    }
                    batch.add(first);
                    queue.drainTo(batch, group - 1);
                    commit(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    open = false;
                } finally {
                    batch.clear();
                }
            }
        }

        void end() throws InterruptedException {
            thread.join();
        }
    }

    private void commit(List<Submission> batch) {
        List<Outcome> outcomes;
        long begun = System.nanoTime();
        try {
            outcomes = journal.commit(batch.stream().map(Submission::write).toList());
        } catch (RuntimeException | Error fault) {
            for (Submission submission : batch) {
                submission.outcome.completeExceptionally(fault);
            }
            return;
        }
        long ended = System.nanoTime();
        commitNanos.add(ended - begun);
        commitTimes.add(ended - begun);
        groups.add(batch.size());
        commits.increment();
        writes.add(batch.size());
        boolean tasks = false;
        Map<PartitionId, Long> heads = new HashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Submission submission = batch.get(i);
            if (submission.write instanceof Write.Append append
                    && outcomes.get(i) instanceof Outcome.Appended appended) {
                events.add(append.events().size());
                appendTimes.add(ended - submission.at);
                tails.add(append, appended, submission.decoded);
                if (!append.events().isEmpty()) {
                    heads.merge(append.partition(), appended.position(), Math::max);
                }
            }
            tasks |= mayHaveTasks(submission.write);
        }
        tails.ring(heads.keySet());
        if (tasks) {
            tasksChanged.run();
        }
        if (!heads.isEmpty()) {
            neighbours.ifPresent(it -> it.appended(heads));
        }
        if (tasks) {
            neighbours.ifPresent(Neighbours::tasks);
        }
        for (int i = 0; i < outcomes.size(); i++) {
            batch.get(i).outcome.complete(outcomes.get(i));
        }
    }

    private static boolean mayHaveTasks(Write write) {
        return switch (write) {
            case Write.Append append -> !append.tasks().isEmpty();
            case Write.Advance advance -> !advance.tasks().isEmpty();
            case Write.TaskExtended _ -> false;
            case Write.Schedule _, Write.TaskResult _, Write.ResumeTask _, Write.DropTask _, Write.ReclaimTasks _ ->
                true;
            case Write.ClaimTasks _,
                    Write.SaveSnapshot _,
                    Write.AcquireLease _,
                    Write.ReleaseLease _,
                    Write.Join _,
                    Write.Leave _,
                    Write.ExpireCommands _,
                    Write.Restore _ -> false;
        };
    }

    /** Commits what is queued, then stops. */
    @Override
    public void close() {
        open = false;
        try {
            for (Lane lane : lanes) {
                lane.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
