package leat.mocks.definition;

import static leat.mocks.definition.DiagnosticCode.BODY_SAMPLE;
import static leat.mocks.definition.DiagnosticCode.FEATURE_UNSUPPORTED;
import static leat.mocks.definition.DiagnosticCode.HOST_SYNTAX;
import static leat.mocks.definition.DiagnosticCode.KEY_IGNORED;
import static leat.mocks.definition.DiagnosticCode.KEY_MISSING;
import static leat.mocks.definition.DiagnosticCode.KEY_UNKNOWN;
import static leat.mocks.definition.DiagnosticCode.LIMIT_EXCEEDED;
import static leat.mocks.definition.DiagnosticCode.QUERY_TYPE_UNKNOWN;
import static leat.mocks.definition.DiagnosticCode.VALUE_RANGE;
import static leat.mocks.definition.DiagnosticCode.VALUE_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import leat.mocks.definition.RouteDefinition.QueryParameter;
import leat.mocks.definition.YamlNode.Entry;
import leat.mocks.definition.YamlNode.Mapping;
import leat.mocks.definition.YamlNode.Scalar;

/** Reads what stands below {@code endpoint:}: the request that a route takes and the answer that it gives. */
final class EndpointReader {
    /** Every key that has a meaning below {@code endpoint:}. */
    static final List<String> KEYS = List.of(
            "method",
            "path",
            "host",
            "query",
            "body",
            "tag",
            "router-name",
            "response",
            "rate-limit",
            "webhook",
            "latency",
            "external-body");
    /** The methods that a route can take. */
    static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62})){0,126}");

    private final SourceText source;
    private final Diagnostics diagnostics;
    private final ResponseReader responses;

    EndpointReader(SourceText source, BodyCompiler bodies, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.responses = new ResponseReader(source, bodies, diagnostics);
    }

    Optional<RouteDefinition> read(Entry endpoint) {
        if (!(endpoint.value() instanceof Mapping keys)) {
            boolean nothing = endpoint.value() instanceof Scalar scalar && scalar.isNull();
            diagnostics.error(
                    nothing ? KEY_MISSING : VALUE_TYPE,
                    source.place(nothing ? endpoint.key() : endpoint.value()),
                    nothing
                            ? "This endpoint is empty."
                            : "An endpoint is a map, not " + YamlNode.kind(endpoint.value()) + ".",
                    "Write `path:` and `response:` below `endpoint:`, indented further than it.");
            return Optional.empty();
        }
        String method = "GET";
        Optional<String> host = Optional.empty();
        Optional<PathPattern> path = Optional.empty();
        List<QueryParameter> query = List.of();
        Optional<String> sample = Optional.empty();
        Optional<String> tag = Optional.empty();
        Optional<ResponseDefinition> response = Optional.of(ResponseReader.NOTHING);
        for (Entry entry : keys.entries()) {
            switch (entry.key().value()) {
                case "method" -> method = method(entry);
                case "path" -> path = path(entry);
                case "host" -> host = host(entry);
                case "query" -> query = query(entry);
                case "body" -> sample = sample(entry);
                case "tag" -> tag = text(entry).map(Scalar::value);
                case "response" -> response = responses.read(entry);
                case "router-name" ->
                    diagnostics.info(
                            KEY_IGNORED, source.place(entry.key()), "`router-name` has no effect.", "Remove it.");
                case "rate-limit", "webhook", "latency", "external-body" -> unsupported(entry);
                default -> unknown(entry);
            }
        }
        if (keys.entry("path").isEmpty()) {
            diagnostics.error(
                    KEY_MISSING, source.place(endpoint.key()), "This endpoint has no `path`.", "Add `path: /…` to it.");
        }
        if (path.isEmpty() || response.isEmpty()) {
            return Optional.empty();
        }
        int line = endpoint.key().start().getLine() + 1;
        return Optional.of(new RouteDefinition(method, host, path.get(), query, sample, tag, response.get(), line));
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
        String advice = switch (key) {
            case "status", "headers" -> "Move it below `response:`.";
            default ->
                Spelling.advice(key, KEYS.toArray(String[]::new))
                        .orElse("Remove it; an endpoint has " + String.join(", ", KEYS) + ".");
        };
        diagnostics.error(
                KEY_UNKNOWN,
                source.place(entry.key()),
                "An endpoint has no key `" + YamlNode.shortened(key) + "`.",
                advice);
    }

    private String method(Entry entry) {
        Optional<Scalar> scalar = text(entry);
        String method =
                scalar.map(value -> value.value().toUpperCase(Locale.ROOT)).orElse("GET");
        if (!METHODS.contains(method)) {
            diagnostics.error(
                    VALUE_RANGE,
                    source.place(entry.value()),
                    "There is no method `" + YamlNode.shortened(method) + "` here.",
                    Spelling.advice(method, METHODS.toArray(String[]::new))
                            .orElse("Use one of " + String.join(", ", METHODS) + "."));
        }
        return method;
    }

    private Optional<PathPattern> path(Entry entry) {
        Optional<Scalar> scalar = text(entry);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PathPattern.parse(scalar.get().value()));
        } catch (PathSyntaxException e) {
            diagnostics.error(e.code(), source.within(scalar.get(), e.offset(), e.length()), e.problem(), e.advice());
            return Optional.empty();
        }
    }

    private Optional<String> host(Entry entry) {
        Optional<Scalar> scalar = text(entry);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String host = scalar.get().value().toLowerCase(Locale.ROOT);
        if (host.startsWith("*.")) {
            diagnostics.error(
                    FEATURE_UNSUPPORTED,
                    source.place(entry.value()),
                    "Wildcards in `host` are not supported.",
                    "Name one host, or leave `host` out to answer to every one.");
        } else if (host.length() > 253 || !HOST.matcher(host).matches()) {
            diagnostics.error(
                    HOST_SYNTAX,
                    source.place(entry.value()),
                    "`" + YamlNode.shortened(host) + "` is no host name.",
                    "Write only the name, such as api.example.com, without scheme, port or path.");
        }
        return Optional.of(host);
    }

    private List<QueryParameter> query(Entry entry) {
        if (!(entry.value() instanceof Mapping declared)) {
            diagnostics.error(
                    VALUE_TYPE,
                    source.place(entry.value()),
                    "`query` is a map from parameter to type, not " + YamlNode.kind(entry.value()) + ".",
                    "Write `page: int` below it.");
            return List.of();
        }
        if (declared.entries().size() > Limits.QUERY_PARAMETERS) {
            diagnostics.error(
                    LIMIT_EXCEEDED,
                    source.place(declared.entries().get(Limits.QUERY_PARAMETERS).key()),
                    "A route declares at most " + Limits.QUERY_PARAMETERS + " query parameters.",
                    "Declare only those that must be there.");
            return List.of();
        }
        var parameters = new ArrayList<QueryParameter>();
        for (Entry parameter : declared.entries()) {
            Optional<Scalar> type = text(parameter);
            if (type.isEmpty()) {
                continue;
            }
            ParameterType.named(type.get().value())
                    .ifPresentOrElse(
                            known -> parameters.add(
                                    new QueryParameter(parameter.key().value(), known)),
                            () -> diagnostics.error(
                                    QUERY_TYPE_UNKNOWN,
                                    source.place(parameter.value()),
                                    "There is no parameter type `"
                                            + YamlNode.shortened(type.get().value()) + "`.",
                                    Spelling.advice(type.get().value(), ParameterType.NAMES.split("[ ,]+"))
                                            .orElse("Use one of " + ParameterType.NAMES + ".")));
        }
        return parameters;
    }

    private Optional<String> sample(Entry entry) {
        if (entry.value() instanceof Scalar scalar && scalar.isNull()) {
            return Optional.empty();
        }
        boolean written = entry.value() instanceof Scalar;
        String sample = entry.value() instanceof Scalar scalar ? scalar.value() : YamlJson.write(entry.value());
        if (ResponseReader.bytes(sample) > Limits.BODY_BYTES) {
            diagnostics.error(
                    LIMIT_EXCEEDED,
                    source.place(entry.value()),
                    "A body sample has at most " + Limits.BODY_BYTES + " bytes.",
                    "Keep only what shows its shape.");
            return Optional.empty();
        }
        Optional<JsonCheck.Problem> problem = JsonCheck.problem(sample);
        if (problem.isPresent()) {
            Place place = written
                    ? source.within((Scalar) entry.value(), problem.get().offset(), 1)
                    : source.place(entry.value());
            diagnostics.error(
                    BODY_SAMPLE,
                    place,
                    "This body sample is not JSON: " + problem.get().message(),
                    "Write an example of the JSON that a request sends.");
            return Optional.empty();
        }
        return Optional.of(sample);
    }

    private Optional<Scalar> text(Entry entry) {
        if (entry.value() instanceof Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar);
        }
        diagnostics.error(
                VALUE_TYPE,
                source.place(entry.value() instanceof Scalar ? entry.key() : entry.value()),
                "`" + YamlNode.shortened(entry.key().value()) + "` is text, not " + YamlNode.kind(entry.value()) + ".",
                "Write its value on the same line.");
        return Optional.empty();
    }
}
