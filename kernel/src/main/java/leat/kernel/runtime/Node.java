package leat.kernel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;
import leat.kernel.port.Write;
import org.jspecify.annotations.Nullable;

/**
 * A process's share of Leat: the hosted modules, running on an engine.
 *
 * <p>Life: {@link #start} takes the partitions' leases, opens the views and starts everything; {@link #drain} stops taking
 * commands, finishes what is under way and gives the leases back. The engine is the caller's to close, afterwards.
 *
 * <p>On an engine that is {@link Engine#shared} the partitions are spread over the nodes that host their module, see
 * {@link Ownership}; commands for an entity that another node owns are forwarded to it, and readings of it come from the
 * journal.
 */
public final class Node implements AutoCloseable {
    private static final Duration VIEW_HEALING = Duration.ofSeconds(5);
    private static final Duration COMMAND_EXPIRY = Duration.ofHours(1);
    private static final Duration LOOKING_FOR_EVENTS = Duration.ofSeconds(1);
    private static final Duration LOOKING_FOR_FORGOTTEN = Duration.ofSeconds(1);
    private static final Duration RETIRING_VIEWS = Duration.ofMinutes(10);

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
    private final Forwarding forwarding;
    private final Sealing sealing;
    private final Forgetter forgetter;
    private final Optional<Sharing> sharing;
    private final ScheduledExecutorService housekeeping;
    private final Instant startedAt;
    private volatile boolean draining;
    private volatile Runnable tasksChanged = () -> {};

    /** Sums up journals of the entities that are hosted here; each call gives a fresh one. */
    public Folds folds() {
        return Folds.of(mounting);
    }

    /**
     * Starts the modules; returns when commands are accepted. Views may still be catching up, see {@link #ready}.
     *
     * @throws JoinException when it cannot start beside the nodes that are there, or with these modules
     * @throws leat.kernel.port.EngineException when it has another master key than the journal's
     */
    public static Node start(NodeSettings settings, Engine engine, List<? extends Module> modules) {
        engine.masterKey().check(engine.keys());
        return new Node(settings, engine, modules);
    }

    private Node(NodeSettings settings, Engine engine, List<? extends Module> modules) {
        this.engine = engine;
        this.settings = settings;
        this.startedAt = settings.clock().instant();
        this.faults = new Faults(settings.clock());
        this.tails = new Tails(engine.journal(), settings.bounds().tail());
        this.sharing = engine.shared() ? Optional.of(new Sharing(engine.bus(), settings)) : Optional.empty();
        this.writer = new Writer(engine.journal(), tails, settings, () -> tasksChanged.run(), sharing.map(shared ->
                (Writer.Neighbours) shared.doorbell));
        KeyRing ring = new KeyRing(engine.keys(), engine.masterKey());
        this.sealing = new Sealing(ring);
        this.forgetter = new Forgetter(engine, ring, tails, settings.clock());
        this.leases = new Leases(settings, engine.shared());
        this.forwarding = new Forwarding(engine.bus(), settings);
        Announcements announcements = new BusAnnouncements(engine.bus());
        int number = engine.shared()
                ? Ownership.join(writer, settings, standing(), settings.address(), startedAt)
                        .number()
                : 0;
        this.mounting = new Mounting(engine, settings.clock(), number, announcements, scheduler());
        modules.forEach(mounting::mount);
        mounting.processes.forEach(this::refuseHalf);

        EventTypes types = new EventTypes(sealing);
        mounting.entities.forEach(handle -> types.declare(handle.type));
        mounting.entities.forEach(this::host);
        if (sharing.isEmpty()) {
            takeAll();
        }
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
                    announcements,
                    leases,
                    engine.shared(),
                    engine.keys()::forgotten);
            handle.fill(follower);
            forgetter.watch(follower);
            views.add(follower);
        }
        mounting.processes.forEach(process -> processes.add(follower(process, types)));
        mounting.tasks.put(
                ProcessFollower.TELL, new TaskWorkers.Kind(TaskPolicy.DEFAULT.concurrency(16), this::deliver));
        mounting.tasks.putAll(forgetter.kinds(mounting.modules, mounting.forgetting, scheduler()));
        this.workers = new TaskWorkers(mounting.tasks, engine.journal(), writer, faults, settings);
        this.tasksChanged = workers::ring;
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("leat-housekeeping").daemon().factory());

        writer.write(new Write.ReclaimTasks(settings.owner(), startedAt));
        sharing.ifPresent(this::share);
        views.forEach(Follower::start);
        processes.forEach(Follower::start);
        workers.start();
        mounting.onStart.forEach(Runnable::run);
        if (sharing.isEmpty()) {
            every(
                    Duration.ofNanos(settings.times().partitionLease().toNanos() / 3),
                    "renewing leases",
                    () -> leases.acquire(leases.held(), writer));
        }
        housekeeping.execute(() -> quietly("wrapping keys anew", ring::rewrap));
        every(LOOKING_FOR_FORGOTTEN, "forgetting people", forgetter::look);
        every(VIEW_HEALING, "healing views", () -> views.forEach(ViewFollower::heal));
        every(
                COMMAND_EXPIRY,
                "forgetting old commands",
                () -> writer.write(new Write.ExpireCommands(
                        settings.clock().instant().minus(settings.times().commandMemory()))));
    }

    private void takeAll() {
        Set<PartitionId> all = partitions(new TreeSet<>(mounting.modules));
        leases.acquire(all, writer);
        for (PartitionId partition : all) {
            if (!leases.ours(partition)) {
                throw new JoinException("Another node holds " + partition + "; stop it, or wait until its lease ends.");
            }
        }
    }

    /** A process understands the events of hosted modules only. */
    private void refuseHalf(Process<?> process) {
        if (!mounting.modules.containsAll(process.modules())) {
            throw new JoinException("The process " + process.name() + " follows the modules "
                    + String.join(", ", new TreeSet<>(process.modules())) + "; let this node host all of them.");
        }
    }

    /** What this node says of itself to the others, beside what it can own. */
    private Set<String> standing() {
        return engine.alone() ? Set.of(Member.ALONE) : Set.of();
    }

    /** What a node has in addition when it shares its journal with others. */
    private static final class Sharing {
        final Doorbell doorbell;
        final RemoteAsks asks;
        final Map<PartitionId, List<AutoCloseable>> answering = new HashMap<>();

        @Nullable
        Ownership ownership;

        Sharing(Bus bus, NodeSettings settings) {
            this.doorbell = new Doorbell(bus, settings.owner());
            this.asks = new RemoteAsks(bus);
        }
    }

    /** Joins in: from here on others may ask this node, and it owns a share. */
    private void share(Sharing shared) {
        SortedMap<String, Integer> roles = new TreeMap<>();
        mounting.modules.forEach(module -> roles.put(module, PartitionId.COUNT));
        mounting.views.forEach(handle -> roles.put(ViewFollower.role(handle.view), 1));
        mounting.processes.forEach(process -> roles.put(ProcessFollower.role(process), 1));
        Set<String> says = new TreeSet<>(roles.keySet());
        says.addAll(standing());
        Ownership ownership = new Ownership(
                engine.journal(),
                writer,
                leases,
                settings,
                roles,
                says,
                settings.address(),
                startedAt,
                shared.doorbell,
                faults,
                opening(shared));
        shared.ownership = ownership;
        leases.whenLost(ownership::ring);
        mounting.askElsewhere(shared.asks);
        shared.asks.serve(mounting.answers);
        shared.doorbell.whenAppended(tails);
        shared.doorbell.whenTasks(workers::ring);
        shared.doorbell.whenOwners(ownership::ring, forwarding::owned);
        shared.doorbell.whenErrand(this::runErrand);
        ownership.start();
        every(
                LOOKING_FOR_EVENTS,
                "looking for other nodes' events",
                () -> tails.heard(engine.journal().heads()));
        every(RETIRING_VIEWS, "dropping views of other releases", () -> {
            Instant now = settings.clock().instant();
            Set<String> alive = new TreeSet<>();
            ownership.members().stream()
                    .filter(member -> member.lives(now))
                    .forEach(member -> alive.addAll(member.roles()));
            views.forEach(view -> view.retire(alive));
        });
    }

    /** Whoever owns a partition answers the commands for it. */
    private Ownership.Opening opening(Sharing shared) {
        Map<String, Long> news = new TreeMap<>();
        return new Ownership.Opening() {
            @Override
            public void open(PartitionId partition, long epoch) {
                List<AutoCloseable> answering = new ArrayList<>();
                for (Mounting.EntityHandle<?, ?, ?> handle : mounting.entities) {
                    if (handle.module.equals(partition.module())) {
                        String topic = Forwarding.topic(handle.type.name(), partition.number());
                        Bus.Responder responder = request -> handle.host().answer(request.payload());
                        answering.add(engine.bus().serve(topic, responder));
                        answering.add(engine.bus().serve(Forwarding.at(topic, epoch), responder));
                        news.put(topic, epoch);
                    }
                }
                shared.answering.put(partition, answering);
            }

            @Override
            public void settled() {
                shared.doorbell.owners(news);
                news.clear();
                tails.heard(engine.journal().heads());
                tails.ring();
            }

            @Override
            public void shut(PartitionId partition) {
                List<AutoCloseable> answering = shared.answering.remove(partition);
                if (answering != null) {
                    answering.forEach(Quietly::close);
                }
                forget(partition);
            }
        };
    }

    /** Entities in memory may be older than the journal, once somebody else could write to them. */
    private void forget(PartitionId partition) {
        for (Mounting.EntityHandle<?, ?, ?> handle : mounting.entities) {
            if (handle.module.equals(partition.module())) {
                handle.host().dropAll(partition);
            }
        }
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
        EntityHost<C, E, S> host = new EntityHost<>(
                handle.module, handle.type, engine.journal(), writer, leases, forwarding, settings, sealing);
        handle.fill(host);
        forgetter.watch(host);
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
                leases,
                engine.shared());
    }

    private void every(Duration period, String what, Runnable action) {
        long nanos = period.toNanos();
        var _ = housekeeping.scheduleWithFixedDelay(() -> quietly(what, action), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void quietly(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            if (!draining) {
                faults.report(what, fault, "");
            }
        }
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
        Envelope first = task.envelope(0);
        Envelope envelope = new Envelope(first.commandId(), first.correlationId(), first.by(), first.at());
        try {
            if (handle != null) {
                handle.tellStored(told, envelope);
            } else if (sharing.isPresent()) {
                forwarding.tell(told.parcel(envelope), () -> null);
            } else {
                throw new IllegalStateException("no hosted module has entities of type " + told.type());
            }
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
                        settings.bounds().queue(),
                        writer.groups.counts(),
                        writer.commitTimes.counts(),
                        writer.appendTimes.counts()),
                mounting.entities.stream().map(NodeStatus.EntityStatus::of).toList(),
                views.stream().map(NodeStatus.FollowerStatus::of).toList(),
                processes.stream()
                        .map(process -> NodeStatus.FollowerStatus.of(process, engine.journal()))
                        .toList(),
                engine.journal().taskCounts(),
                workers.running(),
                mounting.asked.counts(),
                sharing.map(this::status));
    }

    private NodeStatus.Sharing status(Sharing shared) {
        Ownership ownership = shared.ownership;
        return new NodeStatus.Sharing(
                settings.owner(),
                ownership == null ? List.of() : ownership.members(),
                leases.held().stream().filter(leases::ours).sorted().toList(),
                leases.changes.sum(),
                forwarding.counts(),
                forwarding.times(),
                shared.asks.counts(),
                ownership != null && ownership.superseded());
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
        Optional<ViewFollower> follower = view(view);
        follower.ifPresent(one -> {
            if (one.following()) {
                one.resume(stream, skip);
            } else {
                send(new Errand(Errand.What.RESUME_VIEW, view, stream, "", skip));
            }
        });
        return follower.isPresent();
    }

    private Optional<ViewFollower> view(String name) {
        return views.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Something a person asked of this node that another has to do, because it is the one that follows. */
    private record Errand(What what, String follower, String key, String partition, boolean skip) {
        enum What {
            RESUME_VIEW,
            RESUME_PROCESS,
            REBUILD_VIEW
        }
    }

    private void send(Errand errand) {
        sharing.ifPresent(shared -> shared.doorbell.errand(Json.bytes(errand)));
    }

    private void runErrand(byte[] json) {
        Errand errand = Json.read(json, Errand.class);
        switch (errand.what) {
            case RESUME_VIEW ->
                view(errand.follower)
                        .filter(ViewFollower::following)
                        .ifPresent(view -> view.resume(errand.key, errand.skip));
            case REBUILD_VIEW ->
                view(errand.follower).filter(ViewFollower::following).ifPresent(this::rebuild);
            case RESUME_PROCESS -> {
                if (process(errand.follower).filter(ProcessFollower::following).isPresent()) {
                    resumeProcess(errand.follower, PartitionId.parse(errand.partition), errand.key, errand.skip);
                }
            }
        }
    }

    /** Lets a process's parked key react again, or skips the event at which it stopped. */
    public boolean resumeProcess(String process, PartitionId partition, String key, boolean skip) {
        Optional<ProcessFollower<?>> follower = process(process);
        follower.ifPresent(one -> {
            if (one.following()) {
                one.resume(partition, key, skip);
            } else {
                send(new Errand(Errand.What.RESUME_PROCESS, process, key, partition.toString(), skip));
            }
        });
        return follower.isPresent();
    }

    private Optional<ProcessFollower<?>> process(String name) {
        return processes.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Builds a view anew beside the live one, in the background; false when there is no such view. */
    public boolean rebuildView(String view) {
        Optional<ViewFollower> follower = view(view);
        follower.ifPresent(one -> {
            if (one.following()) {
                rebuild(one);
            } else {
                send(new Errand(Errand.What.REBUILD_VIEW, view, "", "", false));
            }
        });
        return follower.isPresent();
    }

    private void rebuild(ViewFollower view) {
        if (view.rebuilding().isEmpty()) {
            Thread.ofPlatform().name("leat-rebuild-" + view.name()).daemon().start(() -> {
                try {
                    view.rebuild();
                } catch (RuntimeException fault) {
                    faults.report("rebuilding " + view.name(), fault, "");
                }
            });
        }
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
        sharing.ifPresent(shared -> shared.asks.stop());
        processes.forEach(Follower::close);
        views.forEach(Follower::close);
        sharing.ifPresentOrElse(this::leave, this::releaseAll);
        writer.close();
    }

    private void releaseAll() {
        try {
            leases.release(leases.held(), writer);
        } catch (RuntimeException fault) {
            // They run out by themselves; a store that fails must not keep the process from ending.
            faults.report("giving the leases back", fault, "");
        }
    }

    private void leave(Sharing shared) {
        Ownership ownership = shared.ownership;
        if (ownership != null) {
            ownership.close();
        }
        shared.asks.close();
        shared.doorbell.close();
    }

    @Override
    public void close() {
        drain(Duration.ofSeconds(10));
    }
}
