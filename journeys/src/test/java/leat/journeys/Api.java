package leat.journeys;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP with a product as one person: with a token, as programs do, or by forms, as a browser without scripts does. */
final class Api {
    static final String PASSWORD = "seven mills on one leat";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern SECRET = Pattern.compile("class=\"secret\"><code>([^<]+)<");

    private final int port;
    private final Optional<String> token;
    private final Map<String, String> cookies = new HashMap<>();
    private final HttpClient http;

    private Api(int port, Optional<String> token) {
        this.port = port;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** What came back. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return Json.tree(body);
        }

        /** Empty when there is none. */
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of(""))
                    .getFirst();
        }

        /** The stable code of a problem; empty when it is none. */
        String code() {
            return header("content-type").startsWith("application/problem+json")
                    ? json().path("code").asString("")
                    : "";
        }

        /** A member of the JSON answer, as text. */
        String text(String member) {
            return json().path(member).asString("");
        }

        /** Itself, when it has one of these statuses. */
        Answer with(Integer... statuses) {
            if (!List.of(statuses).contains(status)) {
                throw new AssertionError("answered " + status + " instead of " + List.of(statuses) + ": " + body);
            }
            return this;
        }
    }

    static Api nobody(Product product) {
        return new Api(product.port(), Optional.empty());
    }

    static Api nobody(int port) {
        return new Api(port, Optional.empty());
    }

    static Api bearer(Product product, String token) {
        return new Api(product.port(), Optional.of(token));
    }

    /** Comes in by the first link as the owner "ada" of "workshop", and gives what speaks with a token of hers. */
    static Api owner(Product product) throws IOException {
        return owner(product.port(), product.ownerLink());
    }

    /** The same by way of a port and the link itself. */
    static Api owner(int port, String link) throws IOException {
        Api browser = new Api(port, Optional.empty());
        browser.get(link.substring(link.indexOf('/', "http://".length()))).with(303);
        browser.form(
                        "/first-sign-in",
                        Map.of("name", "ada", "organization", "workshop", "password", PASSWORD, "repeated", PASSWORD))
                .with(303);
        return browser.withToken();
    }

    /** Opens an account by an invitation's address, and gives what speaks with a token of the new person. */
    static Api invited(Product product, String url, String name) throws IOException {
        Api browser = nobody(product);
        browser.get(url.substring(url.indexOf('/', "http://".length()))).with(303);
        browser.form("/invitations/acceptance", Map.of("name", name, "password", PASSWORD, "repeated", PASSWORD))
                .with(303);
        return browser.withToken();
    }

    /** Makes a token on the page, as a person does. */
    private Api withToken() throws IOException {
        Answer page = get("/settings/tokens").with(200);
        Answer made = form(
                        "/settings/tokens",
                        Map.of("name", "journey", "scopes", "*", "days", "30", "_csrf", found(CSRF, page.body())))
                .with(200);
        return new Api(port, Optional.of(found(SECRET, made.body())));
    }

    private static String found(Pattern pattern, String html) {
        Matcher matcher = pattern.matcher(html);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + html);
        }
        return matcher.group(1);
    }

    /** The same person at another port: a node behind the front door, say. */
    Api at(int other) {
        return new Api(other, token);
    }

    String token() {
        return token.orElseThrow();
    }

    Answer get(String path) throws IOException {
        return send("GET", path, Map.of(), new byte[0]);
    }

    Answer delete(String path) throws IOException {
        return send("DELETE", path, Map.of(), new byte[0]);
    }

    Answer post(String path, Object body) throws IOException {
        return json("POST", path, body);
    }

    Answer put(String path, Object body) throws IOException {
        return json("PUT", path, body);
    }

    private Answer json(String method, String path, Object body) throws IOException {
        return send(method, path, Map.of("Content-Type", "application/json"), Json.bytes(body));
    }

    /** The same with an Idempotency-Key, so that it can be sent again. */
    Answer keyed(UUID key, String method, String path, Object body) throws IOException {
        return keyed(key, method, path, "application/json", Json.bytes(body));
    }

    Answer keyed(UUID key, String method, String path, String type, byte[] body) throws IOException {
        return send(method, path, Map.of("Content-Type", type, "Idempotency-Key", key.toString()), body);
    }

    /** A mock's file as it is. */
    Answer yaml(String method, String path, String source) throws IOException {
        return send(method, path, Map.of("Content-Type", "text/yaml"), source.getBytes(StandardCharsets.UTF_8));
    }

    Answer form(String path, Map<String, String> fields) throws IOException {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                "POST",
                path,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Sends a request and keeps the cookies of its answer; redirects are answers.
     *
     * @throws IOException when no whole answer comes within 30 seconds
     */
    Answer send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        synchronized (cookies) {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(it -> it.getKey() + "=" + it.getValue())
                                .collect(Collectors.joining("; ")));
            }
        }
        try {
            // The request's own timeout ends with the head; a stream would be read for ever.
            HttpResponse<String> response = http.sendAsync(
                            request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            keep(response.headers().allValues("set-cookie"));
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(method + " " + path + " got no whole answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void keep(List<String> fields) {
        synchronized (cookies) {
            for (String field : fields) {
                String[] pair = field.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty()) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
        }
    }
}
