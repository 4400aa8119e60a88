package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What nobody should send, sent by somebody: it is refused clearly, costs bounded memory, and takes nothing from others.
 *
 * <p>The bound: a process that starts with {@code -Xmx512m} never holds more than {@link #MOST_RESIDENT_BYTES}.
 */
final class BadInputJourneyTest {
    private static final long MOST_RESIDENT_BYTES = 900L << 20;
    private static final int REPEATS = 10;

    @TempDir
    static Path folder;

    private static Product product;
    private static Api ada;
    private static String mock;
    private static long pid;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
        ada = Workshop.founded(product).ada();
        mock = Workshop.published(ada, "workshop", "steady", Workshop.answering("/is", "steady"));
        pid = product.pid();
    }

    @AfterAll
    static void end() {
        product.close();
    }

    @BeforeEach
    @AfterEach
    void everything_is_as_it_was() throws IOException {
        assertThat(product.isAlive()).isTrue();
        assertThat(product.pid()).isEqualTo(pid);
        assertThat(Wire.get(product.port(), "steady-workshop.localhost", "/is")
                        .with(200)
                        .body())
                .isEqualTo("steady");
        assertThat(ada.get("/api/mocks/mocks/" + mock).with(200).text("status")).isEqualTo("published");
        assertThat(product.residentBytes()).as("bytes held").isLessThan(MOST_RESIDENT_BYTES);
        assertThat(product.errors()).isEmpty();
    }

    private static Api.Answer bytes(String method, String path, byte[] source) throws IOException {
        return ada.send(method, path, Map.of("Content-Type", "text/yaml"), source);
    }

    /** A file that cannot be published is told so with a place, and what answered before goes on. */
    private static void isRefusedAtAPlace(byte[] source) throws IOException {
        JsonNode found =
                bytes("POST", "/api/mocks/diagnostics", source).with(200).json();
        assertThat(found).isNotEmpty();
        assertThat(found.path(0).path("severity").asString("")).isEqualTo("error");
        assertThat(found.path(0).path("line").asInt()).isPositive();
        assertThat(found.path(0).path("message").asString("")).isNotBlank();
        JsonNode saved = bytes("PUT", "/api/mocks/mocks/" + mock + "/source?publish=true", source)
                .with(200)
                .json();
        assertThat(saved.path("diagnostics")).isNotEmpty();
        ada.put("/api/mocks/mocks/" + mock + "/publication", Map.of("revision", 1))
                .with(200, 202);
    }

    @Test
    void a_file_of_ten_megabytes_is_refused_before_it_is_read() throws Exception {
        byte[] file = ("- endpoint:\n    path: /x\n    response: {body: \"" + "x".repeat(10 << 20) + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < REPEATS; i++) {
            try (var wire = new Wire(product.port())) {
                wire.write("POST /api/mocks/diagnostics HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/yaml\r\n"
                        + "Authorization: Bearer " + ada.token() + "\r\nContent-Length: " + file.length + "\r\n\r\n");
                try {
                    wire.write(Arrays.copyOf(file, 1 << 20));
                } catch (IOException e) {
                    // it need not take what it refuses
                }
                assertThat(wire.answer().with(413).code()).isEqualTo("request.too-large");
            }
        }
    }

    @Test
    void a_file_of_four_megabytes_is_told_its_limit() throws Exception {
        byte[] file = ("- endpoint:\n    path: /x\n    response: {body: \"" + "x".repeat(4 << 20) + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < REPEATS; i++) {
            Api.Answer answer = bytes("PUT", "/api/mocks/mocks/" + mock + "/source", file);
            assertThat(answer.status()).isIn(413, 422);
            assertThat(answer.code()).isEqualTo("mock.too-large");
        }
    }

    @Test
    void a_billion_laughs_are_not_laughed() throws Exception {
        var file = new StringBuilder("a0: &a0 [" + "\"lol\",".repeat(9) + "\"lol\"]\n");
        for (int i = 1; i < 12; i++) {
            file.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(",", java.util.Collections.nCopies(10, "*a" + (i - 1)))));
        }
        for (int i = 0; i < REPEATS; i++) {
            isRefusedAtAPlace(file.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void nesting_without_end_is_refused() throws Exception {
        isRefusedAtAPlace("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        isRefusedAtAPlace("{a: ".repeat(50_000).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_that_is_no_utf_8_is_refused_at_its_first_wrong_byte() throws Exception {
        byte[] file = Workshop.answering("/x", "caf_").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '_') {
                file[i] = (byte) 0xe9;
            }
        }
        isRefusedAtAPlace(file);
    }

    @Test
    void a_path_of_ten_thousand_characters_is_refused_in_a_file_and_in_a_request() throws Exception {
        String path = "/" + "p".repeat(10_000);
        isRefusedAtAPlace(Workshop.answering(path, "x").getBytes(StandardCharsets.UTF_8));
        Wire.get(product.port(), "localhost", path).with(414);
        Wire.get(product.port(), "steady-workshop.localhost", path).with(414);
    }

    @Test
    void headers_without_end_are_refused() throws Exception {
        try (var wire = new Wire(product.port())) {
            wire.write("GET /mocks HTTP/1.1\r\nHost: localhost\r\nX-Much: " + "m".repeat(40_000) + "\r\n\r\n");
            wire.answer().with(431);
        }
        try (var wire = new Wire(product.port())) {
            wire.write("GET /mocks HTTP/1.1\r\nHost: localhost\r\n" + "X-Many: m\r\n".repeat(5_000) + "\r\n");
            wire.answer().with(431);
        }
    }

    @Test
    void json_that_is_none_and_bodies_that_never_were_are_refused_with_a_code() throws Exception {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        for (String body : List.of("{", "[]", "null", "\"x\"", "{\"name\": 5}", "{\"name\": \"\u0000\"}")) {
            Api.Answer answer =
                    ada.send("POST", "/api/accounts/organizations", json, body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(body).isBetween(400, 422);
            assertThat(answer.code()).as(body).isNotEmpty();
        }
        try (var wire = new Wire(product.port())) {
            wire.write("POST /api/accounts/organizations HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(400);
        }
        try (var wire = new Wire(product.port())) {
            wire.write("\u0000\u0001\u0002 nonsense\r\n\r\n");
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void two_hundred_callers_who_never_finish_their_sentence_are_shown_out_while_others_are_served() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                var wire = new Wire(product.port());
                slow.add(wire);
                wire.write("GET /mocks HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            }
            for (int i = 0; i < 100; i++) {
                Wire.get(product.port(), "steady-workshop.localhost", "/is").with(200);
            }
            for (Wire wire : slow) {
                assertThat(wire.isEnded()).as("shown out").isTrue();
            }
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }
}
