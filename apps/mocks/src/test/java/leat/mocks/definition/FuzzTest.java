package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, reading them answers with findings inside the file, within bounded time. */
class FuzzTest {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final List<String> PIECES = List.of(
            "- endpoint:",
            "\n",
            "  ",
            "\t",
            "path: ",
            "/a/:b|int",
            "{{",
            "}}",
            "{%",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "<<: ",
            "? ",
            ": ",
            "- ",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "#",
            "---\n",
            "...\n",
            "!!x ",
            "%YAML 9.9\n",
            "\u0000",
            "\ud834",
            "\uFEFF",
            "\r",
            "\u2028",
            "response:",
            "body: ",
            "status: ",
            "headers: ",
            "\\U0001D11E",
            "\\x");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private void check(byte[] bytes) {
        ParsedMock parsed = MockDefinition.parse(bytes, Sources.WRONG_IS_WRONG);
        boolean errors = parsed.diagnostics().stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
        assertThat(parsed.definition().isPresent()).as("seed %d", seed).isEqualTo(!errors);
        for (Diagnostic finding : parsed.diagnostics()) {
            assertThat(finding.line()).as("seed %d %s", seed, finding).isPositive();
            assertThat(finding.column()).as("seed %d %s", seed, finding).isPositive();
            assertThat(List.of(finding.endLine(), finding.endColumn()))
                    .as("seed %d %s", seed, finding)
                    .allMatch(n -> n > 0);
            boolean forward = finding.endLine() > finding.line()
                    || (finding.endLine() == finding.line() && finding.endColumn() >= finding.column());
            assertThat(forward).as("seed %d %s", seed, finding).isTrue();
        }
    }

    @Test
    void random_bytes_are_refused_or_read() {
        System.out.println("FuzzTest seed " + seed);
        assertTimeoutPreemptively(MOST, () -> {
            for (int i = 0; i < 3_000; i++) {
                var bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                check(bytes);
            }
        });
    }

    @Test
    void random_pieces_of_yaml_are_refused_or_read() {
        System.out.println("FuzzTest seed " + seed);
        assertTimeoutPreemptively(MOST, () -> {
            for (int i = 0; i < 10_000; i++) {
                var text = new StringBuilder(random.nextBoolean() ? "- endpoint:\n    path: /a\n    " : "");
                for (int j = random.nextInt(25); j > 0; j--) {
                    text.append(PIECES.get(random.nextInt(PIECES.size())));
                }
                check(text.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void mutated_examples_are_refused_or_read() {
        System.out.println("FuzzTest seed " + seed);
        assertTimeoutPreemptively(MOST, () -> {
            for (String name : MoclojerDocsTest.names().toList()) {
                String source = new String(MoclojerDocsTest.read(name), StandardCharsets.UTF_8);
                for (int i = 0; i < 40; i++) {
                    check(mutated(source).getBytes(StandardCharsets.UTF_8));
                }
            }
        });
    }

    @Test
    void files_made_to_be_slow_are_not() {
        assertTimeoutPreemptively(MOST, () -> {
            int size = Limits.FILE_BYTES - 100;
            for (String piece : List.of(
                    "{", "[", "{{", "{%", "- ", "? ", "'", "\"", "a: ", "a:\n", "&a ", "#", "\n", "|", "!", "\\", "*a ",
                    "{a: ")) {
                check(piece.repeat(size / piece.length()).getBytes(StandardCharsets.UTF_8));
                String inBody = "- endpoint:\n    path: /a\n    response:\n      body: '";
                check((inBody + piece.replace("'", "").repeat(1_000_000 / piece.length()) + "'")
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private String mutated(String source) {
        var text = new StringBuilder(source);
        for (int i = 1 + random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
            }
        }
        return text.toString();
    }
}
