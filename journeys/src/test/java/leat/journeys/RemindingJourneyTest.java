package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import leat.kernel.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reminders and webhooks outlive kill -9: one rings once, and what was published arrives under its one id. */
final class RemindingJourneyTest {
    private static final int NOTES = 20;

    @TempDir
    Path folder;

    /** Events as they came, by id. */
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            arrived.add(Json.tree(body).path("type").asString("") + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void one_rings_once_and_every_event_arrives_though_the_process_is_killed_in_between() throws Exception {
        HttpServer receiver = receiver();
        try (Product product = Product.start(folder, "--webhooks-anywhere=true")) {
            Api ada = Workshop.founded(product).ada();
            listened(ada, receiver, List.of("note.created", "reminder.rang"));
            String note = "";
            var expected = new HashSet<String>();
            for (int i = 0; i < NOTES; i++) {
                Api.Answer created = ada.post("/api/notes/notes", Map.of("title", "Note " + i, "access", "Public"))
                        .with(201);
                note = created.text("id");
                expected.add("note.created note." + note + "." + created.json().path("version"));
            }
            String soon = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(2).toString();
            ada.post("/api/notes/notes/" + note + "/reminders", Map.of("at", soon))
                    .with(201);
            product.kill9();
            product.restart();
            Eventually.holds("it rings", () -> rang(ada) == 1);
            Eventually.holds("every event has arrived", () -> arrived.containsAll(expected));
            Eventually.holds(
                    "the reminder has arrived", () -> arrived.stream().anyMatch(it -> it.startsWith("reminder.rang ")));
            product.kill9();
            product.restart();
            assertThat(rang(ada)).isEqualTo(1);
            assertThat(new HashSet<>(arrived).stream().filter(it -> it.startsWith("reminder.rang ")))
                    .hasSize(1);
            Path key = folder.resolve("data/secret.key");
            if (Files.exists(key)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .isEqualTo("rw-------");
            }
            assertThat(product.errors()).isEmpty();
        } finally {
            receiver.stop(0);
        }
    }

    /** Adds a webhook, and knocks until it is heard: who listens is looked at once a second. */
    private void listened(Api owner, HttpServer receiver, List<String> types) throws IOException {
        String url = "http://localhost:" + receiver.getAddress().getPort() + "/";
        owner.post("/api/webhooks/organizations/workshop/hooks", Map.of("url", url, "types", types))
                .with(201);
        Eventually.holds("the webhook is told", () -> {
            owner.post("/api/notes/notes", Map.of("title", "Knock " + System.nanoTime(), "access", "Public"))
                    .with(201);
            return !arrived.isEmpty();
        });
    }

    @Test
    void what_happens_to_mocks_and_members_is_told_as_what_happens_to_notes() throws Exception {
        HttpServer receiver = receiver();
        try (Product product = Product.start(folder, "--webhooks-anywhere=true")) {
            Workshop workshop = Workshop.founded(product);
            listened(
                    workshop.ada(),
                    receiver,
                    List.of("note.created", "mock.published", "mock.unpublished", "mock.removed", "member.joined"));
            String mock = Workshop.published(workshop.ada(), "workshop", "pets", Workshop.answering("/pets", "Rex"));
            workshop.ada().delete("/api/mocks/mocks/" + mock + "/publication").with(200, 204);
            workshop.ada().delete("/api/mocks/mocks/" + mock).with(204);
            workshop.joined("workshop", "VIEWER", "eve");
            Eventually.holds(
                    "all of it is told",
                    () -> heard().containsAll(
                                    List.of("mock.published", "mock.unpublished", "mock.removed", "member.joined")));
            assertThat(heard().stream().filter(it -> it.startsWith("mock.")))
                    .containsExactly("mock.published", "mock.unpublished", "mock.removed");
            assertThat(product.errors()).isEmpty();
        } finally {
            receiver.stop(0);
        }
    }

    /** The types of what arrived beside notes, each once, as they came. */
    private List<String> heard() {
        return arrived.stream()
                .map(it -> it.substring(0, it.indexOf(' ')))
                .filter(it -> !it.startsWith("note."))
                .distinct()
                .toList();
    }

    private static long rang(Api who) throws IOException {
        return who.get("/api/notes/reminders")
                .with(200)
                .json()
                .path("items")
                .valueStream()
                .filter(it -> it.path("rang").isString())
                .count();
    }
}
