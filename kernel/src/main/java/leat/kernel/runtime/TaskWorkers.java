package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.Envelope;
import leat.kernel.HopelessException;
import leat.kernel.Ids;
import leat.kernel.Json;
import leat.kernel.TaskHandler;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredTask;
import leat.kernel.port.Write;

/**
 * Leases due tasks as long as there is room, runs each on a virtual thread, keeps its lease alive, and writes down how it
 * ended.
 *
 * <p>A task runs at least once: when this process dies, its lease runs out and another attempt begins. An attempt that
 * lost its lease is told through {@link TaskRun#cancelled()}, and its result is refused by the journal.
 */
final class TaskWorkers implements AutoCloseable {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

    private final Journal journal;
    private final Writer writer;
    private final Faults faults;
    private final Clock clock;
    private final NodeSettings settings;
    private final Map<String, Kind> kinds;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private final Thread dispatcher;
    private volatile boolean open = true;
    private volatile boolean rung = true;

    TaskWorkers(Map<String, Kind> kinds, Journal journal, Writer writer, Faults faults, NodeSettings settings) {
        this.kinds = Map.copyOf(kinds);
        this.journal = journal;
        this.writer = writer;
        this.faults = faults;
        this.clock = settings.clock();
        this.settings = settings;
        this.dispatcher = Thread.ofPlatform().name("leat-tasks").daemon().unstarted(this::dispatch);
    }

    /** A handler and how it is tried. */
    record Kind(TaskPolicy policy, TaskHandler handler) {}

    void start() {
        dispatcher.start();
    }

    /** There may be something to do. */
    void ring() {
        rung = true;
        LockSupport.unpark(dispatcher);
    }

    private void dispatch() {
        while (open) {
            try {
                rung = false;
                boolean claimed = claim();
                extend();
                if (!claimed && !rung && open) {
                    LockSupport.parkNanos(this, sleep().toNanos());
                }
            } catch (RuntimeException fault) {
                if (open) {
                    faults.report("tasks", fault, "");
                    LockSupport.parkNanos(this, Duration.ofSeconds(1).toNanos());
                }
            }
        }
    }

    private boolean claim() {
        boolean any = false;
        Map<String, Integer> busy = new HashMap<>();
        running.values().forEach(run -> busy.merge(run.task.kind(), 1, Integer::sum));
        for (var entry : kinds.entrySet()) {
            int room = entry.getValue().policy().concurrency() - busy.getOrDefault(entry.getKey(), 0);
            if (room <= 0) {
                continue;
            }
            Instant now = clock.instant();
            if (journal.nextTaskAt(Set.of(entry.getKey()))
                    .filter(at -> !at.isAfter(now))
                    .isEmpty()) {
                continue;
            }
            Outcome outcome = writer.write(new Write.ClaimTasks(
                    Set.of(entry.getKey()),
                    room,
                    settings.owner(),
                    now,
                    settings.times().taskLease()));
            if (outcome instanceof Outcome.Claimed(List<StoredTask> tasks)) {
                for (StoredTask task : tasks) {
                    any = true;
                    launch(task, entry.getValue());
                }
            }
        }
        return any;
    }

    private void launch(StoredTask task, Kind kind) {
        Running run = new Running(task);
        running.put(task.id(), run);
        run.thread = Thread.ofVirtual().name("task-" + task.kind()).unstarted(() -> {
            try {
                run(run, kind);
            } finally {
                running.remove(task.id(), run);
                ring();
            }
        });
        run.thread.start();
    }

    private void run(Running run, Kind kind) {
        StoredTask task = run.task;
        Write result;
        try {
            if (task.attempt() > kind.policy().attempts()) {
                throw new HopelessException("It was begun " + (task.attempt() - 1)
                        + " times and did not end; the process may have died each time.");
            }
            kind.handler().run(run);
            result = new Write.TaskDone(task.id(), task.attempt(), List.of());
        } catch (HopelessException hopeless) {
            result = parked(task, hopeless);
        } catch (Exception fault) {
            if (run.cancelled) {
                result = new Write.TaskReleased(task.id(), task.attempt());
            } else if (task.attempt() >= kind.policy().attempts()) {
                result = parked(task, fault);
            } else {
                faults.report("task " + task.kind() + " " + task.key(), fault, task.correlationId());
                result = new Write.TaskRetried(
                        task.id(),
                        task.attempt(),
                        clock.instant().plus(kind.policy().backoffAfter(task.attempt())),
                        shortened(Faults.describe(fault)));
            }
        }
        try {
            writer.write(result);
        } catch (RuntimeException fault) {
            // The lease will run out and the task be tried again; there is nothing better to do here.
            faults.report("task " + task.kind() + " " + task.key(), fault, task.correlationId());
        }
    }

    private Write parked(StoredTask task, Exception fault) {
        faults.report("task " + task.kind() + " " + task.key() + " parked", fault, task.correlationId());
        return new Write.TaskParked(task.id(), task.attempt(), shortened(Faults.describe(fault)));
    }

    private static String shortened(String error) {
        return error.length() <= StoredTask.MAX_ERROR ? error : error.substring(0, StoredTask.MAX_ERROR);
    }

    /** Keeps the leases of what runs, once a third of their time has gone. */
    private void extend() {
        Instant now = clock.instant();
        List<Running> due = new ArrayList<>();
        for (Running run : running.values()) {
            if (!run.cancelled
                    && run.until
                            .minus(settings.times().taskLease().multipliedBy(2).dividedBy(3))
                            .isBefore(now)) {
                due.add(run);
            }
        }
        for (Running run : due) {
            Instant until = now.plus(settings.times().taskLease());
            Outcome outcome = writer.write(new Write.TaskExtended(run.task.id(), run.task.attempt(), until));
            if (outcome instanceof Outcome.Fenced && running.containsKey(run.task.id())) {
                run.cancel();
            } else {
                run.until = until;
            }
        }
    }

    private Duration sleep() {
        Duration sleep = running.isEmpty()
                ? LONGEST_SLEEP
                : min(LONGEST_SLEEP, settings.times().taskLease().dividedBy(4));
        Instant now = clock.instant();
        Set<String> withRoom = new TreeSet<>(kinds.keySet());
        Map<String, Integer> busy = new HashMap<>();
        running.values().forEach(run -> busy.merge(run.task.kind(), 1, Integer::sum));
        withRoom.removeIf(kind -> {
            Kind of = kinds.get(kind);
            return of != null && busy.getOrDefault(kind, 0) >= of.policy().concurrency();
        });
        Duration untilNext = journal.nextTaskAt(withRoom)
                .map(at -> Duration.between(now, at))
                .orElse(sleep);
        // A due task that could not be claimed waits behind another of its key; look again soon, but do not spin.
        return min(sleep, untilNext.compareTo(Duration.ofMillis(20)) < 0 ? Duration.ofMillis(20) : untilNext);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    int running() {
        return running.size();
    }

    /** Stops claiming, waits for what runs, then hands the rest back. */
    void drain(Duration patience) {
        open = false;
        ring();
        try {
            dispatcher.join();
            long deadline = System.nanoTime() + patience.toNanos();
            for (Running run : List.copyOf(running.values())) {
                run.thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            for (Running run : List.copyOf(running.values())) {
                run.cancel();
                run.thread.join(Duration.ofMillis(500));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private static final class Running implements TaskRun {
        private final StoredTask task;
        private volatile Instant until;
        private volatile boolean cancelled;
        private Thread thread = Thread.currentThread();

        Running(StoredTask task) {
            this.task = task;
            this.until = task.until().orElse(Instant.EPOCH);
        }

        void cancel() {
            cancelled = true;
            thread.interrupt();
        }

        @Override
        public UUID id() {
            return task.id();
        }

        @Override
        public String kind() {
            return task.kind();
        }

        @Override
        public String key() {
            return task.key();
        }

        @Override
        public int attempt() {
            return task.attempt();
        }

        @Override
        public <T> T payload(Class<T> type) {
            return Json.read(task.payload(), type);
        }

        @Override
        public Envelope envelope(int n) {
            return new Envelope(
                    Ids.derived(task.createdAt(), "task/" + task.id() + "/" + n),
                    task.correlationId(),
                    "task:" + task.kind(),
                    task.createdAt());
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }
}
