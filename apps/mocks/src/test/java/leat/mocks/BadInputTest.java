package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong is refused in words, within bounds, and nothing else suffers from it. */
final class BadInputTest {
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
        running.published("good", Running.HELLO);
    }

    @AfterAll
    static void stop() {
        assertThat(running.get("/m/acme/good/hello/ada").status()).isEqualTo(200);
        running.close();
    }

    private static Running.Answer diagnose(byte[] source) {
        return running.as("acme-viewer", "POST", "/api/mocks/diagnostics", source, "Content-Type", "text/plain");
    }

    private static List<String> codes(String source) {
        Running.Answer answer = diagnose(source.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().valueStream().map(it -> it.path("code").asString()).toList();
    }

    @Test
    void a_file_of_10_megabytes_is_too_large() {
        Running.Answer answer = diagnose(new byte[10 << 20]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("request.too-large");
    }

    @Test
    void a_file_just_beyond_the_limit_is_refused_with_the_limit() {
        Running.Answer answer = running.as(
                "acme-editor",
                "POST",
                "/api/mocks/mocks?organization=acme&name=large",
                new byte[(2 << 20) + 1],
                "Content-Type",
                "text/yaml");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("mock.too-large");
    }

    @Test
    void a_billion_laughs_stay_few() {
        var bomb = new StringBuilder("a0: &a0 lol\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }

        assertThat(codes(bomb.toString())).contains("yaml.alias-limit");
    }

    @Test
    void mistakes_have_their_codes() {
        assertThat(codes("- endpoint:\n    pth: /x\n    response: {status: 200}\n"))
                .contains("key.unknown");
        assertThat(codes("- endpoint: {path: /x}\n- endpoint: {path: /x}\n")).contains("route.duplicate");
        assertThat(codes("- endpoint:\n    path: [1]\n")).contains("value.type");
        assertThat(codes("- endpoint:\n    path: /x\n    response: {body: \"{{a|nofilter}}\"}\n"))
                .contains("template.syntax");
        assertThat(codes("\"")).contains("yaml.syntax");
    }

    @Test
    void bytes_that_are_no_text_are_kept_and_explained() {
        byte[] latin = {'-', ' ', (byte) 0xe9, '\n'};

        assertThat(diagnose(latin).text()).contains("yaml.encoding");
        Running.Answer made = running.as(
                "acme-editor",
                "POST",
                "/api/mocks/mocks?organization=acme&name=latin",
                latin,
                "Content-Type",
                "text/yaml");
        Running.Answer publication = running.as(
                "acme-editor",
                "PUT",
                "/api/mocks/mocks/" + made.json().path("id").asString() + "/publication");
        assertThat(publication.json().path("status").asString()).isEqualTo("invalid");
    }

    @Test
    void a_template_that_would_not_end_is_stopped_and_others_go_on() {
        running.published("endless", """
                - endpoint:
                    path: /x
                    response:
                      headers: {Content-Type: text/plain}
                      body: "{% for a in 10000|range %}{% for b in 10000|range %}{{a}}{% endfor %}{% endfor %}"
                """);

        Running.Answer answer = running.get("/m/acme/endless/x");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("mock.template-failed");
        assertThat(running.get("/m/acme/good/hello/ada").status()).isEqualTo(200);
    }

    @Test
    void a_body_that_is_no_json_is_refused_before_anything_happens() {
        Running.Answer answer =
                running.as("acme-editor", "POST", "/api/mocks/mocks", "{\"name\":", "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("request.malformed");
    }
}
