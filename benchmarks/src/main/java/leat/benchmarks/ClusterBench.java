package leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import leat.engine.distributed.DistributedEngine;
import leat.engine.distributed.NatsBus;
import leat.engine.distributed.NatsSettings;
import leat.engine.distributed.PostgresSettings;
import leat.kernel.Ask;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Module;
import leat.kernel.port.PartitionId;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Cable;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.Till;
import leat.kernel.test.Till.TillModule;
import leat.platform.cluster.NatsServer;
import leat.platform.cluster.Ports;
import leat.platform.cluster.PostgresServer;

/**
 * Durable commands on PostgreSQL with one, two and three nodes, beside Pekko Persistence on the same server; questions to
 * another node; and how long it takes until a dead node's entities, or a new node's share, have their new owner.
 *
 * <p>All nodes, PostgreSQL and NATS are on this machine and share its cores: more nodes can show here what forwarding costs,
 * and not what more machines bring.
 */
final class ClusterBench {
    private static final int ENTITIES = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int TIMES = 5;
    private static final Ids IDS = new Ids(Clock.systemUTC(), 1_000);

    private ClusterBench() {}

    static void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                PostgresServer postgres = PostgresServer.start(scratch.folder().resolve("postgres"), Ports.free());
                NatsServer nats = NatsServer.start(scratch.folder().resolve("nats.log"), Ports.free())) {
            Place place = new Place(postgres, nats);
            double pekko = pekko(place, report);
            commands(place, 1, Beside.NOTHING, pekko, report);
            commands(place, 1, Beside.VIEW_AND_PROCESS, pekko, report);
            commands(place, 2, Beside.NOTHING, pekko, report);
            commands(place, 3, Beside.NOTHING, pekko, report);
            asks(place, report);
            takeover(place, report);
            rebalancing(place, report);
        }
    }

    /** Where everything is. */
    private record Place(PostgresServer postgres, NatsServer nats) {
        Shared database(String name) throws IOException {
            String url = postgres.database(name);
            String password = Files.readString(postgres.passwordFile()).strip();
            return new Shared(url, password, nats.url());
        }
    }

    private record Shared(String url, String password, String nats) {
        private Cable connect() {
            java.net.URI uri = java.net.URI.create(url);
            NatsBus bus = new NatsBus(NatsSettings.at(nats));
            MemoryEngine beside = new MemoryEngine();
            return new Cable(DistributedEngine.open(
                    PostgresSettings.of(
                            uri.getHost(), uri.getPort(), uri.getPath().substring(1), "leat", password),
                    new DistributedEngine.Carried(bus, beside.blobs(), beside.logs(), () -> {
                        bus.close();
                        beside.close();
                    })));
        }
    }

    /** What reads the events while they are written. */
    private enum Beside {
        NOTHING,
        VIEW_AND_PROCESS
    }

    /** Tills alone, as the peer has them. */
    private static final class TillsAlone implements Module {
        @SuppressWarnings("NullAway.Init") // set when the module is mounted
        private Entities<Till.Command, Till.Event, Till> tills;

        @Override
        public String name() {
            return "tills";
        }

        @Override
        public void define(Definition m) {
            tills = m.entity(Till.TYPE);
        }
    }

    /** One node with its own way to the store. */
    private static final class Member implements AutoCloseable {
        final Cable cable;
        final Node node;
        final Entities<Till.Command, Till.Event, Till> tills;

        Member(Shared shared, String name, Module... more) {
            this(shared, name, Beside.VIEW_AND_PROCESS, more);
        }

        Member(Shared shared, String name, Beside beside, Module... more) {
            cable = shared.connect();
            TillsAlone alone = new TillsAlone();
            TillModule whole = new TillModule();
            List<Module> modules = new ArrayList<>(List.of(beside == Beside.NOTHING ? alone : whole));
            modules.addAll(Arrays.asList(more));
            node = Node.start(NodeSettings.defaults().named(name, ""), cable, modules);
            tills = beside == Beside.NOTHING ? alone.tills : whole.tills();
        }

        int owned() {
            return (int) node.status().sharing().orElseThrow().owned().stream()
                    .filter(partition -> partition.module().equals("tills"))
                    .count();
        }

        void pay(String till) {
            tills.tell(till, new Till.Command.PayIn(1), envelope());
        }

        @Override
        public void close() {
            node.close();
            cable.close();
        }
    }

    private static Envelope envelope() {
        return new Envelope(IDS.nextCommand(), "bench", "bench", Instant.now());
    }

    private static double pekko(Place place, Report report) throws Exception {
        String classes = System.getProperty("leat.pekko.classpath", "");
        if (classes.isEmpty()) {
            throw new IllegalStateException("start this with ./leat bench, which knows where Pekko is");
        }
        Shared database = place.database("pekko");
        Path password = place.postgres().passwordFile();
        try (Child child = Child.start(
                List.of("-Xmx1g", "-cp", classes),
                "leat.benchmarks.pekko.PekkoPeer",
                "jdbc:" + database.url(),
                "leat",
                password.toString(),
                "" + ENTITIES,
                "" + WARM_UP.toSeconds(),
                "" + MEASURED.toSeconds())) {
            Matcher said = child.await("rate (\\S+) p50 (\\S+) p99 (\\S+)");
            double rate = Double.parseDouble(said.group(1));
            report.row(
                    "Pekko Persistence 1.1 with JDBC, " + ENTITIES + " entities, nothing reads",
                    Report.perSecond(rate) + ", p50 / p99 " + said.group(2) + " / " + said.group(3) + " ms",
                    "");
            return rate;
        }
    }

    private static void commands(Place place, int count, Beside beside, double pekko, Report report) throws Exception {
        Shared shared = place.database("nodes" + count + (beside == Beside.NOTHING ? "" : "_beside"));
        List<Member> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(new Member(shared, "node-" + i, beside));
            }
            settled(nodes);
            for (int n = 0; n < ENTITIES; n++) {
                nodes.getFirst().tills.tell("till-" + n, new Till.Command.Start("till-" + n), envelope());
            }
            long[] nanos = load(nodes);
            long commits = 0;
            long writes = 0;
            for (Member one : nodes) {
                commits += one.node.status().writing().commits();
                writes += one.node.status().writing().writes();
            }
            double rate = nanos.length / (MEASURED.toNanos() / 1e9);
            report.row(
                    "Leat on PostgreSQL, " + count + (count == 1 ? " node" : " nodes")
                            + (beside == Beside.NOTHING
                                    ? ", nothing reads"
                                    : ", a view is folded and a process reacts"),
                    Report.perSecond(rate) + ", " + Report.ratio(rate / pekko) + " Pekko, p50 / p99 "
                            + Report.millis(Report.percentile(nanos, 0.5)) + " / "
                            + Report.millis(Report.percentile(nanos, 0.99))
                            + String.format(java.util.Locale.ROOT, ", %.0f writes a commit", writes / (double) commits),
                    count == 1 && beside == Beside.NOTHING ? "≥ 30,000/s, ≥ 1.5 × Pekko" : "");
        } finally {
            nodes.forEach(Member::close);
        }
    }

    private static long[] load(List<Member> nodes) throws Exception {
        long from = System.nanoTime() + WARM_UP.toNanos();
        long end = from + MEASURED.toNanos();
        List<Callable<long[]>> clients = new ArrayList<>();
        for (int n = 0; n < ENTITIES; n++) {
            String till = "till-" + n;
            Member through = nodes.get(n % nodes.size());
            clients.add(() -> client(() -> through.pay(till), from, end));
        }
        return all(clients);
    }

    private static long[] all(List<Callable<long[]>> clients) throws Exception {
        List<long[]> samples = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<long[]> client : pool.invokeAll(clients)) {
                samples.add(client.get());
            }
        }
        return Report.sorted(samples);
    }

    private static long[] client(Runnable work, long from, long end) {
        long[] nanos = new long[1 << 17];
        int count = 0;
        while (true) {
            long begun = System.nanoTime();
            if (begun > end) {
                return Arrays.copyOf(nanos, count);
            }
            work.run();
            if (begun > from && count < nanos.length) {
                nanos[count++] = System.nanoTime() - begun;
            }
        }
    }

    record Twice(long number) implements Ask<Long> {}

    /** Answers for everybody. */
    private static final class Doubler implements Module {
        @Override
        public String name() {
            return "doubler";
        }

        @Override
        public void define(Definition m) {
            m.serves(Twice.class, ask -> ask.number() * 2);
        }
    }

    private static void asks(Place place, Report report) throws Exception {
        Shared shared = place.database("asks");
        try (Member _ = new Member(shared, "answering", new Doubler());
                Member asking = new Member(shared, "asking")) {
            long from = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            long end = from + Duration.ofSeconds(5).toNanos();
            List<Callable<long[]>> clients = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                clients.add(() -> client(() -> asking.node.asks().ask(new Twice(21)), from, end));
            }
            long[] nanos = all(clients);
            report.row(
                    "questions to another node over NATS, 32 at once",
                    Report.perSecond(nanos.length / 5.0) + ", p50 / p99 "
                            + Report.millis(Report.percentile(nanos, 0.5)) + " / "
                            + Report.millis(Report.percentile(nanos, 0.99)),
                    "");
        }
    }

    /** From a node's death until a command for one of its entities is answered by another, with the usual lease. */
    private static void takeover(Place place, Report report) throws Exception {
        long[] nanos = new long[TIMES];
        for (int round = 0; round < TIMES; round++) {
            Shared shared = place.database("takeover" + round);
            try (Member staying = new Member(shared, "staying")) {
                Member dying = new Member(shared, "dying");
                settled(List.of(staying, dying));
                PartitionId lost = dying.node.status().sharing().orElseThrow().owned().stream()
                        .filter(partition -> partition.module().equals("tills"))
                        .findFirst()
                        .orElseThrow();
                String till = tillIn(lost);
                staying.tills.tell(till, new Till.Command.Start(till), envelope());
                long begun = System.nanoTime();
                dying.cable.cut();
                staying.pay(till);
                nanos[round] = System.nanoTime() - begun;
                dying.node.drain(Duration.ZERO);
                dying.cable.close();
            }
        }
        Arrays.sort(nanos);
        report.row(
                "takeover of a dead node's entity, median of " + TIMES + " (longest)",
                Report.millis(nanos[TIMES / 2] / 1e6) + " (" + Report.millis(nanos[TIMES - 1] / 1e6) + ")",
                "a lease is 5 s");
    }

    private static String tillIn(PartitionId partition) {
        while (true) {
            String id = IDS.next();
            if (PartitionId.of("tills", new leat.kernel.port.StreamId("till", id))
                    .equals(partition)) {
                return id;
            }
        }
    }

    /** From a node's start, and from its leaving, until every partition has its new owner. */
    private static void rebalancing(Place place, Report report) throws Exception {
        long[] joining = new long[TIMES];
        long[] leaving = new long[TIMES];
        Shared shared = place.database("rebalancing");
        try (Member a = new Member(shared, "a");
                Member b = new Member(shared, "b")) {
            for (int round = 0; round < TIMES; round++) {
                settled(List.of(a, b));
                long begun = System.nanoTime();
                Member c = new Member(shared, "c");
                settled(List.of(a, b, c));
                joining[round] = System.nanoTime() - begun;
                begun = System.nanoTime();
                c.close();
                settled(List.of(a, b));
                leaving[round] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(joining);
        Arrays.sort(leaving);
        report.row(
                "rebalancing 16 partitions when a third node starts, its start included / leaves, median of " + TIMES,
                Report.millis(joining[TIMES / 2] / 1e6) + " / " + Report.millis(leaving[TIMES / 2] / 1e6),
                "");
    }

    private static void settled(List<Member> nodes) {
        await(() -> nodes.stream().mapToInt(Member::owned).sum() == PartitionId.COUNT
                && nodes.stream().allMatch(one -> Math.abs(one.owned() - PartitionId.COUNT / nodes.size()) <= 1));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
