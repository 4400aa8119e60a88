package leat.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the process to the answer to a first durable command, on a data folder that has an owner and a mock,
 * with the start cache that {@code ./leat run} uses and without.
 */
final class StartBench {
    private static final int ROUNDS = 7;

    private StartBench() {}

    static void run(Report report) throws Exception {
        BuiltProduct product = BuiltProduct.find();
        try (Scratch scratch = Scratch.make()) {
            Path data = scratch.folder().resolve("data");
            String token;
            try (LeatPeer leat = LeatPeer.start(data)) {
                token = leat.token();
                leat.publish("first", "- endpoint:\n    path: /hello\n    response:\n      body: '{}'\n");
            }
            double with = median(data, token, product.withStartCache());
            double without = median(data, token, product.withoutStartCache());
            report.row(
                    "process start to first durable answer, median of " + ROUNDS,
                    Report.millis(with) + " with the start cache, " + Report.millis(without) + " without: "
                            + Report.ratio(without / with),
                    "≤ 600 ms");
        }
    }

    private static double median(Path data, String token, List<String> flags) throws Exception {
        List<Double> millis = new ArrayList<>();
        // The asker stands ready, so that only the asked is measured.
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                millis.add(toFirstAnswer(http, data, token, flags));
            }
        }
        millis.sort(null);
        return millis.get(ROUNDS / 2);
    }

    private static double toFirstAnswer(HttpClient http, Path data, String token, List<String> flags) throws Exception {
        long begun = System.nanoTime();
        try (Child child = Child.start(flags, "leat.platform.Main", "--port", "0", "--data", data.toString())) {
            String url = child.await("ready at (http://localhost:\\d+)").group(1);
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/api/accounts/organizations"))
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(
                                            "{\"name\": \"team-" + System.nanoTime() % 1_000_000_000 + "\"}"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 201) {
                throw new IOException("founding an organization was answered " + status);
            }
            return (System.nanoTime() - begun) / 1e6;
        }
    }
}
