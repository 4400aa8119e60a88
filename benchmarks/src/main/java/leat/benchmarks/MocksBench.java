package leat.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Mock answers with two values from the path and one of the route's own, requests spread over all routes, beside WireMock and a bare Vert.x handler.
 *
 * <p>What is compared is requests a second of the <em>server's own</em> CPU time: client and server share two cores, so
 * plain throughput would measure the client as well. All peers live at the same time, are warmed one after the other, and
 * then take turns; each ratio is the median of those of the rounds, so that what else the machine does falls on both sides.
 */
final class MocksBench {
    private static final int CONNECTIONS = 32;
    private static final double WARM_UP = 10;
    private static final double MEASURED = 2;
    private static final int ROUNDS = 7;
    private static final int SPREAD = 20_000;
    private static final List<Integer> ROUTES = List.of(1, 100, 1_000, 10_000);

    private MocksBench() {}

    private interface Cpu {
        double seconds() throws IOException;
    }

    /** A server under load, and what it answered in each round. */
    private static final class Peer {
        private final String name;
        private final int port;
        private final Cpu cpu;
        private final Load load;
        private final Runnable stop;
        private final double[] rates = new double[ROUNDS];

        Peer(String name, Runnable stop, int port, Cpu cpu, byte[][] requests) {
            this.name = name;
            this.stop = stop;
            this.port = port;
            this.cpu = cpu;
            this.load = new Load(requests, CONNECTIONS);
        }

        /** Requests a second of its own CPU time. */
        double run(double seconds) throws IOException {
            double before = cpu.seconds();
            Load.Result result = load.run(port, seconds);
            if (result.failed() > 0) {
                throw new IOException(result.failed() + " of " + result.answered() + " answers of " + name
                        + " were not 200, such as:\n" + result.firstFailure());
            }
            return result.answered() / (cpu.seconds() - before);
        }

        double rate() {
            return median(rates.clone());
        }

        double timesOf(Peer other) {
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, round -> rates[round] / other.rates[round]);
            return median(ratios);
        }

        private static double median(double[] figures) {
            Arrays.sort(figures);
            return figures[figures.length / 2];
        }
    }

    static void run(Report report) throws Exception {
        var all = new ArrayList<Peer>();
        var leat = new ArrayList<Peer>();
        var wireMock = new ArrayList<Peer>();
        try (Scratch scratch = Scratch.make()) {
            try {
                Peer bare = bare();
                all.add(bare);
                for (int routes : ROUTES) {
                    leat.add(leat(scratch, routes));
                    all.add(leat.getLast());
                    wireMock.add(wireMock(routes));
                    all.add(wireMock.getLast());
                }
                takeTurns(all);
                report.row("bare Vert.x handler", Report.perSecond(bare.rate()) + " of server CPU", "");
                for (int i = 0; i < ROUTES.size(); i++) {
                    row(report, ROUTES.get(i), leat.get(i), bare, wireMock.get(i), leat.getFirst());
                }
            } finally {
                all.forEach(peer -> peer.stop.run());
            }
        }
    }

    private static void takeTurns(List<Peer> peers) throws IOException {
        for (Peer peer : peers) {
            peer.run(WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer peer : peers) {
                peer.rates[round] = peer.run(MEASURED);
            }
        }
    }

    private static void row(Report report, int routes, Peer leat, Peer bare, Peer wireMock, Peer one) {
        report.row(
                "Leat, " + String.format(Locale.ROOT, "%,d", routes) + " routes",
                Report.perSecond(leat.rate()) + " of server CPU: " + Report.ratio(leat.timesOf(bare)) + " bare, "
                        + Report.ratio(leat.timesOf(wireMock)) + " WireMock (" + Report.perSecond(wireMock.rate())
                        + "), " + Report.ratio(leat.timesOf(one)) + " of Leat at one route",
                switch (routes) {
                    case 1 -> "≥ 0.85 bare, ≥ 4 WireMock";
                    case 10_000 -> "≥ 100 WireMock, ≥ 0.9 of one route";
                    default -> "";
                });
    }

    private static Peer bare() throws IOException {
        Child child = Child.start(List.of("-Xmx512m", "-XX:+UseSerialGC"), "leat.benchmarks.BarePeer");
        return new Peer("the bare handler", child::close, port(child), child::cpuSeconds, requests("localhost", 1));
    }

    private static Peer wireMock(int routes) throws IOException {
        Child child = Child.start(
                List.of("-Xmx1g", "-XX:+UseSerialGC"), "leat.benchmarks.WireMockPeer", Integer.toString(routes));
        return new Peer(
                "WireMock with " + routes, child::close, port(child), child::cpuSeconds, requests("localhost", routes));
    }

    private static int port(Child child) throws IOException {
        return Integer.parseInt(child.await("ready (\\d+)").group(1));
    }

    private static Peer leat(Scratch scratch, int routes) throws IOException, InterruptedException {
        LeatPeer leat = LeatPeer.start(scratch.folder().resolve("data-" + routes));
        try {
            leat.publish("load", yaml(routes));
        } catch (IOException | InterruptedException e) {
            leat.close();
            throw e;
        }
        return new Peer(
                "Leat with " + routes,
                leat::close,
                leat.port,
                leat::cpuSeconds,
                requests("load-bench.localhost", routes));
    }

    private static byte[][] requests(String host, int routes) {
        byte[][] requests = new byte[Math.max(1_000, Math.min(routes * 2, SPREAD))][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = ("GET /r" + i % routes + "/users/u" + i + "/items/" + (i * 7919L % 100_000)
                            + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return requests;
    }

    /** Routes of the shape that is asked for, each with a body of its own. */
    static String yaml(int routes) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < routes; i++) {
            yaml.append("- endpoint:\n    path: /r")
                    .append(i)
                    .append(
                            "/users/:id/items/:item\n    response:\n      body: '{\"id\": \"{{path-params.id}}\", \"item\": \"{{path-params.item}}\", \"of\": \"r")
                    .append(i)
                    .append("\"}'\n");
        }
        return yaml.toString();
    }
}
