package leat.platform;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeStatus;

/**
 * How this process does: a picture of the moment, and rates from samples taken every {@link #TICK}.
 *
 * <p>The whole picture costs queries, so it is taken when somebody looks and not otherwise; whoever watches is given a new
 * one at each tick.
 */
final class Operations {
    static final Duration TICK = Duration.ofSeconds(2);

    /** Samples kept: the last two minutes. */
    private static final int SAMPLES = 60;

    /** Parked tasks and faults that are shown. */
    private static final int SHOWN = 50;

    private static final Duration DISK_FRESHNESS = Duration.ofSeconds(30);

    private final Node node;
    private final Engine engine;
    private final Path data;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final List<Consumer<Picture>> watchers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leat-operations").daemon().factory());
    private Disk disk = new Disk(0, 0);
    private Instant diskAt = Instant.EPOCH;

    private record Sample(long nanos, Map<String, Long> positions) {}

    /** @param parkedKeys shown here; {@code parkedTasks} at most 50, the oldest first */
    record Picture(
            String version,
            String engine,
            List<PartLine> parts,
            List<NodeLine> nodes,
            Instant startedAt,
            Instant at,
            boolean draining,
            long memoryBytes,
            long memoryLimitBytes,
            Disk disk,
            Writing writing,
            List<ModuleLine> modules,
            List<ViewLine> views,
            List<ProcessLine> processes,
            List<TaskLine> tasks,
            int tasksRunning,
            List<ParkedTask> parkedTasks,
            List<ParkedKey> parkedKeys,
            long faultCount,
            List<FaultLine> faults) {
        /** How many things stand still until a person looks. */
        int toLookAt() {
            return parkedTasks.size() + parkedKeys.size();
        }

        Duration uptime() {
            return Duration.between(startedAt, at);
        }
    }

    /** What the engine leans on outside this process; {@code sentence} says where it is, or what is wrong. */
    record PartLine(String name, boolean well, String sentence, Instant since) {}

    /**
     * One of the nodes that share the journal.
     *
     * @param living whether it said lately that it lives; a dead one is shown for a day
     * @param here whether it is this one
     * @param owns partitions, and views that it folds; known of this node alone
     */
    record NodeLine(
            String name, String address, List<String> modules, boolean living, boolean here, Instant since, int owns) {}

    /** @param freeBytes what the file system has left */
    record Disk(long usedBytes, long freeBytes) {}

    /** @param groupSize writes in a commit, on average since the start; {@code commitMillis} likewise */
    record Writing(
            long commits,
            long writes,
            long events,
            double groupSize,
            double commitMillis,
            long refused,
            int waiting,
            int capacity) {}

    /** @param rates events a second, oldest first, over the last two minutes */
    record ModuleLine(String name, long position, double eventsPerSecond, List<Double> rates) {}

    /** @param rebuilt share from 0 to 1, while being rebuilt */
    record ViewLine(String name, long lag, Optional<Instant> movedAt, int parked, Optional<Double> rebuilt) {}

    record ProcessLine(String name, long lag, int parked) {}

    record TaskLine(String kind, long waiting, long running, long parked) {}

    record ParkedTask(
            String id, String kind, String key, int attempts, String error, String correlationId, Instant createdAt) {}

    /** @param follower the view or process; {@code view} tells which of both */
    record ParkedKey(
            String follower, boolean view, String partition, String key, long position, String error, Instant at) {}

    record FaultLine(Instant at, String where, String message, String correlationId) {}

    Operations(Node node, Engine engine, Path data, Clock clock) {
        this.node = node;
        this.engine = engine;
        this.data = data;
        this.clock = clock;
    }

    void start() {
        long nanos = TICK.toNanos();
        var _ = ticker.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    void stop() {
        ticker.shutdownNow();
    }

    /** Gives a picture at each tick until the returned action is run. */
    Runnable watch(Consumer<Picture> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private void tick() {
        try {
            sample();
            if (!watchers.isEmpty()) {
                Picture picture = picture();
                watchers.forEach(watcher -> watcher.accept(picture));
            }
        } catch (RuntimeException fault) {
            node.faults().report("watching operations", fault, "");
        }
    }

    private void sample() {
        var positions = new TreeMap<String, Long>();
        engine.journal().heads().forEach((partition, head) -> positions.merge(partition.module(), head, Long::sum));
        synchronized (samples) {
            samples.addLast(new Sample(System.nanoTime(), positions));
            if (samples.size() > SAMPLES + 1) {
                samples.removeFirst();
            }
        }
    }

    Picture picture() {
        NodeStatus status = node.status();
        var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Picture(
                Release.VERSION,
                status.engine(),
                parts(),
                nodes(status),
                status.startedAt(),
                clock.instant(),
                status.draining(),
                memory.getUsed(),
                memory.getMax(),
                disk(),
                writing(status.writing()),
                modules(status),
                status.views().stream().map(Operations::view).toList(),
                status.processes().stream()
                        .map(process -> new ProcessLine(
                                process.name(), process.lag(), process.parked().size()))
                        .toList(),
                status.tasks().entrySet().stream()
                        .map(kind -> tasks(kind.getKey(), kind.getValue()))
                        .toList(),
                status.tasksRunning(),
                tasks(StoredTask.State.PARKED, SHOWN),
                parkedKeys(status),
                node.faults().count(),
                node.faults().recent().stream()
                        .limit(SHOWN)
                        .map(fault -> new FaultLine(fault.at(), fault.where(), fault.message(), fault.correlationId()))
                        .toList());
    }

    private List<PartLine> parts() {
        return engine.parts().stream()
                .map(part -> new PartLine(part.name(), part.well(), part.sentence(), part.since()))
                .toList();
    }

    private List<NodeLine> nodes(NodeStatus status) {
        return status.sharing()
                .map(sharing -> sharing.members().stream()
                        .map(member -> new NodeLine(
                                member.node(),
                                member.address(),
                                member.roles().stream()
                                        .filter(role -> !role.contains(":"))
                                        .toList(),
                                member.lives(clock.instant()),
                                member.node().equals(sharing.node()),
                                member.since(),
                                member.node().equals(sharing.node())
                                        ? sharing.owned().size()
                                        : 0))
                        .toList())
                .orElse(List.of());
    }

    List<ParkedTask> tasks(StoredTask.State state, int limit) {
        return node.tasks(state, limit).stream()
                .map(task -> new ParkedTask(
                        task.id().toString(),
                        task.kind(),
                        task.key(),
                        task.attempt(),
                        task.error().orElse(""),
                        task.correlationId(),
                        task.createdAt()))
                .toList();
    }

    private static Writing writing(NodeStatus.Writing writing) {
        long commits = Math.max(1, writing.commits());
        return new Writing(
                writing.commits(),
                writing.writes(),
                writing.events(),
                tenths((double) writing.writes() / commits),
                tenths(writing.committing().toNanos() / 1e6 / commits),
                writing.refused(),
                writing.waiting(),
                writing.capacity());
    }

    private List<ModuleLine> modules(NodeStatus status) {
        var positions = new TreeMap<String, Long>();
        status.modules().forEach(module -> positions.put(module, 0L));
        status.heads()
                .forEach((PartitionId partition, Long head) -> positions.merge(partition.module(), head, Long::sum));
        List<Sample> taken;
        synchronized (samples) {
            taken = List.copyOf(samples);
        }
        var lines = new ArrayList<ModuleLine>();
        positions.forEach((module, position) -> {
            List<Double> rates = rates(taken, module);
            lines.add(new ModuleLine(module, position, rates.isEmpty() ? 0 : rates.getLast(), rates));
        });
        return lines;
    }

    private static List<Double> rates(List<Sample> taken, String module) {
        var rates = new ArrayList<Double>();
        for (int i = 1; i < taken.size(); i++) {
            Sample before = taken.get(i - 1);
            Sample after = taken.get(i);
            long events = after.positions().getOrDefault(module, 0L)
                    - before.positions().getOrDefault(module, 0L);
            rates.add(tenths(events * 1e9 / (after.nanos() - before.nanos())));
        }
        return rates;
    }

    private static ViewLine view(NodeStatus.FollowerStatus view) {
        return new ViewLine(
                view.name(),
                view.lag(),
                view.movedAt(),
                view.parked().size(),
                view.rebuilt().map(rebuilt -> rebuilt.total() == 0 ? 1.0 : (double) rebuilt.done() / rebuilt.total()));
    }

    private static TaskLine tasks(String kind, Map<StoredTask.State, Long> states) {
        return new TaskLine(
                kind,
                states.getOrDefault(StoredTask.State.WAITING, 0L),
                states.getOrDefault(StoredTask.State.RUNNING, 0L),
                states.getOrDefault(StoredTask.State.PARKED, 0L));
    }

    private static List<ParkedKey> parkedKeys(NodeStatus status) {
        var keys = new ArrayList<ParkedKey>();
        status.views().forEach(view -> view.parked().forEach(key -> keys.add(parked(view.name(), true, key))));
        status.processes()
                .forEach(process -> process.parked().forEach(key -> keys.add(parked(process.name(), false, key))));
        return keys;
    }

    private static ParkedKey parked(String follower, boolean view, NodeStatus.ParkedKey key) {
        return new ParkedKey(
                follower, view, key.partition().toString(), key.key(), key.position(), key.error(), key.at());
    }

    /** Walking the data folder takes its time, so its size may be half a minute old. */
    private synchronized Disk disk() {
        Instant now = clock.instant();
        if (now.isAfter(diskAt.plus(DISK_FRESHNESS))) {
            try {
                disk = new Disk(sizeOf(data), Files.getFileStore(data).getUsableSpace());
                diskAt = now;
            } catch (IOException e) {
                disk = new Disk(0, 0);
            }
        }
        return disk;
    }

    private static long sizeOf(Path folder) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                // files come and go while we walk
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** Bytes as people read them: {@code 1.8 GB}. */
    static String bytes(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 99.95
                ? Math.round(value) + " " + units[unit]
                : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
