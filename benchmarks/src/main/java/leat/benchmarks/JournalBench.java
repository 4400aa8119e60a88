package leat.benchmarks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.Answer;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.port.Engine;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Till;

/**
 * Durable commands, view lag, replay and rebuild on the embedded engine.
 *
 * <p>The floor beside the durable commands is the engine itself: one thread that commits groups of 64 prepared appends,
 * with no entities, no threads and no decisions above it, on the same disk in the same run.
 */
final class JournalBench {
    private static final int ENTITIES = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private JournalBench() {}

    static void run(Report report) throws Exception {
        double floor = floor();
        report.row("floor: the engine alone, groups of " + ENTITIES, Report.perSecond(floor), "");
        try (Scratch scratch = Scratch.make()) {
            commands(scratch.folder(), report, floor);
            lag(scratch.folder(), report);
            replay(scratch.folder(), report);
            rebuild(scratch.folder(), report);
        }
    }

    private static Engine open(Path folder) {
        return EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT);
    }

    private static double floor() throws Exception {
        try (Scratch scratch = Scratch.make();
                Engine engine = open(scratch.folder())) {
            Ids ids = new Ids(Clock.systemUTC(), 0);
            PartitionId partition = new PartitionId("bench", 0);
            Lease lease = lease(engine, partition);
            byte[] payload = "{\"amount\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            long done = 0;
            long version = 0;
            long begun = 0;
            long end = System.nanoTime() + WARM_UP.plus(MEASURED).toNanos();
            while (System.nanoTime() < end) {
                if (begun == 0 && System.nanoTime() > end - MEASURED.toNanos()) {
                    begun = System.nanoTime();
                    done = 0;
                }
                List<Write> group = new ArrayList<>(ENTITIES);
                for (int i = 0; i < ENTITIES; i++) {
                    group.add(new Write.Append(
                            partition,
                            lease.epoch(),
                            new StreamId("bench", "e" + i),
                            version,
                            ids.nextCommand(),
                            "bench",
                            "bench",
                            Instant.now(),
                            List.of(new Write.NewEvent("bench.event", 1, payload)),
                            List.of(),
                            List.of()));
                }
                engine.journal().commit(group);
                version++;
                done += ENTITIES;
            }
            return done * 1e9 / (System.nanoTime() - begun);
        }
    }

    private static Lease lease(Engine engine, PartitionId partition) {
        Outcome outcome = engine.journal()
                .commit(List.of(new Write.AcquireLease(partition, "bench", Instant.now(), Duration.ofHours(1))))
                .getFirst();
        return ((Outcome.Leased) outcome).lease();
    }

    private static void commands(Path folder, Report report, double floor) throws Exception {
        Till.TillModule module = new Till.TillModule();
        try (Engine engine = open(folder);
                Node node = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            Ids ids = new Ids(Clock.systemUTC(), 0);
            start(module, ids);
            long end = System.nanoTime() + WARM_UP.plus(MEASURED).toNanos();
            List<Callable<long[]>> clients = new ArrayList<>();
            for (int n = 0; n < ENTITIES; n++) {
                String id = "till-" + n;
                clients.add(() -> client(module, ids, id, end));
            }
            List<long[]> samples = new ArrayList<>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<long[]> client : pool.invokeAll(clients)) {
                    samples.add(client.get());
                }
            }
            long[] all = Report.sorted(samples);
            double rate = all.length / (MEASURED.toNanos() / 1e9);
            var writing = node.status().writing();
            report.row(
                    "durable commands, " + ENTITIES + " entities, answer after fsync",
                    Report.perSecond(rate) + ", " + Report.ratio(rate / floor) + " the floor",
                    "≥ 25,000/s");
            report.row(
                    "p50 / p99 of these",
                    Report.millis(Report.percentile(all, 0.5)) + " / " + Report.millis(Report.percentile(all, 0.99)),
                    "p99 ≤ 12 ms");
            report.row(
                    "mean group, mean commit",
                    String.format("%.1f writes, ", writing.writes() / (double) writing.commits())
                            + Report.millis(writing.committing().toNanos() / 1e6 / writing.commits()),
                    "");
            node.catchUp(Duration.ofMinutes(2));
        }
    }

    private static void start(Till.TillModule module, Ids ids) {
        for (int n = 0; n < ENTITIES; n++) {
            module.tills().tell("till-" + n, new Till.Command.Start("till-" + n), envelope(ids));
        }
    }

    private static Envelope envelope(Ids ids) {
        return new Envelope(ids.nextCommand(), "bench", "bench", Instant.now());
    }

    private static long[] client(Till.TillModule module, Ids ids, String id, long end) {
        long measuredFrom = end - MEASURED.toNanos();
        long[] nanos = new long[1 << 16];
        int count = 0;
        while (true) {
            long begun = System.nanoTime();
            if (begun > end) {
                return java.util.Arrays.copyOf(nanos, count);
            }
            module.tills().tell(id, new Till.Command.PayIn(1), envelope(ids));
            if (begun > measuredFrom && count < nanos.length) {
                nanos[count++] = System.nanoTime() - begun;
            }
        }
    }

    /** At a tenth of full load: how long after its answer a command is shown by the view. */
    private static void lag(Path folder, Report report) {
        Till.TillModule module = new Till.TillModule();
        try (Engine engine = open(folder);
                Node node = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            node.catchUp(Duration.ofMinutes(2));
            Ids ids = new Ids(Clock.systemUTC(), 0);
            long[] nanos = new long[4_000];
            for (int i = -1_000; i < nanos.length; i++) {
                Answer<Till> answer = module.tills()
                        .tell("till-" + Math.floorMod(i, ENTITIES), new Till.Command.PayIn(1), envelope(ids));
                long answered = System.nanoTime();
                module.balances().await(answer.position(), Duration.ofSeconds(5));
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - answered;
                }
            }
            java.util.Arrays.sort(nanos);
            report.row(
                    "view lag after the answer, p50 / p99",
                    Report.millis(Report.percentile(nanos, 0.5)) + " / "
                            + Report.millis(Report.percentile(nanos, 0.99)),
                    "≤ 3 / ≤ 25 ms");
        }
    }

    /** Reads every event back, decodes it and folds its entity. */
    private static void replay(Path folder, Report report) {
        try (Engine engine = open(folder)) {
            long begun = System.nanoTime();
            long events = 0;
            for (int n = 0; n < ENTITIES; n++) {
                Till state = Till.DECIDER.initial();
                long version = 0;
                while (true) {
                    List<StoredEvent> batch =
                            engine.journal().stream(new StreamId("till", "till-" + n), version, 5_000);
                    for (StoredEvent stored : batch) {
                        state = Till.evolve(
                                state, Till.TYPE.events().decode(stored.type(), stored.schema(), stored.payload()));
                        version = stored.version();
                    }
                    events += batch.size();
                    if (batch.isEmpty()) {
                        break;
                    }
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            report.row(
                    "replay of " + String.format("%,d", events) + " events into entities",
                    Report.perSecond(events / seconds),
                    "≥ 200,000/s");
        }
    }

    private static void rebuild(Path folder, Report report) {
        Till.TillModule module = new Till.TillModule();
        try (Engine engine = open(folder);
                Node node = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            node.catchUp(Duration.ofMinutes(2));
            long events = engine.journal().heads().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            for (int round = 1; round <= 2; round++) {
                long begun = System.nanoTime();
                node.rebuildView("tills.balances");
                // It begins on a thread of its own, and may have begun late.
                await(() -> node.status().views().getFirst().rebuilt().isPresent());
                await(() -> node.status().views().getFirst().rebuilt().isEmpty());
                double seconds = (System.nanoTime() - begun) / 1e9;
                report.row(
                        "rebuild of a view from " + String.format("%,d", events) + " events, round " + round,
                        Report.perSecond(events / seconds),
                        "≥ 500,000/s");
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
