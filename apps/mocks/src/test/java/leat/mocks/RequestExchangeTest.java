package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.SharedBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes answer for a mock; whoever looks at one of them sees what both were asked. */
final class RequestExchangeTest {
    private final MemoryEngine store = new MemoryEngine();
    private final SharedBus bus = new SharedBus();
    private final Running one = Running.named("one", store.shared(bus.connect()));
    private final Running other = Running.named("other", store.shared(bus.connect()));
    private String requests = "";

    @BeforeEach
    void publish() {
        requests = "/api/mocks/mocks/" + one.published("pets", Running.HELLO) + "/requests";
        for (Running node : List.of(one, other)) {
            Running.await(() -> asked(node, "/hello/first") == 200);
        }
        // The nodes know of each other once one has seen what the other was asked.
        for (Running node : List.of(one, other)) {
            Running.await(() -> counted(node) == counted(one) + counted(other) - counted(node) && counted(node) >= 2);
        }
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        store.close();
    }

    private static int asked(Running node, String path) {
        return node.get(path, "Host", "pets-acme.localhost").status();
    }

    private JsonNode log(Running node) {
        return node.as("acme-viewer", "GET", requests).json();
    }

    private long counted(Running node) {
        return log(node).path("counts").path("requests").asLong();
    }

    private List<String> targets(Running node) {
        return log(node)
                .path("items")
                .valueStream()
                .map(item -> item.path("target").asString(""))
                .toList();
    }

    @Test
    void each_shows_the_requests_of_both_once_with_what_was_sent_and_received() {
        asked(one, "/hello/ada");
        asked(other, "/hello/bob");
        asked(other, "/nothing/here");
        for (Running node : List.of(one, other)) {
            assertThat(targets(node))
                    .containsOnlyOnce("/hello/ada", "/hello/bob", "/nothing/here")
                    .isEqualTo(targets(node));
            for (JsonNode item : log(node).path("items")) {
                for (String name : List.of("number", "id")) {
                    assertThat(node.as(
                                            "acme-viewer",
                                            "GET",
                                            requests + "/" + item.path(name).asString())
                                    .json())
                            .isEqualTo(item);
                }
                if (item.path("target").asString("").equals("/hello/bob")) {
                    assertThat(item.at("/details/answer/text").asString("")).contains("bob!");
                    assertThat(item.at("/route/title").asString("")).isNotEmpty();
                }
                if (item.path("target").asString("").equals("/nothing/here")) {
                    assertThat(item.at("/problem/code").asString("")).isNotEmpty();
                }
            }
        }
        assertThat(ids(one)).containsExactlyInAnyOrderElementsOf(ids(other));
        assertThat(log(one).path("counts")).isEqualTo(log(other).path("counts"));
        assertThat(log(one).at("/counts/misses").asLong()).isEqualTo(1);
    }

    private List<String> ids(Running node) {
        return log(node)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString(""))
                .toList();
    }

    @Test
    void a_request_is_found_by_its_id_on_a_node_that_has_not_heard_of_it() {
        asked(other, "/hello/unheard");
        String id = ids(other).getLast();
        assertThat(one.as("acme-viewer", "GET", requests + "/" + id)
                        .json()
                        .path("target")
                        .asString())
                .isEqualTo("/hello/unheard");
        assertThat(one.as("acme-viewer", "GET", requests + "/abc-1").code()).isEqualTo("request.absent");
        assertThat(one.as("acme-viewer", "GET", requests + "/!").code()).isEqualTo("request.absent");
    }

    @Test
    void a_stream_goes_on_at_another_node_behind_what_was_seen_last() {
        asked(one, "/hello/seen");
        JsonNode seen = log(one).path("items").valueStream().toList().getLast();
        String mark = new MockEvents.Mark(
                        "anothernode",
                        1,
                        java.time.Instant.parse(seen.path("at").asString()))
                .toString();
        Running.await(() -> System.currentTimeMillis()
                > java.time.Instant.parse(seen.path("at").asString()).toEpochMilli() + 1);
        asked(other, "/hello/missed");
        var lines = new CopyOnWriteArrayList<String>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var follow = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + one.server.port() + requests + "/events"))
                    .header("Authorization", "Bearer acme-viewer")
                    .header("Last-Event-ID", mark)
                    .build();
            var _ = client.sendAsync(follow, BodyHandlers.fromLineSubscriber(new Lines(lines)));
            Running.await(() -> lines.stream().anyMatch(line -> line.contains("/hello/missed")));
            assertThat(lines).noneMatch(line -> line.contains("/hello/seen"));
            client.shutdownNow();
        }
    }

    @Test
    void who_follows_one_node_sees_what_the_other_is_asked() {
        var lines = new CopyOnWriteArrayList<String>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var follow = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + one.server.port() + requests + "/events"))
                    .header("Authorization", "Bearer acme-viewer")
                    .build();
            var _ = client.sendAsync(follow, BodyHandlers.fromLineSubscriber(new Lines(lines)));
            Running.await(() -> lines.stream().anyMatch(line -> line.contains("/hello/first")));
            asked(other, "/hello/live");
            Running.await(() -> lines.stream().anyMatch(line -> line.contains("/hello/live")));
            client.shutdownNow();
        }
    }

    /** Keeps the lines of a stream as they come. */
    private record Lines(List<String> lines) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable ended) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void what_is_forgotten_on_one_is_forgotten_on_both() {
        asked(one, "/hello/ada");
        asked(other, "/hello/bob");
        assertThat(one.as("acme-editor", "DELETE", requests).status()).isEqualTo(204);
        Running.await(() -> targets(other).isEmpty() && targets(one).isEmpty());
        asked(other, "/hello/new");
        assertThat(targets(one)).containsExactly("/hello/new");
    }
}
