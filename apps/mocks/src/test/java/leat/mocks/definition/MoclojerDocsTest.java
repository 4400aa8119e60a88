package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every example of moclojer's documentation either publishes or is refused for the reason stated here. */
class MoclojerDocsTest {
    /** File, then the number of routes or "refused", then each finding as severity, code and line. */
    private static final String EXPECTED = """
            configuration-spec-01 2
            configuration-spec-07 refused ERROR feature.unsupported 1
            configuration-spec-08 refused ERROR feature.unsupported 1
            configuration-spec-11 2
            configuration-spec-12 refused ERROR feature.unsupported 16, ERROR feature.unsupported 38, ERROR feature.unsupported 51
            dynamic-responses-01 2
            dynamic-responses-02 2
            dynamic-responses-03 3
            dynamic-responses-04 1
            dynamic-responses-05 1
            dynamic-responses-06 1
            dynamic-responses-07 1
            dynamic-responses-08 5
            external-bodies-02 refused ERROR feature.unsupported 8
            external-bodies-03 refused ERROR feature.unsupported 8
            external-bodies-04 refused ERROR feature.unsupported 8
            faq-01 2
            faq-08 2
            faq-09 2
            faq-10 refused ERROR feature.unsupported 1
            faq-11 1
            installation-01 1
            multi-domain-support-01 1
            multiple-endpoints-01 5
            multiple-endpoints-02 3
            multiple-endpoints-03 3
            multiple-endpoints-04 1
            multiple-endpoints-05 3
            multiple-endpoints-06 9
            overview-01 1
            overview-02 1
            overview-03 1
            overview-04 1
            overview-05 1
            rate-limiting-01 refused ERROR feature.unsupported 10
            rate-limiting-02 refused WARNING body.not-json 6, ERROR feature.unsupported 7
            rate-limiting-03 refused WARNING body.not-json 6, ERROR feature.unsupported 7
            rate-limiting-04 refused WARNING body.not-json 6, ERROR feature.unsupported 7
            real-world-example-01 4
            real-world-example-02 4
            real-world-example-03 5 WARNING body.not-json 65, WARNING body.not-json 89
            real-world-example-04 3
            real-world-example-05 2
            real-world-example-06 4
            template-system-01 1
            template-system-02 1
            template-system-03 1
            template-system-04 1
            template-system-10 1
            template-system-11 1
            template-system-12 1
            template-system-13 1
            template-system-21 1
            template-variables-37 1
            template-variables-38 1
            template-variables-39 1
            webhook-integration-01 refused ERROR feature.unsupported 10
            websocket-support-01 refused ERROR feature.unsupported 2
            websocket-support-02 refused ERROR feature.unsupported 1
            your-first-mock-01 1
            your-first-mock-02 3
            your-first-mock-03 1
            your-first-mock-04 1
            your-first-mock-05 1
            your-first-mock-06 5
            """;

    @Test
    void each_example_publishes_or_is_refused_as_the_table_says() throws IOException {
        assertThat(names().map(MoclojerDocsTest::outcome))
                .containsExactlyElementsOf(EXPECTED.lines().toList());
    }

    @Test
    void unsupported_features_are_named() {
        List<Diagnostic> findings =
                MockDefinition.parse(read("configuration-spec-12")).diagnostics();

        assertThat(findings)
                .extracting(Diagnostic::message)
                .containsExactly(
                        "The feature `rate-limit` is not supported.",
                        "The feature `webhook` is not supported.",
                        "The feature `external-body` is not supported.");
    }

    private static String outcome(String name) {
        ParsedMock parsed = MockDefinition.parse(read(name));
        String routes = parsed.definition()
                .map(definition -> "" + definition.routes().size())
                .orElse("refused");
        String findings = parsed.diagnostics().stream()
                .map(finding -> finding.severity() + " " + finding.code() + " " + finding.line())
                .collect(Collectors.joining(", "));
        return (name + " " + routes + " " + findings).strip();
    }

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/moclojer-docs"))) {
            String[] names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yml"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .sorted()
                    .toArray(String[]::new);
            return Arrays.stream(names);
        }
    }

    static byte[] read(String name) {
        try (InputStream in = MoclojerDocsTest.class.getResourceAsStream("/moclojer-docs/" + name + ".yml")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
