package leat.mocks.definition;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leat.mocks.definition.ResponseDefinition.Header;
import leat.mocks.definition.RouteDefinition.QueryParameter;

/**
 * A checked definition as bytes, the same bytes for the same definition on every machine, so that it can be stored
 * under its own digest.
 *
 * <p>The form: the letters {@code LEATMOCK}, the format as a 32-bit number, the number of routes, then each route's
 * members in the order of {@link RouteDefinition}. Numbers are big-endian; a text is its length in bytes and its
 * UTF-8; an absent text has the length -1. It holds the definition, not the compiled table, which is quicker to build
 * than to read.
 */
public final class Artefact {
    /** The format that {@link #write} writes; {@link #read} knows this one and refuses others. */
    public static final int FORMAT = 1;

    private static final byte[] LETTERS = "LEATMOCK".getBytes(StandardCharsets.US_ASCII);

    private Artefact() {}

    public static byte[] write(MockDefinition definition) {
        var bytes = new ByteArrayOutputStream(256 + definition.routes().size() * 256);
        try (var out = new DataOutputStream(bytes)) {
            out.write(LETTERS);
            out.writeInt(FORMAT);
            out.writeInt(definition.routes().size());
            for (RouteDefinition route : definition.routes()) {
                write(route, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws ArtefactException when the bytes are no artefact of this format */
    public static MockDefinition read(byte[] artefact) {
        try (var in = new DataInputStream(new ByteArrayInputStream(artefact))) {
            if (!Arrays.equals(in.readNBytes(LETTERS.length), LETTERS)) {
                throw new ArtefactException("These bytes are no artefact of a mock.");
            }
            int format = in.readInt();
            if (format != FORMAT) {
                throw new ArtefactException(
                        "This artefact has format " + format + "; this version of Leat reads format " + FORMAT
                                + " only. Publish the mock again with this version, or update Leat.");
            }
            int count = count(in, Limits.ROUTES);
            var routes = new ArrayList<RouteDefinition>(count);
            for (int i = 0; i < count; i++) {
                routes.add(route(in));
            }
            if (in.available() > 0) {
                throw new ArtefactException("This artefact goes on after its end.");
            }
            return new MockDefinition(routes);
        } catch (IOException | PathSyntaxException e) {
            throw new ArtefactException("This artefact is damaged.", e);
        }
    }

    private static void write(RouteDefinition route, DataOutputStream out) throws IOException {
        text(route.method(), out);
        optional(route.host(), out);
        text(route.path().text(), out);
        out.writeInt(route.query().size());
        for (QueryParameter parameter : route.query()) {
            text(parameter.name(), out);
            text(parameter.type().text(), out);
        }
        optional(route.bodySample(), out);
        optional(route.tag(), out);
        out.writeInt(route.response().status());
        out.writeInt(route.response().headers().size());
        for (Header header : route.response().headers()) {
            text(header.name(), out);
            text(header.value(), out);
        }
        text(route.response().body(), out);
        out.writeInt(route.line());
    }

    private static RouteDefinition route(DataInputStream in) throws IOException, PathSyntaxException {
        String method = text(in);
        Optional<String> host = optional(in);
        PathPattern path = PathPattern.parse(text(in));
        int parameters = count(in, Limits.QUERY_PARAMETERS);
        List<QueryParameter> query = new ArrayList<>(parameters);
        for (int i = 0; i < parameters; i++) {
            String name = text(in);
            String type = text(in);
            query.add(new QueryParameter(
                    name,
                    ParameterType.named(type)
                            .orElseThrow(() -> new ArtefactException("This artefact names an unknown type."))));
        }
        Optional<String> sample = optional(in);
        Optional<String> tag = optional(in);
        int status = in.readInt();
        int headerCount = count(in, Limits.HEADERS + 1);
        List<Header> headers = new ArrayList<>(headerCount);
        for (int i = 0; i < headerCount; i++) {
            String name = text(in);
            headers.add(new Header(name, text(in)));
        }
        var response = new ResponseDefinition(status, headers, text(in));
        return new RouteDefinition(method, host, path, query, sample, tag, response, in.readInt());
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new ArtefactException(
                    "This artefact is damaged: it counts " + count + " where " + most + " is the most.");
        }
        return count;
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void optional(Optional<String> text, DataOutputStream out) throws IOException {
        if (text.isPresent()) {
            text(text.get(), out);
        } else {
            out.writeInt(-1);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return text(in, in.readInt());
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == -1 ? Optional.empty() : Optional.of(text(in, length));
    }

    private static String text(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new ArtefactException("This artefact is damaged: a text of " + length + " bytes does not fit.");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
