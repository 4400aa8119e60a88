package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ChangesApiTest {
    private static final String CHANGES = "/api/notes/changes";

    private final Running running = Running.inMemory();

    @AfterEach
    void stop() {
        running.close();
    }

    private Answer after(String user, String cursor) {
        return running.get(user, CHANGES + "?after=" + cursor);
    }

    @Test
    void changes_are_told_from_a_cursor_on_and_what_is_seen_no_more_as_gone() {
        String id = running.create("ada", open("One"));
        Answer all = running.get("eve", CHANGES);
        assertThat(all.all("id")).containsExactly(id);
        assertThat(all.json().path("items").get(0).path("note").path("title").asString())
                .isEqualTo("One");
        assertThat(after("eve", all.text("next")).all("id")).isEmpty();
        running.as("ada", "PUT", NOTES + "/" + id, Map.of("title", "One", "access", "Private"));
        Answer more = after("eve", all.text("next"));
        assertThat(more.all("id")).containsExactly(id);
        assertThat(more.all("gone")).containsExactly("true");
        assertThat(more.json().path("items").get(0).path("note").isNull()).isTrue();
        assertThat(after("ada", all.text("next")).all("gone")).containsExactly("false");
    }

    @Test
    void changes_come_in_pages() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            ids.add(running.create("ada", closed("n" + i)));
        }
        var seen = new ArrayList<String>();
        Answer page = running.get("ada", CHANGES + "?limit=3");
        seen.addAll(page.all("id"));
        while (page.json().path("more").asBoolean()) {
            page = running.get("ada", CHANGES + "?limit=3&after=" + page.text("next"));
            seen.addAll(page.all("id"));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void bad_cursors_nobody_and_strangers_are_refused() {
        for (String path : List.of(CHANGES, CHANGES + "/events")) {
            assertThat(running.get("ada", path + "?after=x").outcome()).isEqualTo("400 changes.cursor");
            assertThat(running.get("", path).outcome()).isEqualTo("401 sign-in.required");
            assertThat(running.get("zoe", path + "?organization=acme").outcome())
                    .isEqualTo("404 organization.absent");
            assertThat(running.get("dan", path).outcome()).isEqualTo("400 organization.needed");
        }
    }

    /** What a stream brings, read beside the test. */
    private static final class Followed implements AutoCloseable {
        private final Stream<String> lines;
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        Followed(Stream<String> lines) {
            this.lines = lines;
            Thread.startVirtualThread(() -> {
                try {
                    lines.filter(line -> !line.isBlank() && !line.startsWith(":"))
                            .forEach(queue::add);
                } catch (RuntimeException _) {
                    // The stream ends with its test.
                }
            });
        }

        String line(String prefix) throws InterruptedException {
            while (true) {
                String line = queue.poll(20, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("no line \"" + prefix + "\" came within 20 s");
                }
                if (line.startsWith(prefix)) {
                    return line.substring(prefix.length()).strip();
                }
            }
        }

        JsonNode changes() throws InterruptedException {
            return Json.tree(line("data:")).path("items");
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    @Test
    void a_stream_brings_changes_as_they_happen_and_goes_on_where_it_broke_off() throws Exception {
        running.create("ada", open("Before"));
        String seen;
        try (var followed = new Followed(running.follow(
                        "bob",
                        CHANGES + "/events?after=" + running.get("bob", CHANGES).text("next"))
                .body())) {
            running.create("ada", closed("Hidden"));
            String id = running.create("ada", open("Shown"));
            seen = followed.line("id:");
            JsonNode change = followed.changes().get(0);
            assertThat(change.path("id").asString()).isEqualTo(id);
            assertThat(change.path("note").path("title").asString()).isEqualTo("Shown");
        }
        String missed = running.create("ada", open("Missed"));
        try (var followed = new Followed(running.follow("bob", CHANGES + "/events", "Last-Event-ID", seen)
                .body())) {
            assertThat(followed.changes().get(0).path("id").asString()).isEqualTo(missed);
        }
    }
}
