package leat.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One request, whole: its body has been read, within the limit of its route, before a handler sees it.
 *
 * <p>What cannot be understood is refused on first touch with {@code request.malformed}; values from outside are never
 * trusted to be well-formed before.
 */
public final class Request {
    private final Incoming incoming;
    private final String method;
    private final Map<String, String> pathParameters;
    private final Caller caller;

    private @Nullable Map<String, List<String>> query;
    private @Nullable Map<String, String> cookies;
    private @Nullable Form form;

    Request(Incoming incoming, String method, Map<String, String> pathParameters, Caller caller) {
        this.incoming = incoming;
        this.method = method;
        this.pathParameters = pathParameters;
        this.caller = caller;
    }

    /** What a listener hands over: the head as it came, the whole body, and what was made of the connection. */
    record Incoming(
            String method,
            String path,
            String rawQuery,
            Headers headers,
            byte[] body,
            String requestId,
            String remoteAddress,
            boolean https) {}

    /** A request that did not come from a socket, to try handlers and access with. */
    public static Request of(String method, String pathAndQuery, Headers headers, byte[] body) {
        int mark = pathAndQuery.indexOf('?');
        return new Request(
                new Incoming(
                        method,
                        mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark),
                        mark < 0 ? "" : pathAndQuery.substring(mark + 1),
                        headers,
                        body,
                        "unsent",
                        "127.0.0.1",
                        false),
                method,
                Map.of(),
                new Caller.Nobody());
    }

    /** The same request with these path parameters. */
    public Request withPathParameters(Map<String, String> parameters) {
        return new Request(incoming, method, parameters, caller);
    }

    /** The same request from this caller. */
    public Request from(Caller other) {
        Request same = new Request(incoming, method, pathParameters, other);
        same.form = form;
        return same;
    }

    Request routed(String effectiveMethod, Map<String, String> parameters) {
        Request same = new Request(incoming, effectiveMethod, parameters, caller);
        same.form = form;
        return same;
    }

    /** Upper case; for a form that carries {@code _method}, the method that it stands for. HEAD stays HEAD. */
    public String method() {
        return method;
    }

    /** Whether the method promises to change nothing. */
    public boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /** The path as sent, without the query. */
    public String path() {
        return incoming.path();
    }

    /** The part after the question mark as sent; empty without one. */
    public String rawQuery() {
        return incoming.rawQuery();
    }

    /** The decoded value of a named segment of the route's path. */
    public String parameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route of " + method + " " + path() + " has no {" + name + "}");
        }
        return value;
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        List<String> values = queryAll(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    public List<String> queryAll(String name) {
        return queryFields().getOrDefault(name, List.of());
    }

    Map<String, List<String>> queryFields() {
        Map<String, List<String>> read = query;
        if (read == null) {
            read = Percent.fields(incoming.rawQuery());
            query = read;
        }
        return read;
    }

    public Headers headers() {
        return incoming.headers();
    }

    public Optional<String> header(String name) {
        return incoming.headers().first(name);
    }

    public Optional<String> cookie(String name) {
        Map<String, String> read = cookies;
        if (read == null) {
            read = new LinkedHashMap<>();
            for (String line : incoming.headers().all("cookie")) {
                for (String pair : line.split(";", -1)) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        read.putIfAbsent(
                                pair.substring(0, equals).strip(),
                                unquoted(pair.substring(equals + 1).strip()));
                    }
                }
            }
            cookies = read;
        }
        return Optional.ofNullable(read.get(name));
    }

    /** The body as it came; empty when there was none. Not a copy: leave it as it is. */
    public byte[] body() {
        return incoming.body();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(incoming.body(), StandardCharsets.UTF_8);
    }

    /**
     * The JSON body as a record.
     *
     * @throws leat.kernel.RefusedException with {@code request.malformed}, line, column and field, when the body is no
     *     JSON, does not fit, has a member that the record has not, or lacks one that is not {@code Optional}; and with
     *     {@code request.media-type} when its content type says that it is something else
     */
    public <T> T json(Class<T> type) {
        String contentType = mediaType();
        if (!contentType.isEmpty() && !contentType.equals("application/json") && !contentType.endsWith("+json")) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "request.media-type",
                            "Send JSON with content type application/json, not " + shortened(contentType) + ".")
                    .asException();
        }
        return JsonBody.read(incoming.body(), type);
    }

    /** The fields and files of a form, urlencoded or multipart; empty when the body is no form. */
    public Form form() {
        Form read = form;
        if (read == null) {
            read = Form.read(header("content-type").orElse(""), incoming.body());
            form = read;
        }
        return read;
    }

    public Caller caller() {
        return caller;
    }

    /** The known person behind the request; on a route for {@link Access#anyone()} there may be none. */
    public Caller.Person person() {
        if (caller instanceof Caller.Person person) {
            return person;
        }
        throw Gate.signInFirst().asException();
    }

    /** Names this request in the log, in problems, and in the X-Request-Id of its answer. */
    public String requestId() {
        return incoming.requestId();
    }

    /** The address of the client; what a proxy says counts only when that proxy is trusted. */
    public String remoteAddress() {
        return incoming.remoteAddress();
    }

    /** Whether the client speaks https, to us or to a trusted proxy. */
    public boolean https() {
        return incoming.https();
    }

    /**
     * The version that the caller decided on, from If-Match; empty without the header and for {@code *}.
     *
     * @throws leat.kernel.RefusedException when the header is no quoted version number
     */
    public Optional<Long> ifMatch() {
        return Conditions.ifMatch(headers());
    }

    /**
     * The command id that the caller chose, so that sending again is the same command.
     *
     * @throws leat.kernel.RefusedException when the header is no UUID
     */
    public Optional<UUID> idempotencyKey() {
        return Conditions.idempotencyKey(headers());
    }

    /** The language that the reader likes best; English when nothing is said. */
    public Locale locale() {
        return Conditions.locale(headers());
    }

    /** Where to go after signing in, from query or form field {@code next}: only ever a path of this server. */
    public Optional<String> next() {
        return query("next").or(() -> form().first("next")).filter(Conditions::isOwnPath);
    }

    /** Whether a person in a browser reads the answer: not an API path, and HTML is accepted. */
    public boolean wantsHtml() {
        return !isApi() && (isHtmx() || header("accept").orElse("").contains("text/html"));
    }

    /** Whether a page asked for a part of itself. */
    public boolean isHtmx() {
        return header("hx-request").filter("true"::equals).isPresent();
    }

    boolean isApi() {
        return path().startsWith("/api/");
    }

    Incoming incoming() {
        return incoming;
    }

    /** The content type without parameters, lower case; empty when none was sent. */
    String mediaType() {
        String line = header("content-type").orElse("");
        int semicolon = line.indexOf(';');
        return (semicolon < 0 ? line : line.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
