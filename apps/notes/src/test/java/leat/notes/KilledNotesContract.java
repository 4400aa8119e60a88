package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import leat.kernel.Json;
import leat.kernel.Recorded;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Whatever Notes have acknowledged is there after any kill -9, once, and reads the same as entity, list, feed and full
 * replay: random commands with odd texts against a process that is killed in their midst.
 */
abstract class KilledNotesContract {
    private static final int KILLS = 3;
    private static final int NOTES_AT_MOST = 12;

    /** What {@link KilledChild} is told. */
    abstract String[] store();

    /** What a note holds, as far as it was acknowledged; of {@code unsure} at most one was taken without an answer. */
    private static final class Known {
        String title = "";
        long version;
        final List<String> bodies = new ArrayList<>();
        final List<String> unsure = new ArrayList<>();
    }

    /** A creation that was not answered. */
    private record Unanswered(String key, Map<String, String> draft) {}

    /** Everything that outlives the process: what it has acknowledged, and what a reader of its feed has. */
    private static final class Story {
        final Random random;
        final Map<String, Known> notes = new LinkedHashMap<>();
        final Map<String, Long> followed = new HashMap<>();
        Optional<Unanswered> unanswered = Optional.empty();
        String cursor = "";
        int texts;

        Story(Random random) {
            this.random = random;
        }

        String text() {
            return ++texts + " " + ReplayContract.text(random);
        }

        /** Few enough that some are taken. */
        Map<String, String> draft() {
            return Map.of(
                    "title", ReplayContract.text(random) + " " + random.nextInt(3), "body", text(), "access", "Public");
        }
    }

    private static final class Child implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Process process;
        private final int port;

        Child(String... store) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledChild.class.getName()));
            command.addAll(List.of(store));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = out.readLine();
            }
            assertThat(line).as("the child starts").isNotNull();
            port = Integer.parseInt(line.substring("port ".length()));
        }

        HttpResponse<byte[]> send(String user, String method, String path, Object body, String... headers)
                throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + user)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.equals("") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<byte[]> response = send("bob", "GET", path, "");
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            return Json.tree(response.body());
        }

        void kill() {
            var _ = process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
            client.close();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void what_was_acknowledged_outlives_kills_and_reads_the_same_everywhere() throws Exception {
        Seed.replayable(random -> {
            var story = new Story(random);
            for (int life = 0; life <= KILLS; life++) {
                try (var child = new Child(store())) {
                    verify(child, story);
                    if (life < KILLS) {
                        work(child, story, 20 + random.nextInt(40));
                    }
                }
            }
            assertThat(story.notes).isNotEmpty();
            assertReplayed(story);
        });
    }

    /** Sends commands; the process is killed while the last of them is on its way. */
    private static void work(Child child, Story story, int commands) throws Exception {
        for (int i = 0; i < commands; i++) {
            boolean last = i == commands - 1;
            if (last) {
                int micros = story.random.nextInt(6_000);
                Thread.ofVirtual().start(() -> {
                    try {
                        TimeUnit.MICROSECONDS.sleep(micros);
                        child.kill();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            try {
                if (story.notes.isEmpty() || (story.notes.size() < NOTES_AT_MOST && story.random.nextInt(3) == 0)) {
                    create(child, story, UUID.randomUUID().toString(), story.draft());
                } else if (story.random.nextInt(4) == 0) {
                    race(child, story);
                } else {
                    revise(child, story);
                }
            } catch (IOException killed) {
                assertThat(last).as("only the last command is lost").isTrue();
            }
        }
    }

    private static void create(Child child, Story story, String key, Map<String, String> draft) throws Exception {
        story.unanswered = Optional.of(new Unanswered(key, draft));
        HttpResponse<byte[]> response = child.send("ada", "POST", Running.NOTES, draft, "Idempotency-Key", key);
        story.unanswered = Optional.empty();
        if (response.statusCode() != 201) {
            assertThat(response.statusCode()).isIn(400, 409);
            return;
        }
        Known made = new Known();
        made.title = draft.getOrDefault("title", "");
        made.bodies.add(draft.getOrDefault("body", ""));
        made.version = version(response);
        assertThat(story.notes.put(Json.tree(response.body()).path("id").asString(), made))
                .as("ids are unique")
                .isNull();
    }

    private static String any(Story story) {
        return List.copyOf(story.notes.keySet()).get(story.random.nextInt(story.notes.size()));
    }

    private static HttpResponse<byte[]> put(Child child, String user, String id, Known note, String body, long version)
            throws IOException, InterruptedException {
        return child.send(
                user,
                "PUT",
                Running.NOTES + "/" + id,
                Map.of("title", note.title, "body", body, "access", "Public"),
                "If-Match",
                "\"" + version + "\"");
    }

    private static void revise(Child child, Story story) throws Exception {
        String id = any(story);
        Known note = story.notes.getOrDefault(id, new Known());
        String body = story.text();
        boolean stale = story.random.nextInt(5) == 0 && note.version > 2;
        if (!stale) {
            note.unsure.add(body);
        }
        HttpResponse<byte[]> response = put(child, "bob", id, note, body, stale ? note.version - 1 : note.version);
        note.unsure.clear();
        if (stale) {
            assertThat(response.statusCode()).isIn(400, 412);
        } else if (response.statusCode() == 200) {
            note.bodies.add(body);
            note.version = version(response);
        } else {
            assertThat(response.statusCode()).isEqualTo(400);
        }
    }

    /** Two edit one version: one gets 412, sends theirs again on what is there now, and no text is lost. */
    private static void race(Child child, Story story) throws Exception {
        String id = any(story);
        Known note = story.notes.getOrDefault(id, new Known());
        String adas = ++story.texts + " by Ada";
        String bobs = ++story.texts + " by Bob";
        note.unsure.addAll(List.of(adas, bobs));
        long version = note.version;
        var beside = CompletableFuture.supplyAsync(() -> status(child, id, note, adas, version));
        int bobsStatus = status(child, id, note, bobs, version);
        int adasStatus = beside.join();
        if (bobsStatus < 0 || adasStatus < 0) {
            if (bobsStatus == 200 || adasStatus == 200) {
                took(note, bobsStatus == 200 ? bobs : adas);
            } else if (bobsStatus == 412 || adasStatus == 412) {
                note.unsure.remove(bobsStatus == 412 ? bobs : adas);
            }
            throw new IOException("killed");
        }
        assertThat(Stream.of(adasStatus, bobsStatus)).containsExactlyInAnyOrder(200, 412);
        boolean bobFirst = bobsStatus == 200;
        took(note, bobFirst ? bobs : adas);
        String again = bobFirst ? adas : bobs;
        note.unsure.add(again);
        HttpResponse<byte[]> response = put(child, bobFirst ? "ada" : "bob", id, note, again, note.version);
        assertThat(response.statusCode()).isEqualTo(200);
        took(note, again);
    }

    /** Below zero when there was no answer. */
    private static int status(Child child, String id, Known note, String body, long version) {
        try {
            return put(child, body.endsWith("Ada") ? "ada" : "bob", id, note, body, version)
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }

    private static void took(Known note, String body) {
        note.unsure.clear();
        note.bodies.add(body);
        note.version++;
    }

    private static long version(HttpResponse<byte[]> response) {
        return Long.parseLong(
                response.headers().firstValue("ETag").orElseThrow().replaceAll("[^0-9]", ""));
    }

    /** Every note holds what was acknowledged, or what was on its way; lists and the feed show the same. */
    private static void verify(Child child, Story story) throws Exception {
        if (story.unanswered.isPresent()) {
            // Sent again, it is the same creation, made before the kill or now.
            Unanswered again = story.unanswered.get();
            create(child, story, again.key(), again.draft());
        }
        var slugs = new HashMap<String, String>();
        for (var entry : story.notes.entrySet()) {
            HttpResponse<byte[]> response = child.send("bob", "GET", Running.NOTES + "/" + entry.getKey(), "");
            assertThat(response.statusCode()).as(entry.getKey()).isEqualTo(200);
            JsonNode note = Json.tree(response.body());
            Known expected = entry.getValue();
            assertThat(note.path("title").asString()).isEqualTo(expected.title);
            String body = note.path("body").asString();
            if (version(response) == expected.version) {
                assertThat(body).isEqualTo(expected.bodies.getLast());
                expected.unsure.clear();
            } else {
                assertThat(version(response)).isEqualTo(expected.version + 1);
                assertThat(expected.unsure).contains(body);
                took(expected, body);
            }
            assertThat(slugs.put(note.path("slug").asString(), entry.getKey()))
                    .as("slugs are unique")
                    .isNull();
        }
        Running.await(() -> listed(child).containsAll(story.notes.keySet()));
        Running.await(() -> {
            follow(child, story);
            return story.notes.entrySet().stream()
                    .allMatch(it -> it.getValue().version == story.followed.getOrDefault(it.getKey(), 0L));
        });
    }

    /** Goes on reading the feed where it was left, before the kill, in steps of any size. */
    private static void follow(Child child, Story story) {
        try {
            boolean more = true;
            while (more) {
                JsonNode changes = child.get("/api/notes/changes?organization=acme&limit=" + (1 + story.texts % 7)
                        + (story.cursor.isEmpty() ? "" : "&after=" + story.cursor));
                for (JsonNode change : changes.path("items")) {
                    long version = change.path("version").asLong();
                    Long before = story.followed.put(change.path("id").asString(), version);
                    assertThat(before == null || before <= version).isTrue();
                }
                story.cursor = changes.path("next").asString();
                more = changes.path("more").asBoolean();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> listed(Child child) {
        try {
            return child.get(Running.NOTES + "?organization=acme&limit=100")
                    .path("items")
                    .valueStream()
                    .map(it -> it.path("id").asString())
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is in memory, from snapshots or not, what lists show, and all events folded from the first one agree. */
    private void assertReplayed(Story story) throws Exception {
        try (var desk = Desk.on(KilledChild.open(store()))) {
            for (var entry : story.notes.entrySet()) {
                String id = entry.getKey();
                Note folded = new Note.Absent();
                long version = 0;
                var bodies = new ArrayList<String>();
                for (Recorded<Note.Event> event : desk.notes.entities().history(id, 0, 1_000)) {
                    folded = Note.evolve(folded, event.event());
                    assertThat(event.version()).isEqualTo(++version);
                    if (event.event() instanceof Note.Event.Revised revised) {
                        bodies.add(revised.content().body());
                    }
                }
                assertThat(desk.notes.entities().get(id).state()).isEqualTo(folded);
                assertThat(bodies).as("every text once, in its order").isEqualTo(entry.getValue().bodies);
                long last = version;
                Running.await(() -> desk.list(sql -> NoteList.find(sql, id))
                        .filter(it -> it.version() == last)
                        .isPresent());
                ReplayContract.agrees(desk, id);
            }
        }
    }
}
