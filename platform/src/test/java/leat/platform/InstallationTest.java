package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import leat.kernel.Json;
import leat.kernel.test.MemoryEngine;
import leat.web.Headers;
import leat.web.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class InstallationTest {
    @TempDir
    static Path data;

    private final Pets pets = new Pets();
    private final HttpClient client = HttpClient.newHttpClient();
    private Installation leat = start("--port", "0");

    private Installation start(String... flags) {
        var all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(flags));
        Settings settings = Settings.of(Configuration.read(all, Map.of(), data));
        return Installation.start(settings, any -> new MemoryEngine(), (any, address) -> List.of(pets));
    }

    @BeforeEach
    void ready() {
        assertThat(leat.awaitReady(Duration.ofSeconds(20))).isTrue();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void it_is_live_and_ready_and_says_its_version() {
        assertThat(json(get("/health/live", "")).path("status").asString()).isEqualTo("live");
        assertThat(json(get("/health/ready", "")).path("status").asString()).isEqualTo("ready");
        assertThat(json(get("/version", "")).path("version").asString()).isEqualTo(Release.VERSION);
    }

    @Test
    void it_is_not_ready_while_it_stops_and_says_why() {
        var readiness = new Readiness(leat.node());
        readiness.drain();
        var response = new HealthApi(readiness, new MemoryEngine())
                .ready(Request.of("GET", "/health/ready", Headers.NONE, new byte[0]));
        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(response.bytes().orElseThrow(), StandardCharsets.UTF_8))
                .contains("Leat is stopping.");
    }

    @Test
    void a_second_one_on_the_same_port_is_told_in_a_sentence() {
        assertThatThrownBy(() -> start("--port", Integer.toString(leat.port())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is in use by another program; stop that one, or choose another port");
    }

    @Test
    void a_module_that_does_not_exist_is_told_with_those_that_do() {
        assertThatThrownBy(() -> start("--port", "0", "--modules", "pest"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("There is no module \"pest\"; there are pets.");
    }

    @Test
    void the_front_page_leads_each_to_where_their_day_begins() {
        assertThat(get("/", "ada").headers().firstValue("Location")).contains("/pets");
        assertThat(get("/", "").body()).contains("Nobody can sign in here");
    }

    @Test
    void places_of_all_modules_stand_in_the_navigation_and_operations_for_owners_only() {
        assertThat(get("/pets", "owner").body()).contains("href=\"/pets\"", "href=\"/operations\"");
        assertThat(get("/pets", "ada").body()).contains("href=\"/pets\"").doesNotContain("href=\"/operations\"");
    }

    @Test
    void operations_are_for_owners() {
        assertThat(get("/operations", "owner").statusCode()).isEqualTo(200);
        assertThat(get("/operations", "ada").statusCode()).isEqualTo(403);
        assertThat(get("/operations", "").statusCode()).isEqualTo(303);
        assertThat(get("/api/operations", "").statusCode()).isEqualTo(401);
        assertThat(send("PUT", "/operations/views/pets.list/rebuild", "ada", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_parked_task_is_shown_with_its_error_and_can_be_resumed() {
        send("POST", "/api/pets/7", "ada", "Rex");
        eventually(() -> picture().path("parkedTasks").size() == 1);
        JsonNode task = picture().path("parkedTasks").get(0);
        assertThat(task.path("error").asString()).contains("no pet answers to Rex");
        assertThat(get("/operations", "owner").body()).contains("no pet answers to Rex", "Drop");

        pets.cured.set(true);
        String resumption = "/operations/tasks/" + task.path("id").asString() + "/resumption";
        assertThat(send("PUT", resumption, "owner", "").statusCode()).isEqualTo(303);
        eventually(() -> picture().path("parkedTasks").isEmpty()
                && picture().path("tasksRunning").asInt() == 0);
        assertThat(send("PUT", "/api" + resumption, "owner", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_parked_task_can_be_dropped() {
        send("POST", "/api/pets/7", "ada", "Rex");
        eventually(() -> picture().path("parkedTasks").size() == 1);
        String id = picture().path("parkedTasks").get(0).path("id").asString();
        assertThat(send("DELETE", "/api/operations/tasks/" + id, "owner", "").statusCode())
                .isEqualTo(204);
        assertThat(picture().path("parkedTasks")).isEmpty();
        assertThat(send("DELETE", "/api/operations/tasks/nonsense", "owner", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_parked_key_of_a_view_is_shown_and_can_be_resumed() {
        send("POST", "/api/pets/8", "ada", "poison");
        eventually(() -> picture().path("parkedKeys").size() == 1);
        JsonNode key = picture().path("parkedKeys").get(0);
        assertThat(key.path("follower").asString()).isEqualTo("pets.list");
        assertThat(key.path("error").asString()).contains("this pet bites");

        pets.cured.set(true);
        String address = OperationsPages.address(
                new Operations.ParkedKey("pets.list", true, "", key.path("key").asString(), 0, "", Instant.EPOCH),
                "resumption");
        assertThat(send("PUT", address, "owner", "").statusCode()).isEqualTo(303);
        eventually(() -> picture().path("parkedKeys").isEmpty());
        assertThat(send("PUT", "/api" + address, "owner", "").body()).contains("parked-key.absent");
    }

    @Test
    void a_view_can_be_rebuilt_and_an_unknown_one_is_absent() {
        assertThat(send("PUT", "/api/operations/views/pets.list/rebuild", "owner", "")
                        .statusCode())
                .isEqualTo(202);
        assertThat(send("PUT", "/api/operations/views/pets.none/rebuild", "owner", "")
                        .body())
                .contains("view.absent");
    }

    @Test
    void the_operations_page_keeps_itself_current() throws Exception {
        HttpRequest request = request("/operations/events", "owner").build();
        var response = client.send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter(line -> line.startsWith("event:")).findFirst())
                    .contains("event: now");
        }
    }

    @Test
    void metrics_tell_of_http_the_journal_tasks_and_what_modules_add() {
        send("POST", "/api/pets/9", "ada", "Rex");
        String metrics = get("/metrics", "").body();
        assertThat(metrics)
                .contains(
                        "leat_http_requests_seconds_count{method=\"POST\",route=\"/api/pets/{id}\",status=\"201\"}",
                        "leat_journal_events_total",
                        "leat_journal_commit_seconds_count",
                        "leat_view_lag_events{view=\"pets.list\"}",
                        "leat_tasks{kind=\"pets.greet\"",
                        "leat_commands_total{outcome=\"accepted\",type=\"pet\"} 1.0",
                        "leat_pets_fed_total 7.0",
                        "jvm_memory_used_bytes");
    }

    @Test
    void metrics_do_not_leave_through_a_proxy() {
        HttpRequest proxied =
                request("/metrics", "").header("X-Forwarded-For", "203.0.113.7").build();
        assertThat(send(proxied).statusCode()).isEqualTo(403);
        HttpRequest owner = request("/metrics", "owner")
                .header("X-Forwarded-For", "203.0.113.7")
                .build();
        assertThat(send(owner).statusCode()).isEqualTo(200);
    }

    @Test
    void the_api_page_finds_routes_by_any_word_and_by_refusal() {
        assertThat(get("/api", "").body()).contains("/api/pets/{id}", "/api/operations/tasks");
        assertThat(get("/api?q=name+pet", "").body())
                .contains("/api/pets/{id}")
                .doesNotContain("/api/operations/tasks");
        assertThat(get("/api?q=pet.shy", "").body()).contains("/api/pets/{id}");
        assertThat(json(get("/api/openapi.json", "")).path("paths").has("/api/pets/{id}"))
                .isTrue();
    }

    @Test
    void every_problem_has_a_page_that_explains_it() {
        String problem = get("/nope", "ada").body();
        String type = Json.tree(problem).path("type").asString();
        assertThat(get(type, "").statusCode()).isEqualTo(200);
        String unknown = Json.tree(send("GET", "/api/operations", "", "").body())
                .path("type")
                .asString();
        assertThat(get(unknown, "").body()).contains("Sign in");
        assertThat(get("/problems/pet.shy", "").body()).contains("/api/pets/{id}");
        assertThat(get("/problems/pet.unheard-of", "").statusCode()).isEqualTo(404);
    }

    private JsonNode picture() {
        return json(get("/api/operations", "owner"));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.tree(response.body());
    }

    private HttpResponse<String> get(String path, String token) {
        return send(request(path, token).build());
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        return send(request(path, token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + leat.port() + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return path.startsWith("/operations") && token.isEmpty() ? request.header("Accept", "text/html") : request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 20 s").isLessThan(end);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
