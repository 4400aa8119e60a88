package leat.mocks.definition;

import static leat.mocks.definition.DiagnosticCode.BODY_IGNORED;
import static leat.mocks.definition.DiagnosticCode.BODY_NOT_JSON;
import static leat.mocks.definition.DiagnosticCode.FEATURE_UNSUPPORTED;
import static leat.mocks.definition.DiagnosticCode.HEADER_RESERVED;
import static leat.mocks.definition.DiagnosticCode.HEADER_SYNTAX;
import static leat.mocks.definition.DiagnosticCode.KEY_UNKNOWN;
import static leat.mocks.definition.DiagnosticCode.LIMIT_EXCEEDED;
import static leat.mocks.definition.DiagnosticCode.TEMPLATE_SYNTAX;
import static leat.mocks.definition.DiagnosticCode.VALUE_RANGE;
import static leat.mocks.definition.DiagnosticCode.VALUE_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import leat.mocks.definition.ResponseDefinition.Header;
import leat.mocks.definition.YamlNode.Entry;
import leat.mocks.definition.YamlNode.Mapping;
import leat.mocks.definition.YamlNode.Scalar;
import leat.mocks.definition.YamlNode.Sequence;

/** Reads what stands below {@code response:} and checks that it can be sent as it is. */
final class ResponseReader {
    /** What a route without {@code response:} answers: 200 and no body. */
    static final ResponseDefinition NOTHING = new ResponseDefinition(
            200, List.of(new Header("Content-Type", ResponseDefinition.DEFAULT_CONTENT_TYPE)), "");

    private static final List<String> KEYS = List.of("status", "headers", "body");
    private static final Set<String> RESERVED =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer", "te");
    private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";
    private static final int PROBLEMS_OF_ONE_TEXT = 20;

    private final SourceText source;
    private final BodyCompiler bodies;
    private final Diagnostics diagnostics;

    ResponseReader(SourceText source, BodyCompiler bodies, Diagnostics diagnostics) {
        this.source = source;
        this.bodies = bodies;
        this.diagnostics = diagnostics;
    }

    Optional<ResponseDefinition> read(Entry response) {
        if (response.value() instanceof Scalar scalar && scalar.isNull()) {
            return Optional.of(NOTHING);
        }
        if (!(response.value() instanceof Mapping keys)) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(response.value()),
                    "A response is a map, not " + YamlNode.kind(response.value()) + ".",
                    "Write `status:`, `headers:` and `body:` below `response:`.");
            return Optional.empty();
        }
        int status = 200;
        List<Header> headers = List.of();
        Optional<YamlNode> body = Optional.empty();
        for (Entry entry : keys.entries()) {
            switch (entry.key().value()) {
                case "status" -> status = status(entry);
                case "headers" -> headers = headers(entry);
                case "body" -> body = Optional.of(entry.value());
                case "external-body", "rate-limit", "webhook", "latency" -> unsupported(entry);
                default -> unknown(entry);
            }
        }
        boolean typed = headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("content-type"));
        var sent = new ArrayList<Header>();
        if (!typed && status != 204 && status != 304) {
            sent.add(new Header("Content-Type", ResponseDefinition.DEFAULT_CONTENT_TYPE));
        }
        sent.addAll(headers);
        var bodiless = new ResponseDefinition(status, sent, "");
        return Optional.of(new ResponseDefinition(
                status, sent, body.map(node -> body(node, bodiless)).orElse("")));
    }

    private void unsupported(Entry entry) {
        diagnostics.error(
                FEATURE_UNSUPPORTED,
                source.place(entry.key()),
                "The feature `" + entry.key().value() + "` is not supported.",
                "Remove it to publish the rest.");
    }

    private void unknown(Entry entry) {
        String key = entry.key().value();
        diagnostics.error(
                KEY_UNKNOWN,
                source.place(entry.key()),
                "A response has no key `" + YamlNode.shortened(key) + "`.",
                EndpointReader.KEYS.contains(key)
                        ? "Move it out of `response:`, to the level of `endpoint:`."
                        : Spelling.advice(key, KEYS.toArray(String[]::new))
                                .orElse("Remove it; a response has " + String.join(", ", KEYS) + "."));
    }

    private int status(Entry entry) {
        String text = entry.value() instanceof Scalar scalar ? scalar.value() : "";
        boolean number = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int status = number ? Integer.parseInt(text) : 0;
        if (!number) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(text.isEmpty() && entry.value() instanceof Scalar ? entry.key() : entry.value()),
                    "`status` is a number, not " + YamlNode.kind(entry.value()) + ".",
                    "Write a status from 200 to 599.");
        } else if (status < 200 || status > 599) {
            diagnostics.error(
                    VALUE_RANGE,
                    source.place(entry.value()),
                    "`status` is " + status + ".",
                    "Write a status from 200 to 599; those below 200 do not end a request.");
        }
        return status;
    }

    private List<Header> headers(Entry entry) {
        if (entry.value() instanceof Scalar scalar && scalar.isNull()) {
            return List.of();
        }
        if (!(entry.value() instanceof Mapping declared)) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(entry.value()),
                    "`headers` is a map from name to value, not " + YamlNode.kind(entry.value()) + ".",
                    "Write `Content-Type: text/plain` below it.");
            return List.of();
        }
        var headers = new ArrayList<Header>();
        for (Entry header : declared.entries()) {
            List<YamlNode> values = header.value() instanceof Sequence list ? list.items() : List.of(header.value());
            for (YamlNode value : values) {
                if (headers.size() == Limits.HEADERS) {
                    diagnostics.error(
                            LIMIT_EXCEEDED,
                            source.place(header.key()),
                            "A response has at most " + Limits.HEADERS + " headers.",
                            "Remove some.");
                    return headers;
                }
                header(header.key(), value).ifPresent(headers::add);
            }
        }
        return headers;
    }

    private Optional<Header> header(Scalar key, YamlNode value) {
        String name = key.value();
        if (!isHeaderName(name)) {
            diagnostics.error(
                    HEADER_SYNTAX,
                    source.place(key),
                    "`" + YamlNode.shortened(name) + "` is no header name.",
                    "Use letters, digits and dashes.");
            return Optional.empty();
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            diagnostics.warning(
                    HEADER_RESERVED,
                    source.place(key),
                    "The server sets `" + name + "` itself; this one is not sent.",
                    "Remove it.");
            return Optional.empty();
        }
        if (!(value instanceof Scalar scalar) || scalar.isNull()) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(value instanceof Scalar ? key : value),
                    "The value of the header `" + name + "` is text, not " + YamlNode.kind(value) + ".",
                    "Write it on the same line; write a list to send the header several times.");
            return Optional.empty();
        }
        String text = scalar.value().strip();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                diagnostics.error(
                        HEADER_SYNTAX,
                        source.place(scalar),
                        "The value of the header `" + name + "` holds a line break or control character.",
                        "Write it on one line.");
                return Optional.empty();
            }
        }
        if (text.length() > Limits.HEADER_CHARACTERS) {
            diagnostics.error(
                    LIMIT_EXCEEDED,
                    source.place(key),
                    "The value of a header has at most " + Limits.HEADER_CHARACTERS + " characters.",
                    "Shorten it.");
            return Optional.empty();
        }
        checkTemplate(scalar, text, "text/plain");
        return Optional.of(new Header(name, text));
    }

    private static boolean isHeaderName(String name) {
        return !name.isEmpty()
                && name.length() <= 256
                && name.chars()
                        .allMatch(c -> c < 0x7f
                                && (Ascii.isLetter((char) c)
                                        || Ascii.isDigit((char) c)
                                        || NAME_CHARACTERS.indexOf(c) >= 0));
    }

    private String body(YamlNode node, ResponseDefinition response) {
        if (node instanceof Scalar scalar && scalar.isNull()) {
            return "";
        }
        String body = node instanceof Scalar scalar ? scalar.value() : YamlJson.write(node);
        if (bytes(body) > Limits.BODY_BYTES) {
            diagnostics.error(
                    LIMIT_EXCEEDED,
                    source.place(node.start(), node.start()),
                    "A body has at most " + Limits.BODY_BYTES + " bytes, this one has " + bytes(body) + ".",
                    "Shorten it, or build the repetition with {% for %}.");
            return "";
        }
        checkTemplate(node, body, response.contentType());
        if (!response.mayHaveBody() && !body.isEmpty()) {
            diagnostics.warning(
                    BODY_IGNORED,
                    source.place(node.start(), node.start()),
                    "HTTP allows no body with status " + response.status() + "; this one is not sent.",
                    "Remove it, or answer with another status.");
        } else if (node instanceof Scalar scalar && isJson(response.contentType()) && !body.isEmpty()) {
            JsonCheck.problemOfTemplate(body)
                    .ifPresent(problem -> diagnostics.warning(
                            BODY_NOT_JSON,
                            source.within(scalar, problem.offset(), 1),
                            "This answer says that it is " + response.contentType() + " but is not JSON: "
                                    + problem.message(),
                            "Mend it, or name its type in `headers`, as in `Content-Type: text/plain`."));
        }
        return body;
    }

    private static boolean isJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip();
        return bare.equals("application/json") || bare.endsWith("+json");
    }

    private void checkTemplate(YamlNode node, String text, String contentType) {
        if (diagnostics.full() || !TemplateTags.mayHold(text)) {
            return;
        }
        if (bodies.compile(text, contentType) instanceof BodyCompiler.Failed(List<BodyCompiler.Problem> problems)) {
            for (BodyCompiler.Problem problem : problems.subList(0, Math.min(problems.size(), PROBLEMS_OF_ONE_TEXT))) {
                Place place = node instanceof Scalar scalar
                        ? source.within(scalar, problem.offset(), 1)
                        : source.place(node.start(), node.start());
                diagnostics.error(TEMPLATE_SYNTAX, place, problem.message(), problem.advice());
            }
        }
    }

    /** The text's length in UTF-8, without encoding it. */
    static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                bytes += 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }
}
