package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForgeryTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Route[] ROUTES = {
        Route.post("/a", Access.signedIn(), request -> Response.noContent()),
        Route.get("/a", Access.signedIn(), request -> Response.noContent()),
        Route.post("/sign-in", Access.anyone(), request -> Response.noContent())
    };

    @Test
    void a_change_in_a_session_needs_the_session_s_token() {
        try (var running = Running.with(ROUTES)) {
            var missing = running.send("POST", "/a", "", "Cookie", "as=viewer");
            assertThat(missing.statusCode()).isEqualTo(403);
            assertThat(Running.code(missing)).isEqualTo("csrf.token");
            assertThat(running.send("POST", "/a", "", "Cookie", "as=viewer", "X-CSRF-Token", "wrong")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(running.send("POST", "/a", "", "Cookie", "as=viewer", "X-CSRF-Token", Running.SECRET)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(running.send(
                                    "POST",
                                    "/a",
                                    "_csrf=" + Running.SECRET,
                                    "Cookie",
                                    "as=viewer",
                                    "Content-Type",
                                    FORM)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(running.send("POST", "/a?_csrf=" + Running.SECRET, "", "Cookie", "as=viewer")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void looking_needs_no_token_and_neither_does_a_program() {
        try (var running = Running.with(ROUTES)) {
            assertThat(running.get("/a", "Cookie", "as=viewer").statusCode()).isEqualTo(204);
            assertThat(running.send("POST", "/a", "", "Authorization", "Bearer viewer/*")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void another_site_or_a_neighbouring_host_is_refused_whatever_it_carries() {
        try (var running = Running.with(ROUTES)) {
            for (List<String> foreign : List.of(
                    List.of("Sec-Fetch-Site", "cross-site"),
                    List.of("Sec-Fetch-Site", "same-site"),
                    List.of("Origin", "https://evil.example"),
                    List.of("Origin", "null"),
                    List.of("Origin", "http://127.0.0.1:1"))) {
                var answer = running.send(
                        "POST",
                        "/a",
                        "",
                        "Cookie",
                        "as=viewer",
                        "X-CSRF-Token",
                        Running.SECRET,
                        foreign.get(0),
                        foreign.get(1));
                assertThat(answer.statusCode()).as(foreign.toString()).isEqualTo(403);
                assertThat(Running.code(answer)).isEqualTo("csrf.cross-site");
                assertThat(running.send("POST", "/sign-in", "", foreign.get(0), foreign.get(1))
                                .statusCode())
                        .isEqualTo(403);
            }
            assertThat(running.send(
                                    "POST",
                                    "/sign-in",
                                    "",
                                    "Sec-Fetch-Site",
                                    "same-origin",
                                    "Origin",
                                    "http://127.0.0.1:" + running.server.port())
                            .statusCode())
                    .isEqualTo(204);
        }
    }
}
