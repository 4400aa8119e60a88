package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import leat.mocks.definition.MockDefinition;
import leat.mocks.definition.ParameterType;
import leat.mocks.definition.PathPattern.Fixed;
import leat.mocks.definition.PathPattern.Parameter;
import leat.mocks.definition.PathPattern.Rest;
import leat.mocks.definition.PathPattern.Segment;
import leat.mocks.definition.RouteDefinition;
import leat.mocks.serving.TemplateBodies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of moclojer's documentation, from the file to the answer on the wire: it is refused for its unsupported
 * feature, or published, and then each of its endpoints answers with the status that it states.
 */
final class DocumentedExamplesTest {
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Running.fixture(""))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void it_is_refused_with_its_reason_or_each_endpoint_answers(String file) throws IOException {
        byte[] source = Files.readAllBytes(Running.fixture(file));
        String name = file.substring(0, file.length() - 4);
        String id = running.created(name, new String(source, StandardCharsets.UTF_8));
        var publication = running.as("acme-editor", "PUT", "/api/mocks/mocks/" + id + "/publication")
                .json();
        var definition = MockDefinition.parse(source, TemplateBodies.LIVE).definition();

        if (definition.isEmpty()) {
            assertThat(publication.path("status").asString()).isEqualTo("invalid");
            assertThat(publication.path("reasons").valueStream()).isNotEmpty().allSatisfy(reason -> {
                assertThat(reason.path("code").asString()).isNotEmpty();
                assertThat(reason.path("line").asInt()).isPositive();
                assertThat(reason.path("advice").asString()).isNotEmpty();
            });
            return;
        }
        assertThat(publication.path("status").asString()).isEqualTo("published");
        for (RouteDefinition route : definition.get().routes()) {
            Running.Answer answer = running.send(
                    route.method(),
                    "/m/acme/" + name + path(route),
                    route.bodySample().orElse("").getBytes(StandardCharsets.UTF_8),
                    headers(route));
            assertThat(answer.status())
                    .as(route.title() + ": " + answer.text())
                    .isEqualTo(route.response().status());
            assertThat(answer.header("content-type"))
                    .as(route.title())
                    .isEqualTo(route.response().contentType());
        }
    }

    private static String[] headers(RouteDefinition route) {
        var headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        route.host().ifPresent(host -> headers.addAll(List.of("Host", host)));
        return headers.toArray(String[]::new);
    }

    private static String path(RouteDefinition route) {
        var path = new StringBuilder();
        for (Segment segment : route.path().segments()) {
            path.append('/')
                    .append(
                            switch (segment) {
                                case Fixed fixed -> fixed.text();
                                case Parameter(String _, ParameterType type) -> sample(type);
                                case Rest _ -> "rest";
                            });
        }
        if (path.isEmpty()) {
            path.append('/');
        }
        String separator = "?";
        for (var parameter : route.query()) {
            path.append(separator).append(parameter.name()).append('=').append(sample(parameter.type()));
            separator = "&";
        }
        return path.toString();
    }

    private static String sample(ParameterType type) {
        return Stream.of("ada", "7", "true", "2026-01-31", "6f1f0d0e-0000-4000-8000-000000000001")
                .filter(type::accepts)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dynamic-responses-01 | GET  | /users/42                       |                               | "name": "User 42"
                    dynamic-responses-01 | GET  | /users/42/profile/work          |                               | "title": "work for User 42"
                    dynamic-responses-02 | GET  | /users?role=admin&page=3        |                               | "role": "admin"
                    dynamic-responses-06 | GET  | /debug                          |                               | "path_param": ""
                    template-system-03   | POST | /orders                         | {"user_id": 7, "total": 1.10} | "total": 1.10
                    template-system-11   | GET  | /profile/o%22brien              |                               | "welcome_message": "Hello, o\\"brien!"
                    """)
    void values_of_the_request_stand_in_the_answer(
            String file, String method, String target, String body, String expected) throws IOException {
        String name = file + "-values-" + Integer.toHexString(target.hashCode() & 0xfff);
        running.published(name, Files.readString(Running.fixture(file + ".yml")));

        Running.Answer answer = running.send(
                method,
                "/m/acme/" + name + target,
                (body == null ? "" : body).getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");

        assertThat(answer.text()).contains(expected);
    }
}
