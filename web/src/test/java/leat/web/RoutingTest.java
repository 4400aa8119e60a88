package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static Route text(String method, String path, String answer) {
        return Route.of(method, path, Access.anyone(), request -> Response.text("text/plain", answer));
    }

    @Test
    void a_literal_segment_beats_a_named_one_and_gives_way_when_it_leads_nowhere() {
        try (var running = Running.with(
                text("GET", "/mocks/new", "new"),
                Route.get("/mocks/{id}", Access.anyone(), r -> Response.text("text/plain", "id " + r.parameter("id"))),
                Route.get(
                        "/mocks/{id}/log",
                        Access.anyone(),
                        r -> Response.text("text/plain", "log " + r.parameter("id"))))) {
            assertThat(running.get("/mocks/new").body()).isEqualTo("new");
            assertThat(running.get("/mocks/old").body()).isEqualTo("id old");
            assertThat(running.get("/mocks/new/log").body()).isEqualTo("log new");
        }
    }

    @Test
    void a_parameter_is_decoded_after_the_path_was_split() {
        try (var running = Running.with(
                Route.get("/files/{name}", Access.anyone(), r -> Response.json(200, List.of(r.parameter("name")))))) {
            assertThat(running.get("/files/a%2Fb%20%C3%A4+").body()).isEqualTo("[\"a/b ä+\"]");
            try (var client = running.raw()) {
                client.say("GET /files/a%zz HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 400 ");
            }
            assertThat(running.get("/files/a%ff").statusCode()).isEqualTo(400);
            assertThat(running.get("/files/").statusCode()).isEqualTo(404);
            assertThat(running.get("/files/a/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void an_unknown_address_is_a_problem_with_404() {
        try (var running = Running.with(text("GET", "/", "home"))) {
            var answer = running.get("/nowhere");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(Running.code(answer)).isEqualTo("resource.absent");
            assertThat(running.get("/").body()).isEqualTo("home");
        }
    }

    @Test
    void another_method_is_told_405_and_which_ones_there_are() {
        try (var running = Running.with(text("GET", "/a", "a"), text("PUT", "/a", "a"))) {
            var answer = running.send("DELETE", "/a", "");
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).hasValue("GET, PUT, HEAD, OPTIONS");
            var options = running.send("OPTIONS", "/a", "");
            assertThat(options.statusCode()).isEqualTo(204);
            assertThat(options.headers().firstValue("allow")).hasValue("GET, PUT, HEAD, OPTIONS");
        }
    }

    @Test
    void head_answers_as_get_without_the_body() {
        try (var running = Running.with(text("GET", "/a", "hello"));
                var client = running.raw()) {
            client.say("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-length: 5\r\n")
                    .containsIgnoringCase("content-type: text/plain");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_on_one_connection() {
        try (var running = Running.with(text("GET", "/a", "first"), text("GET", "/b", "second"));
                var client = running.raw()) {
            client.say(
                    "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("first");
            assertThat(client.answer()).endsWith("second");
            assertThat(client.answer()).endsWith("first");
        }
    }

    @Test
    void a_plain_form_may_say_which_method_it_means() {
        try (var running = Running.with(text("DELETE", "/a", "deleted"), text("POST", "/b", "posted"))) {
            String form = "application/x-www-form-urlencoded";
            assertThat(running.send("POST", "/a", "_method=DELETE", "Content-Type", form)
                            .body())
                    .isEqualTo("deleted");
            assertThat(running.send("POST", "/b", "x=1", "Content-Type", form).body())
                    .isEqualTo("posted");
            assertThat(running.send("POST", "/b", "_method=CONNECT", "Content-Type", form)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(running.send("POST", "/a", "_method=DELETE", "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(405);
            assertThat(running.send("POST", "/a?_method=DELETE", "x=1", "Content-Type", form)
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void two_routes_for_one_request_are_refused_at_start() {
        assertThatThrownBy(() -> Running.with(text("GET", "/a/{x}", ""), text("GET", "/a/{y}", ""))
                        .close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /a/{y}");
    }

    @Test
    void a_bad_pattern_is_refused_when_it_is_written() {
        for (String bad : List.of("mocks", "/a b", "/{}", "/{x}/{x}", "/a{x}")) {
            assertThatThrownBy(() -> PathPattern.of(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void http2_is_spoken_without_tls() throws Exception {
        try (var running = Running.with(text("GET", "/a", "hello"));
                var client = java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_2)
                        .build()) {
            for (int i = 0; i < 2; i++) {
                var answer = client.send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create("http://127.0.0.1:" + running.server.port() + "/a"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("hello");
            }
        }
    }
}
