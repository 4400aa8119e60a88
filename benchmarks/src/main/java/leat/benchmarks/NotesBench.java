package leat.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import leat.kernel.Json;
import leat.platform.cluster.NatsServer;
import leat.platform.cluster.Ports;
import leat.platform.cluster.PostgresServer;
import tools.jackson.databind.JsonNode;

/**
 * A hundred thousand notes over HTTP, on both engines: creating them, listing and searching among them; then moves between
 * the columns of the board until there are a million events, and a start on all of that.
 *
 * <p>Titles and texts are drawn from two thousand words of which few are frequent, as in a language, with a fixed seed.
 */
final class NotesBench {
    private static final int NOTES = Integer.getInteger("leat.bench.notes", 100_000);
    private static final int EVENTS = 10 * NOTES;
    private static final int CLIENTS = 64;
    private static final int WORDS = 2_000;
    /** Created before anything is measured, while the compilers still are at work. */
    private static final int FIRST = NOTES / 2;

    private static final double SECONDS = 8;

    private final Random random = new Random(7);
    private final Report report;
    private final String engine;

    private NotesBench(Report report, String engine) {
        this.report = report;
        this.engine = engine;
    }

    static void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make()) {
            new NotesBench(report, "embedded").run(scratch.folder().resolve("embedded"));
            try (PostgresServer postgres = PostgresServer.start(scratch.folder().resolve("postgres"), Ports.free());
                    NatsServer nats = NatsServer.start(scratch.folder().resolve("nats.log"), Ports.free())) {
                new NotesBench(report, "distributed")
                        .run(
                                scratch.folder().resolve("distributed"),
                                "--engine=distributed",
                                "--postgres-url=" + postgres.database("notes"),
                                "--postgres-user=leat",
                                "--postgres-password-file=" + postgres.passwordFile(),
                                "--nats-url=" + nats.url());
            }
        }
    }

    private void run(Path data, String... settings) throws Exception {
        Files.createDirectories(data);
        String token;
        try (LeatPeer leat = LeatPeer.start(data, settings)) {
            token = leat.token();
            create(leat);
            read(leat, "list, the first page of 50", "/api/notes/notes?organization=bench", "≤ 10 ms");
            read(leat, "list, one tag of 50", "/api/notes/notes?organization=bench&tag=tag7", "≤ 10 ms");
            read(leat, "list by status", "/api/notes/notes?organization=bench&status=ToDo", "≤ 10 ms");
            read(leat, "search, a frequent word", search(word(3)), "≤ 30 ms");
            read(leat, "search, a rare word", search(word(1_900)), "≤ 30 ms");
            read(
                    leat,
                    "search, two words and a beginning",
                    search(word(40) + " " + word(60) + " " + word(5).substring(0, 2)),
                    "≤ 30 ms");
            move(leat);
        }
        BuiltProduct product = BuiltProduct.find();
        start("with the start cache", product.withStartCache(), data, token, settings);
        start("without it", product.withoutStartCache(), data, token, settings);
    }

    /** Words with a low number are frequent; two to five syllables, so that they begin as differently as words do. */
    private static String word(int number) {
        long mixed = (number + 1) * 2_654_435_761L;
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 2 + number % 4; i++) {
            word.append("bcdfghklmnprstvw".charAt((int) ((mixed >>> (7 * i)) & 15)));
            word.append("aeiou".charAt((int) (((mixed >>> (7 * i + 4)) & 7) % 5)));
        }
        return word + Integer.toString(number, Character.MAX_RADIX);
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            double frequent = random.nextDouble();
            text.append(i == 0 ? "" : " ").append(word((int) (WORDS * frequent * frequent * frequent)));
        }
        return text.toString();
    }

    private static byte[] request(LeatPeer leat, String method, String path, Object body) {
        byte[] json = Json.bytes(body);
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + leat.port + "\r\nAuthorization: Bearer "
                + leat.token() + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + json.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(json, 0, whole, start.length, json.length);
        return whole;
    }

    private void create(LeatPeer leat) throws IOException {
        byte[][] requests = new byte[NOTES][];
        for (int i = 0; i < NOTES; i++) {
            requests[i] = request(
                    leat,
                    "POST",
                    "/api/notes/notes?organization=bench",
                    Map.of(
                            "title",
                            text(4) + " " + i,
                            "body",
                            text(60),
                            "status",
                            List.of("ToDo", "Doing", "Review", "Completed").get(random.nextInt(4)),
                            "access",
                            random.nextInt(4) == 0 ? "Private" : "Public",
                            "tags",
                            List.of("tag" + random.nextInt(200))));
        }
        create(leat, "the first " + FIRST, Arrays.copyOf(requests, FIRST));
        create(leat, "the next " + (NOTES - FIRST), Arrays.copyOfRange(requests, FIRST, NOTES));
    }

    private void create(LeatPeer leat, String which, byte[][] requests) throws IOException {
        double cpu = leat.cpuSeconds();
        Load.Result result = new Load(requests, CLIENTS).once(leat.port);
        whole(result);
        report.row(
                engine + ": create notes over HTTP, " + CLIENTS + " clients, " + which,
                Report.perSecond(result.answered() / result.seconds()) + ", p50 / p99 " + percentiles(result)
                        + ", the server's processor "
                        + Report.millis((leat.cpuSeconds() - cpu) * 1e3 / requests.length) + " each",
                engine.equals("embedded") ? "≥ 10,000/s" : "");
    }

    private static void whole(Load.Result result) throws IOException {
        if (result.failed() > 0) {
            throw new IOException(result.failed() + " requests failed, the first with " + result.firstFailure());
        }
    }

    private static String percentiles(Load.Result result) {
        return Report.millis(Report.percentile(result.sortedNanos(), 0.5)) + " / "
                + Report.millis(Report.percentile(result.sortedNanos(), 0.99));
    }

    private static String search(String words) {
        return "/api/notes/search?organization=bench&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    private void read(LeatPeer leat, String what, String path, String target) throws IOException {
        byte[][] requests = {request(leat, "GET", path, Map.of())};
        whole(new Load(requests, 1).run(leat.port, SECONDS / 4));
        Load.Result result = new Load(requests, 1).run(leat.port, SECONDS);
        whole(result);
        report.row(
                engine + ": " + what + " among " + NOTES + ", one client over HTTP, p50 / p99",
                percentiles(result),
                target);
    }

    private void move(LeatPeer leat) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String after = "";
        while (ids.size() < 2_000) {
            JsonNode page = get(leat, "/api/notes/notes?organization=bench&limit=100" + after);
            page.path("items").forEach(note -> ids.add(note.path("id").asString()));
            after = "&after=" + URLEncoder.encode(page.path("next").asString(), StandardCharsets.UTF_8);
        }
        byte[][] requests = new byte[EVENTS - NOTES][];
        byte[][] distinct = new byte[ids.size() * 2][];
        for (int i = 0; i < distinct.length; i++) {
            distinct[i] = request(
                    leat,
                    "PUT",
                    "/api/notes/notes/" + ids.get(i % ids.size()) + "/status",
                    Map.of("status", i < ids.size() ? "New" : "Ready"));
        }
        for (int i = 0; i < requests.length; i++) {
            requests[i] = distinct[i % distinct.length];
        }
        Load.Result result = new Load(requests, CLIENTS).once(leat.port);
        whole(result);
        report.row(
                engine + ": move a note on the board, " + requests.length + " times, " + CLIENTS + " clients",
                Report.perSecond(result.answered() / result.seconds()) + ", p50 / p99 " + percentiles(result),
                "");
    }

    private static JsonNode get(LeatPeer leat, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Json.tree(http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + leat.port + path))
                                    .header("Authorization", "Bearer " + leat.token())
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        }
    }

    /** From the process's start until it lists notes, after it was killed. */
    private void start(String how, List<String> flags, Path data, String token, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(settings));
        long begun = System.nanoTime();
        try (Child child = Child.start(flags, "leat.platform.Main", arguments.toArray(String[]::new));
                HttpClient http = HttpClient.newHttpClient()) {
            String url = child.await("ready at (http://localhost:\\d+)").group(1);
            long ready = System.nanoTime() - begun;
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/api/notes/notes?organization=bench"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IOException("the list was answered " + status);
            }
            report.row(
                    engine + ": start after kill -9 on " + EVENTS + " events, " + how + ": ready / first list",
                    Report.millis(ready / 1e6) + " / " + Report.millis((System.nanoTime() - begun) / 1e6),
                    "≤ 2 s");
        }
    }
}
