package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import leat.web.ui.Pages;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final Map<String, String> QUESTION =
            Map.of("_ask", "Drop <it>?", "_ask_detail", "It is lost.", "_ask_label", "Drop", "colour", "red & blue");

    private final AtomicInteger done = new AtomicInteger();
    private final Handler deed = request -> {
        done.incrementAndGet();
        return Response.redirect("/things");
    };
    private final Route[] routes = {
        Route.delete("/things/{id}", Access.signedIn(), deed), Route.post("/open", Access.anyone(), deed)
    };

    private Running running() {
        var pages = new Pages(name -> "/assets/" + name, List.of(), person -> List.of());
        return Running.with(
                ServerSettings.local(0),
                Site.of(List.of(routes), new Running.TestDoorkeeper()).asking(pages::confirmation));
    }

    private static HttpResponse<String> submit(
            Running running, String target, String token, Map<String, String> fields, String... headers) {
        String form = fields.entrySet().stream()
                .map(field -> "&" + field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("", "_method=DELETE&_csrf=" + token, ""));
        var all = new ArrayList<>(List.of(
                "Cookie", "as=viewer", "Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded"));
        all.addAll(List.of(headers));
        return running.send("POST", target, form, all.toArray(String[]::new));
    }

    @Test
    void a_form_that_asks_is_answered_with_the_question_and_nothing_is_done() {
        try (var running = running()) {
            var asked = submit(
                    running,
                    "/things/7?with=parts",
                    Running.SECRET,
                    QUESTION,
                    "Referer",
                    "http://127.0.0.1:" + running.server.port() + "/things?page=2");
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.body())
                    .contains("<h1>Drop &lt;it&gt;?</h1>", "It is lost.", ">Drop</button>")
                    .contains("method=\"post\" action=\"/things/7?with=parts\"")
                    .contains("name=\"_method\" value=\"DELETE\"")
                    .contains("name=\"_csrf\" value=\"" + Running.SECRET + "\"")
                    .contains("name=\"colour\" value=\"red &amp; blue\"")
                    .contains("href=\"/things?page=2\">Cancel")
                    .doesNotContain("name=\"_ask");
            assertThat(done).hasValue(0);
            assertThat(submit(running, "/things/7", Running.SECRET, Map.of()).statusCode())
                    .isEqualTo(303);
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void a_phrase_must_be_typed_as_it_is_before_the_deed_is_done() {
        try (var running = running()) {
            Map<String, String> asking = Map.of("_ask", "Remove pets?", "_ask_phrase", "pets");
            assertThat(submit(running, "/things/7", Running.SECRET, asking).body())
                    .contains("Type <code>pets</code>", "name=\"_ask_typed\"", "name=\"_ask_phrase\" value=\"pets\"")
                    .doesNotContain("That is something else.");
            var wrong = Map.of(
                    "_ask", "Remove pets?", "_ask_phrase", "pets", "_ask_typed", "pet", "_ask_back", "/things?page=2");
            assertThat(submit(running, "/things/7", Running.SECRET, wrong).body())
                    .contains("That is something else.", "href=\"/things?page=2\">Cancel");
            assertThat(done).hasValue(0);
            var right = Map.of("_ask", "Remove pets?", "_ask_phrase", "pets", "_ask_typed", "pets");
            assertThat(submit(running, "/things/7", Running.SECRET, right).statusCode())
                    .isEqualTo(303);
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void a_question_without_the_session_s_token_is_never_shown() {
        try (var running = running()) {
            assertThat(submit(running, "/things/7", "wrong", QUESTION).body()).doesNotContain("It is lost.");
            assertThat(running.send(
                                    "POST",
                                    "/open",
                                    "_ask=Give+me+your+password",
                                    "Content-Type",
                                    "application/x-www-form-urlencoded")
                            .body())
                    .doesNotContain("password");
        }
    }

    @Test
    void cancelling_never_leads_to_another_site() {
        try (var running = running()) {
            for (String referer : List.of("https://elsewhere.example/things", "mailto:a@b.example", "::", "//x/y")) {
                assertThat(submit(running, "/things/7", Running.SECRET, QUESTION, "Referer", referer)
                                .body())
                        .as(referer)
                        .contains("href=\"/\">Cancel");
            }
            var lured = Map.of("_ask", "Drop it?", "_ask_back", "//elsewhere.example/");
            assertThat(submit(running, "/things/7", Running.SECRET, lured).body())
                    .contains("href=\"/\">Cancel");
        }
    }
}
