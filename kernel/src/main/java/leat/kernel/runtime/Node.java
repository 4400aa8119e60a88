package leat.kernel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leat.kernel.Announcements;
import leat.kernel.Asks;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Json;
import leat.kernel.Module;
import leat.kernel.Process;
import leat.kernel.RefusedException;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRequest;
import leat.kernel.TaskRun;
import leat.kernel.Tasks;
import leat.kernel.View;
import leat.kernel.port.Engine;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;
import leat.kernel.port.Write;

/**
 * A process's share of Leat: the hosted modules, running on an engine.
 *
 * <p>Life: {@link #start} takes the partitions' leases, opens the views and starts everything; {@link #drain} stops taking
 * commands, finishes what is under way and gives the leases back. The engine is the caller's to close, afterwards.
 */
public final class Node implements AutoCloseable {
    private static final Duration VIEW_HEALING = Duration.ofSeconds(5);
    private static final Duration COMMAND_EXPIRY = Duration.ofHours(1);

    private final Engine engine;
    private final NodeSettings settings;
    private final Faults faults;
    private final Tails tails;
    private final Writer writer;
    private final Leases leases;
    private final Mounting mounting;
    private final Map<String, Mounting.EntityHandle<?, ?, ?>> entities = new HashMap<>();
    private final List<ViewFollower> views = new ArrayList<>();
    private final List<ProcessFollower<?>> processes = new ArrayList<>();
    private final TaskWorkers workers;
    private final ScheduledExecutorService housekeeping;
    private final Instant startedAt;
    private volatile boolean draining;
    private volatile Runnable tasksChanged = () -> {};

    /** Sums up journals of the entities that are hosted here; each call gives a fresh one. */
    public Folds folds() {
        return Folds.of(mounting);
    }

    /** Starts the modules; returns when commands are accepted. Views may still be catching up, see {@link #ready}. */
    public static Node start(NodeSettings settings, Engine engine, List<? extends Module> modules) {
        return new Node(settings, engine, modules);
    }

    private Node(NodeSettings settings, Engine engine, List<? extends Module> modules) {
        this.engine = engine;
        this.settings = settings;
        this.startedAt = settings.clock().instant();
        this.faults = new Faults(settings.clock());
        this.tails = new Tails(engine.journal(), settings.bounds().tail());
        this.writer = new Writer(engine.journal(), tails, settings, () -> tasksChanged.run());
        this.leases = new Leases(settings);
        Announcements announcements = new BusAnnouncements(engine.bus());
        this.mounting = new Mounting(engine, settings, announcements, scheduler());
        modules.forEach(mounting::mount);

        EventTypes types = new EventTypes();
        mounting.entities.forEach(handle -> types.declare(handle.type));
        leases.acquire(partitions(new TreeSet<>(mounting.modules)), writer);
        mounting.entities.forEach(this::host);
        for (Mounting.ViewHandle handle : mounting.views) {
            ViewFollower follower = new ViewFollower(
                    handle.view,
                    List.copyOf(partitions(handle.view.modules())),
                    tails,
                    faults,
                    settings,
                    engine.views(),
                    types,
                    engine.journal(),
                    announcements);
            handle.fill(follower);
            views.add(follower);
        }
        mounting.processes.forEach(process -> processes.add(follower(process, types)));
        mounting.tasks.put(
                ProcessFollower.TELL, new TaskWorkers.Kind(TaskPolicy.DEFAULT.concurrency(16), this::deliver));
        this.workers = new TaskWorkers(mounting.tasks, engine.journal(), writer, faults, settings);
        this.tasksChanged = workers::ring;
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("leat-housekeeping").daemon().factory());

        writer.write(new Write.ReclaimTasks(settings.owner(), startedAt));
        views.forEach(Follower::start);
        processes.forEach(Follower::start);
        workers.start();
        mounting.onStart.forEach(Runnable::run);
        every(
                Duration.ofNanos(settings.times().partitionLease().toNanos() / 3),
                "renewing leases",
                () -> leases.renewAll(writer));
        every(VIEW_HEALING, "healing views", () -> views.forEach(ViewFollower::heal));
        every(
                COMMAND_EXPIRY,
                "forgetting old commands",
                () -> writer.write(new Write.ExpireCommands(
                        settings.clock().instant().minus(settings.times().commandMemory()))));
    }

    private static Set<PartitionId> partitions(Set<String> modules) {
        Set<PartitionId> all = new TreeSet<>();
        for (String module : modules) {
            for (int number = 0; number < PartitionId.COUNT; number++) {
                all.add(new PartitionId(module, number));
            }
        }
        return all;
    }

    private <C, E, S> void host(Mounting.EntityHandle<C, E, S> handle) {
        handle.fill(new EntityHost<>(handle.module, handle.type, engine.journal(), writer, leases, settings));
        entities.put(handle.type.name(), handle);
    }

    private <S> ProcessFollower<S> follower(Process<S> process, EventTypes types) {
        return new ProcessFollower<>(
                process,
                List.copyOf(partitions(process.modules())),
                tails,
                faults,
                settings,
                types,
                engine.journal(),
                writer,
                leases);
    }

    private void every(Duration period, String what, Runnable action) {
        long nanos = period.toNanos();
        var _ = housekeeping.scheduleWithFixedDelay(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException fault) {
                        if (!draining) {
                            faults.report(what, fault, "");
                        }
                    }
                },
                nanos,
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private Tasks scheduler() {
        return (kind, key, payload, notBefore, envelope) -> writer.write(new Write.Schedule(List.of(new TaskRequest(
                Ids.derived(envelope.at(), envelope.commandId() + "/" + kind + "/" + key),
                kind,
                key,
                Json.bytes(payload),
                notBefore,
                envelope.correlationId(),
                envelope.by(),
                envelope.at()))));
    }

    /** Delivers a process's command. A refusal is an answer, and ends the delivery. */
    private void deliver(TaskRun task) {
        ProcessFollower.Told told = task.payload(ProcessFollower.Told.class);
        Mounting.EntityHandle<?, ?, ?> handle = entities.get(told.type());
        if (handle == null) {
            throw new IllegalStateException("no hosted module has entities of type " + told.type());
        }
        Envelope first = task.envelope(0);
        try {
            handle.tellStored(told, new Envelope(first.commandId(), first.correlationId(), first.by(), first.at()));
        } catch (RefusedException refused) {
            System.getLogger("leat.processes")
                    .log(
                            System.Logger.Level.INFO,
                            told.command() + " was refused by " + task.key() + ": "
                                    + refused.refusal().code());
        }
    }

    // --- what edges and operations ask -------------------------------------------------------------------------

    /** The things of a kind that modules added, in order of mounting. */
    @SuppressWarnings("unchecked")
    public <T> List<T> added(Class<T> kind) {
        return (List<T>) List.copyOf(mounting.added.getOrDefault(kind, List.of()));
    }

    public Asks asks() {
        return mounting::ask;
    }

    public Faults faults() {
        return faults;
    }

    /** Whether everything that was in the journal at the start is shown by every view, and the node is not draining. */
    public boolean ready() {
        return !draining
                && views.stream()
                        .allMatch(view -> view.lag() < settings.bounds().batch());
    }

    /** Waits until every view and process has taken in what is in the journal now. */
    public boolean catchUp(Duration patience) {
        return views.stream().allMatch(view -> view.catchUp(patience))
                && processes.stream().allMatch(process -> process.catchUp(patience));
    }

    public NodeStatus status() {
        return new NodeStatus(
                engine.name(),
                startedAt,
                draining,
                List.copyOf(mounting.modules),
                engine.journal().heads(),
                new NodeStatus.Writing(
                        writer.commits.sum(),
                        writer.writes.sum(),
                        writer.events.sum(),
                        Duration.ofNanos(writer.commitNanos.sum()),
                        writer.refused.sum(),
                        writer.waiting(),
                        settings.bounds().queue()),
                mounting.entities.stream().map(NodeStatus.EntityStatus::of).toList(),
                views.stream().map(NodeStatus.FollowerStatus::of).toList(),
                processes.stream()
                        .map(process -> NodeStatus.FollowerStatus.of(process, engine.journal()))
                        .toList(),
                engine.journal().taskCounts(),
                workers.running());
    }

    public List<StoredTask> tasks(StoredTask.State state, int limit) {
        return engine.journal().tasks(state, limit);
    }

    /** Lets a parked task run again now; false when there is none. */
    public boolean resumeTask(UUID id) {
        return writer.write(new Write.ResumeTask(id, settings.clock().instant())) instanceof Outcome.Done;
    }

    /** Removes a task for good; false when there is none or it runs. */
    public boolean dropTask(UUID id) {
        return writer.write(new Write.DropTask(id)) instanceof Outcome.Done;
    }

    /** Folds a view's parked entity again, or skips the event at which it stopped. */
    public boolean resumeView(String view, String stream, boolean skip) {
        Optional<ViewFollower> follower =
                views.stream().filter(one -> one.name().equals(view)).findFirst();
        follower.ifPresent(one -> one.resume(stream, skip));
        return follower.isPresent();
    }

    /** Lets a process's parked key react again, or skips the event at which it stopped. */
    public boolean resumeProcess(String process, PartitionId partition, String key, boolean skip) {
        Optional<ProcessFollower<?>> follower =
                processes.stream().filter(one -> one.name().equals(process)).findFirst();
        follower.ifPresent(one -> one.resume(partition, key, skip));
        return follower.isPresent();
    }

    /** Builds a view anew beside the live one, in the background; false when there is no such view. */
    public boolean rebuildView(String view) {
        Optional<ViewFollower> follower =
                views.stream().filter(one -> one.name().equals(view)).findFirst();
        follower.filter(one -> one.rebuilding().isEmpty())
                .ifPresent(one -> Thread.ofPlatform()
                        .name("leat-rebuild-" + view)
                        .daemon()
                        .start(() -> {
                            try {
                                one.rebuild();
                            } catch (RuntimeException fault) {
                                faults.report("rebuilding " + view, fault, "");
                            }
                        }));
        return follower.isPresent();
    }

    /** The views by name, for tests and tools that compare them with the journal. */
    public List<View> views() {
        return mounting.views.stream().map(handle -> handle.view).toList();
    }

    // --- the end -----------------------------------------------------------------------------------------------

    /** Finishes what is under way, within the time given, and gives the leases back. Edges must have stopped before. */
    public void drain(Duration patience) {
        if (draining) {
            return;
        }
        draining = true;
        mounting.onStop.forEach(Runnable::run);
        housekeeping.shutdownNow();
        workers.drain(patience);
        processes.forEach(Follower::close);
        views.forEach(Follower::close);
        try {
            leases.releaseAll(writer);
        } catch (RuntimeException fault) {
            // They run out by themselves; a store that fails must not keep the process from ending.
            faults.report("giving the leases back", fault, "");
        }
        writer.close();
    }

    @Override
    public void close() {
        drain(Duration.ofSeconds(10));
    }
}
