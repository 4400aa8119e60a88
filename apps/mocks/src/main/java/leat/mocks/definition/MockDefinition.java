package leat.mocks.definition;

import static leat.mocks.definition.DiagnosticCode.FEATURE_UNSUPPORTED;
import static leat.mocks.definition.DiagnosticCode.YAML_ENCODING;
import static leat.mocks.definition.DiagnosticCode.YAML_TOO_LARGE;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A checked mock: its routes in the order of the file, no two of which take the same requests. */
public record MockDefinition(List<RouteDefinition> routes) {
    public MockDefinition {
        routes = List.copyOf(routes);
    }

    /** Reads a file as {@link #parse(byte[], BodyCompiler)} does, without looking at templates. */
    public static ParsedMock parse(byte[] utf8) {
        return parse(utf8, BodyCompiler.VERBATIM);
    }

    /**
     * Reads and checks a file in moclojer's YAML dialect; whatever the bytes are, it answers with findings and does
     * not throw.
     *
     * @param utf8 at most {@link Limits#FILE_BYTES}
     * @param bodies checks the templates in bodies and headers
     */
    public static ParsedMock parse(byte[] utf8, BodyCompiler bodies) {
        var diagnostics = new Diagnostics();
        Optional<MockDefinition> definition =
                decode(utf8, diagnostics).flatMap(source -> read(source, bodies, diagnostics));
        return new ParsedMock(diagnostics.hasErrors() ? Optional.empty() : definition, diagnostics.inOrder());
    }

    private static Optional<MockDefinition> read(SourceText source, BodyCompiler bodies, Diagnostics diagnostics) {
        if (looksLikeEdn(source.text())) {
            diagnostics.error(
                    FEATURE_UNSUPPORTED,
                    Place.START,
                    "This is EDN; files in EDN are not supported.",
                    "Write the routes as YAML.");
            return Optional.empty();
        }
        Optional<YamlNode> root = YamlReader.read(source, diagnostics);
        if (root.isEmpty() && diagnostics.hasErrors()) {
            return Optional.empty();
        }
        return Optional.of(new MockReader(source, bodies, diagnostics).read(root));
    }

    private static boolean looksLikeEdn(String text) {
        String start = text.substring(0, Math.min(text.length(), 200)).stripLeading();
        return start.startsWith("{:") || start.startsWith("[{:") || start.startsWith(";");
    }

    private static Optional<SourceText> decode(byte[] utf8, Diagnostics diagnostics) {
        if (utf8.length > Limits.FILE_BYTES) {
            diagnostics.error(
                    YAML_TOO_LARGE,
                    Place.START,
                    "The file has " + utf8.length + " bytes; at most " + Limits.FILE_BYTES + " are read.",
                    "Split it into several mocks.");
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        String text = out.toString();
        if (result.isError()) {
            int at = in.position();
            diagnostics.error(
                    YAML_ENCODING,
                    new SourceText(text).between(text.length(), text.length()),
                    "The byte 0x%02X at offset %d is not UTF-8.".formatted(utf8[at], at),
                    "Save the file as UTF-8.");
            return Optional.empty();
        }
        return Optional.of(new SourceText(text.startsWith("\uFEFF") ? text.substring(1) : text));
    }
}
