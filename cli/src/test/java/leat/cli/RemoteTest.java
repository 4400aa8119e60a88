package leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RemoteTest {
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Remote remote() {
        return new Remote(new Connection(URI.create(server.url()), Optional.of("leat_t")), "1.2.3");
    }

    @Test
    void a_change_says_who_and_what_and_that_it_is_one_command() {
        server.on("PUT /api/pets/1", 200, "{\"name\":\"Rex\"}");
        Reply reply =
                remote().send("PUT", "/api/pets/1", Map.of("If-Match", "\"4\""), Optional.of(Map.of("name", "Rex")));
        assertThat(reply.json().path("name").asString()).isEqualTo("Rex");
        ScriptedServer.Asked asked = server.asked().getFirst();
        assertThat(asked.body()).isEqualTo("{\"name\":\"Rex\"}");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(asked.header("If-Match")).isEqualTo("\"4\"");
        assertThat(asked.header("Idempotency-Key")).matches("[0-9a-f-]{36}");
        assertThat(asked.header("User-Agent")).isEqualTo("leat/1.2.3");
    }

    @Test
    void a_file_is_sent_as_it_is() {
        server.on("POST /api/files", 201, "{}");
        remote().send(
                        "POST",
                        "/api/files",
                        Map.of("Content-Type", "application/yaml"),
                        Optional.of("a: 1".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(server.asked().getFirst().body()).isEqualTo("a: 1");
        assertThat(server.asked().getFirst().header("Content-Type")).isEqualTo("application/yaml");
    }

    @Test
    void a_refusal_keeps_the_servers_words_and_names_each_wrong_field() {
        server.on("POST /api/pets", 400, """
                {"code":"pet.invalid","detail":"The pet is not complete.","status":400,
                 "violations":[{"field":"name","code":"missing","message":"give it a name"}]}""");
        assertThatThrownBy(() -> remote().post("/api/pets", Map.of()))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
                    assertThat(failure.code()).isEqualTo("pet.invalid");
                    assertThat(failure).hasMessage("The pet is not complete.");
                    assertThat(failure.more()).containsExactly("name: give it a name");
                });
    }

    @Test
    void each_sort_of_no_has_its_exit_code() {
        assertThat(exitCodeFor(401)).isEqualTo(ExitCode.NOT_SIGNED_IN);
        assertThat(exitCodeFor(403)).isEqualTo(ExitCode.REFUSED);
        assertThat(exitCodeFor(409)).isEqualTo(ExitCode.CONFLICT);
        assertThat(exitCodeFor(412)).isEqualTo(ExitCode.CONFLICT);
        assertThat(exitCodeFor(503)).isEqualTo(ExitCode.REFUSED);
    }

    private ExitCode exitCodeFor(int status) {
        server.on("GET /" + status, status, "{\"code\":\"no\",\"detail\":\"No.\"}");
        try {
            remote().get("/" + status);
            throw new AssertionError("it was answered");
        } catch (CommandFailure failure) {
            return failure.exitCode();
        }
    }

    @Test
    void an_answer_that_is_no_problem_is_told_as_such_and_not_printed() {
        server.on("GET /", new ScriptedServer.Answer(502, "text/html", "<h1>\u001b[2Jproxy</h1>"));
        assertThatThrownBy(() -> remote().get("/"))
                .hasMessageContaining("answered 502")
                .hasMessageNotContaining("proxy");
    }

    @Test
    void control_characters_of_a_problem_do_not_reach_the_terminal() {
        server.on("GET /", 409, "{\"code\":\"no\",\"detail\":\"No \\u001b[2J.\"}");
        assertThatThrownBy(() -> remote().get("/")).hasMessage("No  [2J.");
    }

    @Test
    void a_paged_list_is_read_to_its_end_or_to_the_limit() {
        server.on("GET /api/pets?kind=dog&limit=200", 200, "{\"items\":[{\"n\":1},{\"n\":2}],\"next\":\"c1\"}");
        server.on("GET /api/pets?kind=dog&limit=198&after=c1", 200, "{\"items\":[{\"n\":3}],\"next\":null}");
        List<JsonNode> all = remote().items("/api/pets?kind=dog", 200);
        assertThat(all).extracting(pet -> pet.path("n").asInt()).containsExactly(1, 2, 3);
        server.on("GET /api/pets?kind=dog&limit=2", 200, "{\"items\":[{\"n\":1},{\"n\":2}],\"next\":\"c1\"}");
        assertThat(remote().items("/api/pets?kind=dog", 2)).hasSize(2);
    }

    @Test
    void nobody_at_the_address_is_told_with_what_to_do() {
        server.close();
        assertThatThrownBy(() -> remote().get("/"))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
                .hasMessageContaining("leat run");
    }

    @Test
    void a_stream_of_events_is_resumed_behind_the_last_one_seen() {
        server.on("GET /events", new ScriptedServer.Answer(200, "text/event-stream", """
                : hello

                id: 1
                event: line
                data: a
                data: b

                id: 2
                data: c

                """));
        var seen = new ArrayList<EventStream.Event>();
        remote().follow("/events", event -> {
            seen.add(event);
            return seen.size() < 3;
        });
        assertThat(seen)
                .containsExactly(
                        new EventStream.Event("1", "line", "a\nb"),
                        new EventStream.Event("2", "message", "c"),
                        new EventStream.Event("1", "line", "a\nb"));
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().getLast().header("Last-Event-ID")).isEqualTo("2");
    }

    @Test
    void a_refused_stream_of_events_ends_at_once() {
        server.on("GET /events", 404, "{\"code\":\"pet.absent\",\"detail\":\"There is no such pet.\"}");
        assertThatThrownBy(() -> remote().follow("/events", _ -> true)).hasMessage("There is no such pet.");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void an_address_is_http_and_nothing_beside() {
        assertThat(Connection.parse("HTTP://Leat.Test:81/x//")).hasToString("http://leat.test:81/x");
        for (String bad : List.of("leat", "ftp://leat", "http://user@leat", "http://leat?x", "http://", "http://a b")) {
            assertThatThrownBy(() -> Connection.parse(bad)).hasMessageContaining("is no address of a server");
        }
    }
}
