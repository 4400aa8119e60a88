package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import leat.apps.test.Town;
import leat.kernel.Definition;
import leat.kernel.Json;
import leat.kernel.Module;
import leat.kernel.TaskPolicy;
import leat.kernel.test.MemoryEngine;
import leat.web.outgoing.ListenersOf;
import leat.web.outgoing.Publishing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the outside is told of notes, listened to in the place of webhooks. */
final class NotePublishingTest {
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();

    /** Stands in for webhooks. */
    private final class Listener implements Module {
        @Override
        public String name() {
            return "webhooks";
        }

        @Override
        public void define(Definition m) {
            m.serves(
                    ListenersOf.class,
                    question -> new ListenersOf.Found(
                            question.organization().equals(Town.ACME.id())
                                    ? List.of(new ListenersOf.Listener(
                                            "listener", Set.of("note.created", "note.changed", "note.removed")))
                                    : List.of()));
            m.task(
                    Publishing.DELIVER,
                    TaskPolicy.DEFAULT,
                    task -> told.add(
                            Json.tree(task.payload(Publishing.Delivery.class).body())));
        }
    }

    private final Running running = Running.beside(new MemoryEngine(), List.of(new Listener()));

    @AfterEach
    void stop() {
        running.close();
    }

    private List<String> types() {
        return told.stream().map(it -> it.path("type").asString("")).toList();
    }

    private void put(String id, Map<String, Object> draft) {
        assertThat(running.as("ada", "PUT", Running.NOTES + "/" + id, draft).status())
                .isEqualTo(200);
    }

    @Test
    void what_all_members_see_is_told_in_order_and_without_its_text() {
        String id = running.create("ada", Running.open("Roof"));
        put(id, Map.of("title", "The roof", "body", "Some secret *text*."));
        running.as("ada", "DELETE", Running.NOTES + "/" + id);
        running.as("ada", "DELETE", Running.NOTES + "/" + id + "/trash");
        Running.await(() -> told.size() == 4);
        assertThat(types()).containsExactly("note.created", "note.changed", "note.removed", "note.created");
        assertThat(told.get(1).path("data").path("title").asString("")).isEqualTo("The roof");
        assertThat(told.get(1).path("data").path("author").asString("")).isEqualTo("ada");
        assertThat(told.toString()).doesNotContain("text");
    }

    @Test
    void a_private_note_is_never_told_of_and_one_that_is_closed_is_told_as_removed() {
        running.create("ada", Running.closed("Jewels"));
        running.create("zoe", Running.open("Elsewhere"));
        String id = running.create("ada", Running.closed("Roof"));
        put(id, Map.of("title", "Roof", "body", "", "access", "Public"));
        Running.await(() -> told.size() == 1);
        put(id, Map.of("title", "Hidden roof", "body", "", "access", "Private"));
        Running.await(() -> told.size() == 2);
        put(id, Map.of("title", "Another roof", "body", "", "access", "Private"));
        String last = running.create("ada", Running.open("Last"));
        Running.await(() -> told.toString().contains(last));
        assertThat(types()).containsExactly("note.created", "note.removed", "note.created");
        assertThat(told.toString()).doesNotContain("Jewels", "Elsewhere", "Hidden", "Another");
    }
}
