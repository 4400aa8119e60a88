package leat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The server, as commands see it: each call is one request as JSON, answered by a {@link Reply} or ended by a {@link
 * CommandFailure} whose words are the server's own.
 *
 * <p>Bounds: 5 seconds to connect, {@link #ANSWER} for an answer, {@link #MAX_BODY_BYTES} of it. Changes carry an
 * {@code Idempotency-Key}. Redirects are not followed, so that a token goes nowhere else.
 */
public final class Remote {
    /** The longest wait for an answer. */
    public static final Duration ANSWER = Duration.ofSeconds(60);

    /** The largest answer. */
    public static final int MAX_BODY_BYTES = 64 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Connection connection;
    private final String version;
    private final HttpClient client;

    Remote(Connection connection, String version) {
        this.connection = connection;
        this.version = version;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** The server's address, without a slash at its end. */
    public URI url() {
        return connection.url();
    }

    Connection connection() {
        return connection;
    }

    public Reply get(String path) {
        return send("GET", path, Map.of(), Optional.empty());
    }

    public Reply post(String path, Object body) {
        return send("POST", path, Map.of(), Optional.of(body));
    }

    public Reply put(String path, Object body) {
        return send("PUT", path, Map.of(), Optional.of(body));
    }

    public Reply patch(String path, Object body) {
        return send("PATCH", path, Map.of(), Optional.of(body));
    }

    public Reply delete(String path) {
        return send("DELETE", path, Map.of(), Optional.empty());
    }

    /**
     * Sends any request.
     *
     * @param headers such as {@code If-Match}
     * @param body bytes are sent as they are, under the {@code Content-Type} among the headers; anything else as JSON
     */
    public Reply send(String method, String path, Map<String, String> headers, Optional<Object> body) {
        HttpRequest.Builder request = request(path).timeout(ANSWER);
        byte[] bytes = body.map(value -> value instanceof byte[] raw ? raw : Json.bytes(value))
                .orElse(new byte[0]);
        request.method(method, bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        if (body.isPresent() && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        if (!method.equals("GET")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        headers.forEach(request::setHeader);
        HttpResponse<byte[]> response =
                exchange(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        if (response.statusCode() >= 300) {
            throw problem(response.statusCode(), response.body());
        }
        return new Reply(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("ETag"),
                response.headers().firstValue("Location"));
    }

    /**
     * The items of a paged list, page after page.
     *
     * @param path may have a query of its own
     * @param most stops after so many items
     */
    public List<JsonNode> items(String path, int most) {
        var items = new ArrayList<JsonNode>();
        String join = path.contains("?") ? "&" : "?";
        Optional<String> after = Optional.empty();
        do {
            int limit = Math.min(200, most - items.size());
            JsonNode page = get(path + join + "limit=" + limit
                            + after.map(cursor -> "&after=" + cursor).orElse(""))
                    .json();
            page.path("items").forEach(items::add);
            after = Optional.of(page.path("next").asString("")).filter(cursor -> !cursor.isEmpty());
        } while (after.isPresent() && items.size() < most);
        return items;
    }

    /**
     * Fetches something of any size into a new file.
     *
     * @throws IOException when the file cannot be written, or the connection breaks; a part may then be there
     */
    public void download(String path, Path file) throws IOException {
        HttpResponse<InputStream> response =
                exchange(request(path).setHeader("Accept", "*/*").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 300) {
                throw problem(response.statusCode(), body.readNBytes(MAX_BODY_BYTES));
            }
            Files.copy(body, file);
        }
    }

    /** Follows a stream of events until the listener has had enough; see {@link EventStream}. */
    public void follow(String path, EventStream.Listener listener) {
        new EventStream(this, path).follow(listener);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(connection.url() + path))
                .header("Accept", "application/json")
                .header("User-Agent", "leat/" + version);
        connection.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "server.unreachable",
                    "No server answers at " + connection.url()
                            + ". Start one with \"leat run\", or name another with --url.",
                    Optional.ofNullable(e.getMessage())
                            .filter(reason -> !reason.isBlank())
                            .map(List::of)
                            .orElse(List.of()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.REFUSED, "interrupted", "Interrupted.", List.of());
        }
    }

    CommandFailure problem(int status, byte[] body) {
        JsonNode problem;
        try {
            problem = Json.tree(body);
        } catch (JacksonException e) {
            return notLeat(status);
        }
        String code = problem.path("code").asString("");
        String detail = problem.path("detail").asString("");
        if (code.isEmpty() || detail.isEmpty()) {
            return notLeat(status);
        }
        var more = new ArrayList<String>();
        for (JsonNode violation : problem.path("violations")) {
            more.add(Table.plain(violation.path("field").asString("") + ": "
                    + violation.path("message").asString("")));
        }
        if (status == 401) {
            more.add("Sign in with \"leat login\".");
        }
        if (status >= 500) {
            more.add("The server's log has more under request "
                    + Table.plain(problem.path("instance").asString("?")) + ".");
        }
        return new CommandFailure(ExitCode.ofStatus(status), code, Table.plain(detail), more);
    }

    private CommandFailure notLeat(int status) {
        return new CommandFailure(
                ExitCode.ofStatus(status),
                "server.status-" + status,
                connection.url() + " answered " + status + " without a word. Is it a Leat server?",
                List.of());
    }

    static CommandFailure notLeat() {
        return new CommandFailure(
                ExitCode.REFUSED,
                "server.not-leat",
                "The answer is not what Leat says. Is it a Leat server?",
                List.of());
    }
}
