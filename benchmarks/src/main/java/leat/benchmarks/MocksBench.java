package leat.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Mock answers with two values from the path, requests spread over all routes, beside WireMock and a bare Vert.x handler.
 *
 * <p>What is compared is requests a second of the <em>server's own</em> CPU time: client and server share two cores, so
 * plain throughput would measure the client as well. Peers take turns, three rounds each, and the median counts.
 */
final class MocksBench {
    private static final int CONNECTIONS = 32;
    private static final double WARM_UP = 6;
    private static final double MEASURED = 6;
    private static final int ROUNDS = 3;
    private static final int SPREAD = 20_000;

    private MocksBench() {}

    private interface Cpu {
        double seconds() throws IOException;
    }

    static void run(Report report) throws Exception {
        double bare = bare();
        report.row("bare Vert.x handler", Report.perSecond(bare) + " of server CPU", "");
        double one = 0;
        for (int routes : new int[] {1, 100, 1_000, 10_000}) {
            double leat = leat(routes);
            double wireMock = wireMock(routes);
            one = routes == 1 ? leat : one;
            report.row(
                    "Leat, " + String.format(Locale.ROOT, "%,d", routes) + " routes",
                    Report.perSecond(leat) + " of server CPU: " + Report.ratio(leat / bare) + " bare, "
                            + Report.ratio(leat / wireMock) + " WireMock (" + Report.perSecond(wireMock) + "), "
                            + Report.ratio(leat / one) + " of Leat at one route",
                    routes == 1
                            ? "≥ 0.85 bare, ≥ 4 WireMock"
                            : routes == 10_000 ? "≥ 100 WireMock, ≥ 0.9 of one route" : "");
        }
        publishing(report);
    }

    private static double bare() throws Exception {
        try (Child child = Child.start(List.of("-Xmx512m", "-XX:+UseSerialGC"), "leat.benchmarks.BarePeer")) {
            int port = Integer.parseInt(child.await("ready (\\d+)").group(1));
            return measured(requests("localhost", 1), port, child::cpuSeconds);
        }
    }

    private static double wireMock(int routes) throws Exception {
        try (Child child = Child.start(List.of("-Xmx2g"), "leat.benchmarks.WireMockPeer", Integer.toString(routes))) {
            int port = Integer.parseInt(child.await("ready (\\d+)").group(1));
            return measured(requests("localhost", routes), port, child::cpuSeconds);
        }
    }

    private static double leat(int routes) throws Exception {
        try (Scratch scratch = Scratch.make();
                LeatPeer leat = LeatPeer.start(scratch.folder().resolve("data"))) {
            leat.publish("load", yaml(routes));
            return measured(requests("load-bench.localhost", routes), leat.port, leat::cpuSeconds);
        }
    }

    private static double measured(byte[][] requests, int port, Cpu cpu) throws IOException {
        Load load = new Load(requests, CONNECTIONS);
        load.run(port, WARM_UP);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double before = cpu.seconds();
            Load.Result result = load.run(port, MEASURED / ROUNDS);
            if (result.failed() > 0) {
                throw new IOException(result.failed() + " answers were not 200");
            }
            rates.add(result.answered() / (cpu.seconds() - before));
        }
        rates.sort(null);
        return rates.get(ROUNDS / 2);
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

    private static String yaml(int routes) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < routes; i++) {
            yaml.append("- endpoint:\n    path: /r")
                    .append(i)
                    .append(
                            "/users/:id/items/:item\n    response:\n      body: '{\"id\": \"{{path-params.id}}\", \"item\": \"{{path-params.item}}\"}'\n");
        }
        return yaml.toString();
    }

    /** From the request to the answer that says it is live, over HTTP, while other mocks are published already. */
    private static void publishing(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                LeatPeer leat = LeatPeer.start(scratch.folder().resolve("data"))) {
            for (int i = 0; i < 150; i++) {
                leat.publish("m" + i, yaml(5));
            }
            String id = leat.publish("changing", yaml(10));
            long[] nanos = new long[200];
            for (int i = 0; i < nanos.length; i++) {
                leat.send("PUT", "/api/mocks/mocks/" + id + "/source", java.util.Map.of("source", yaml(11 + i % 7)));
                long begun = System.nanoTime();
                leat.publish(id);
                nanos[i] = System.nanoTime() - begun;
            }
            java.util.Arrays.sort(nanos);
            report.row(
                    "publish to live over HTTP among 151 mocks, p50 / p99",
                    Report.millis(Report.percentile(nanos, 0.5)) + " / "
                            + Report.millis(Report.percentile(nanos, 0.99)),
                    "≤ 10 ms");
        }
    }
}
