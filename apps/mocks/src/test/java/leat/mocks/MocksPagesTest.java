package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages as a browser without scripts uses them, and the events that make them live. */
final class MocksPagesTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    @BeforeEach
    void start() {
        running = Running.inMemory();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Running.Answer page(String user, String path) {
        return running.get(path, "Cookie", "as=" + user, "Accept", "text/html");
    }

    private Running.Answer submit(String user, String path, Map<String, String> fields, String... headers) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "_csrf=" + Town.CSRF + "&", ""));
        var all = new String[headers.length + 6];
        System.arraycopy(headers, 0, all, 0, headers.length);
        System.arraycopy(
                new String[] {
                    "Cookie", "as=" + user, "Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded"
                },
                0,
                all,
                headers.length,
                6);
        return running.send("POST", path, form.getBytes(StandardCharsets.UTF_8), all);
    }

    @Test
    void an_empty_list_offers_an_example_that_only_needs_publishing() {
        assertThat(page("acme-editor", "/mocks").text()).contains("Start with an example");

        Running.Answer made = submit("acme-editor", "/mocks/example", Map.of());
        assertThat(made.status()).isEqualTo(303);
        String location = made.header("location");
        Running.Answer shown = page("acme-editor", location);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text()).contains("Draft").contains("/hello/:username").contains("hello-acme.localhost");

        Running.Answer published =
                submit("acme-editor", location, Map.of("revision", "1", "source", Running.HELLO, "action", "publish"));
        assertThat(published.status()).isEqualTo(303);
        assertThat(page("acme-editor", location).text()).contains("Published");
        assertThat(running.get("/m/acme/hello/hello/ada").text()).contains("ada!");
    }

    @Test
    void a_refused_name_comes_back_with_its_sentence_and_the_text() {
        Running.Answer refused = submit(
                "acme-editor", "/mocks", Map.of("organization", "acme", "name", "No Good", "source", "# precious\n"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("lower-case letters")
                .contains("# precious")
                .contains("No Good");
    }

    @Test
    void a_viewer_sees_everything_and_can_change_nothing() {
        String id = running.published("hello", Running.HELLO);

        Running.Answer shown = page("acme-viewer", "/mocks/" + id);

        assertThat(shown.text())
                .contains("readonly")
                .doesNotContain("Save and publish")
                .doesNotContain("Remove this mock");
        assertThat(submit("acme-viewer", "/mocks/" + id, Map.of("revision", "1", "source", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(page("bolt-editor", "/mocks/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_text_written_upon_an_older_revision_is_not_saved_over_a_newer_one() {
        String id = running.created("hello", Running.HELLO);
        submit("acme-editor", "/mocks/" + id, Map.of("revision", "1", "source", "# mine"));

        Running.Answer stale = submit("acme-owner", "/mocks/" + id, Map.of("revision", "1", "source", "# theirs"));
        Running.Answer live = submit(
                "acme-owner", "/mocks/" + id, Map.of("revision", "1", "source", "# theirs"), "HX-Request", "true");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(live.status()).isEqualTo(204);
        assertThat(live.header("hx-trigger")).contains("\"tone\":\"bad\"").contains("while you were writing");
    }

    @Test
    void one_of_something_is_not_called_many() {
        String id = running.published("hello", Running.HELLO);
        running.get("/m/acme/hello/hello/ada");

        assertThat(page("acme-viewer", "/mocks").text())
                .contains("1 mock<")
                .contains("1 request in the last hour")
                .doesNotContain("1 mocks")
                .doesNotContain("1 requests");
        assertThat(page("acme-viewer", "/mocks/" + id + "/revisions").text())
                .contains("1 revision<")
                .doesNotContain("1 revisions");
    }

    @Test
    void revisions_show_what_changed_and_bring_it_back() {
        String id = running.published("hello", Running.HELLO);
        submit(
                "acme-editor",
                "/mocks/" + id,
                Map.of("revision", "1", "source", Running.HELLO.replace("200", "201"), "action", "publish"));

        assertThat(page("acme-viewer", "/mocks/" + id + "/revisions").text())
                .contains("1 → 2")
                .contains("status: 201")
                .doesNotContain("Bring back");
        assertThat(submit("acme-editor", "/mocks/" + id + "/revisions?restores=1", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(running.get("/m/acme/hello/hello/ada").status()).isEqualTo(200);
        assertThat(page("acme-viewer", "/mocks/" + id + "/revisions").text()).contains("brings back 1");
    }

    @Test
    void the_page_turns_published_and_shows_requests_without_being_loaded_again() throws IOException {
        String id = running.created("hello", Running.HELLO);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(("GET /mocks/" + id
                                    + "/events HTTP/1.1\r\nHost: localhost\r\nCookie: as=acme-viewer\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(until(in, "Draft")).contains("event: status");

            running.as("acme-editor", "PUT", "/api/mocks/mocks/" + id + "/publication");
            assertThat(until(in, ">Published<")).contains("event: status");

            running.get("/m/acme/hello/hello/%3Cscript%3E");
            assertThat(until(in, "event: count"))
                    .contains("event: request")
                    .contains("/hello/%3Cscript%3E")
                    .doesNotContain("<script");
        }
    }

    private static String until(InputStream in, String wanted) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new AssertionError("the stream ended before \"" + wanted + "\": " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    @Test
    void a_request_can_be_looked_at_with_the_reason_for_its_miss() {
        String id = running.published("hello", Running.HELLO);
        running.get("/m/acme/hello/helo/ada");

        Running.Answer shown = page("acme-viewer", "/mocks/" + id + "/requests/1");

        assertThat(shown.text())
                .contains("mock.no-route")
                .contains("GET /hello/:username")
                .contains("The nearest routes");
        assertThat(page("acme-viewer", "/mocks/" + id + "/requests/99").status())
                .isEqualTo(404);
    }

    @Test
    void a_json_body_is_laid_out_for_reading_and_copied_as_it_was_sent() {
        String id = running.published("hello", Running.HELLO);
        running.get("/m/acme/hello/helo/ada");

        String shown = page("acme-viewer", "/mocks/" + id + "/requests/1").text();

        assertThat(shown)
                .containsPattern("<pre tabindex=\"0\">\\s*\\{\n  \"[a-z]+\": ")
                .contains("data-copy=\"{&#34;");
    }

    @Test
    void an_error_of_the_newest_text_is_told_once_and_one_of_an_older_text_beside_what_goes_on_answering() {
        String id = running.published("hello", Running.HELLO);
        String wrong = Running.HELLO.replace("method: GET", "method: PAST");
        submit("acme-editor", "/mocks/" + id, Map.of("revision", "1", "source", wrong, "action", "publish"));

        assertThat(page("acme-viewer", "/mocks/" + id).text())
                .contains("listed under Findings. Revision 1 goes on answering.")
                .doesNotContain("class=\"reasons\"")
                .containsOnlyOnce("<span>There is no method `PAST` here.</span>");

        submit("acme-editor", "/mocks/" + id, Map.of("revision", "2", "source", Running.HELLO + "# better"));
        running.as("acme-editor", "PUT", "/api/mocks/mocks/" + id + "/publication", Map.of("revision", 2));
        assertThat(page("acme-viewer", "/mocks/" + id).text())
                .contains("Revision 2 was not published: it has errors.")
                .contains("<li>There is no method `PAST` here.")
                .doesNotContain("<span>There is no method `PAST` here.</span>");
    }

    @Test
    void a_mock_is_unpublished_and_removed_by_plain_forms() {
        String id = running.published("hello", Running.HELLO);

        submit("acme-editor", "/mocks/" + id + "/publication", Map.of("_method", "DELETE"));
        assertThat(running.get("/m/acme/hello/hello/ada").status()).isEqualTo(404);
        submit("acme-editor", "/mocks/" + id, Map.of("_method", "DELETE"));

        assertThat(page("acme-editor", "/mocks/" + id).status()).isEqualTo(404);
        assertThat(page("acme-editor", "/mocks").text()).contains("No mocks yet");
    }
}
