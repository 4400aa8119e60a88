package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide names every code, key, method and type that the format has, and its example publishes. */
class MockFormatGuideTest {
    private final String guide = read();

    @Test
    void every_diagnostic_code_has_its_row_and_every_row_its_code() {
        String table = guide.substring(guide.indexOf("## Diagnostics"));
        List<String> documented = table.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(documented)
                .containsExactly(Arrays.stream(DiagnosticCode.values())
                        .map(DiagnosticCode::text)
                        .toArray(String[]::new));
    }

    @Test
    void every_key_method_and_type_is_named() {
        for (String key : EndpointReader.KEYS) {
            assertThat(guide).contains("`" + key + "`");
        }
        for (String method : EndpointReader.METHODS) {
            assertThat(guide).contains("`" + method + "`");
        }
        for (ParameterType.Kind kind : ParameterType.Kind.values()) {
            assertThat(guide).contains("`" + new ParameterType(kind, List.of("a", "b")).text() + "`");
        }
    }

    @Test
    void the_first_example_publishes_without_a_finding() {
        int start = guide.indexOf("```yaml\n") + 8;
        ParsedMock parsed = Sources.parse(guide.substring(start, guide.indexOf("```", start)));
        assertThat(parsed.definition()).isPresent();
        assertThat(parsed.diagnostics()).isEmpty();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../../docs/guides/mock-format.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
