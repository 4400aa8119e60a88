package leat.benchmarks;

import java.util.Arrays;
import java.util.Map;

/** From the request over HTTP to the answer that says it is live, after another save, while other mocks are published. */
final class PublishBench {
    private static final int OTHERS = 150;
    private static final int WARM_UP = 100;
    private static final int MEASURED = 300;

    private PublishBench() {}

    static void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                LeatPeer leat = LeatPeer.start(scratch.folder().resolve("data"))) {
            for (int i = 0; i < OTHERS; i++) {
                leat.publish("m" + i, MocksBench.yaml(5));
            }
            String id = leat.publish("changing", MocksBench.yaml(10));
            long[] publish = new long[MEASURED];
            long[] save = new long[MEASURED];
            for (int i = -WARM_UP; i < MEASURED; i++) {
                String source = MocksBench.yaml(11 + Math.floorMod(i, 7)) + "# " + i + "\n";
                long begun = System.nanoTime();
                leat.send("PUT", "/api/mocks/mocks/" + id + "/source", Map.of("source", source));
                long saved = System.nanoTime();
                leat.publish(id);
                if (i >= 0) {
                    save[i] = saved - begun;
                    publish[i] = System.nanoTime() - saved;
                }
            }
            report.row("save over HTTP, p50 / p99", percentiles(save), "");
            report.row(
                    "publish to live over HTTP among " + (OTHERS + 1) + " mocks, p50 / p99",
                    percentiles(publish),
                    "≤ 10 ms");
        }
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return Report.millis(Report.percentile(nanos, 0.5)) + " / " + Report.millis(Report.percentile(nanos, 0.99));
    }
}
