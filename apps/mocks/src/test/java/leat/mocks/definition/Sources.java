package leat.mocks.definition;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mock files for tests, some with the marks « and » around the place that a diagnostic should name. */
final class Sources {
    private Sources() {}

    /** A compiler that finds a problem wherever the text says {@code WRONG}. */
    static final BodyCompiler WRONG_IS_WRONG = (source, contentType) -> {
        int at = source.indexOf("WRONG");
        return at < 0
                ? BodyCompiler.VERBATIM.compile(source, contentType)
                : new BodyCompiler.Failed(
                        List.of(new BodyCompiler.Problem("This is wrong.", "Write something else.", at)));
    };

    static ParsedMock parse(String source) {
        return MockDefinition.parse(source.getBytes(StandardCharsets.UTF_8), WRONG_IS_WRONG);
    }

    static MockDefinition valid(String source) {
        ParsedMock parsed = parse(source);
        return parsed.definition().orElseThrow(() -> new AssertionError(parsed.diagnostics()));
    }

    static List<String> codes(ParsedMock parsed) {
        return parsed.diagnostics().stream().map(Diagnostic::code).toList();
    }

    static String unmarked(String source) {
        return source.replace("«", "").replace("»", "");
    }

    /** The place between the marks; without a closing mark, only its beginning counts. */
    static Place marked(String source) {
        int from = source.indexOf('«');
        String before = source.substring(0, from);
        String upTo =
                source.contains("»") ? source.substring(0, source.indexOf('»')).replace("«", "") : before;
        return new Place(line(before), column(before), line(upTo), column(upTo));
    }

    private static int line(String before) {
        return (int) before.chars().filter(c -> c == '\n').count() + 1;
    }

    private static int column(String before) {
        return before.length() - before.lastIndexOf('\n');
    }
}
