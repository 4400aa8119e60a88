package leat.benchmarks;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/** The real product in a process of its own, with an owner who came in by the printed link and holds a token. */
final class LeatPeer implements AutoCloseable {
    private final Child child;
    private final HttpClient http = HttpClient.newHttpClient();
    final int port;
    private final String token;

    private LeatPeer(Child child, int port, String token) {
        this.child = child;
        this.port = port;
        this.token = token;
    }

    /** @param more settings beside the folder and the port: {@code --engine=distributed} */
    static LeatPeer start(Path data, String... more) throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        settings.addAll(List.of(more));
        Child child =
                Child.start(Child.asTheProduct("-Xmx512m"), "leat.platform.Main", settings.toArray(String[]::new));
        try {
            String link =
                    child.await("(http://localhost:\\d+/first-sign-in\\S+)").group(1);
            return new LeatPeer(child, URI.create(link).getPort(), token(link));
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static String token(String link) throws IOException, InterruptedException {
        URI base = URI.create(link);
        try (HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            browser.send(HttpRequest.newBuilder(base).build(), BodyHandlers.discarding());
            browser.send(
                    HttpRequest.newBuilder(base.resolve("/first-sign-in"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("name=bench&organization=bench&password=&repeated="))
                            .build(),
                    BodyHandlers.discarding());
            String page = browser.send(
                            HttpRequest.newBuilder(base.resolve("/settings/tokens"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Matcher csrf = Pattern.compile("csrf-token\" content=\"([^\"]+)\"").matcher(page);
            if (!csrf.find()) {
                throw new IOException("the first sign-in did not work");
            }
            String made = browser.send(
                            HttpRequest.newBuilder(base.resolve("/api/accounts/tokens"))
                                    .header("Content-Type", "application/json")
                                    .header("X-CSRF-Token", csrf.group(1))
                                    .POST(BodyPublishers.ofString("{\"name\": \"bench\", \"scopes\": [\"*\"]}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return Json.tree(made).path("token").asString();
        }
    }

    String token() {
        return token;
    }

    /** Sends JSON as the owner; fails on anything but a success. */
    JsonNode send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(Json.text(body)))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return Json.tree(answer.body());
    }

    /** Creates a mock and publishes it; returns its id once it is live. */
    String publish(String name, String source) throws IOException, InterruptedException {
        String id = send("POST", "/api/mocks/mocks", Map.of("organization", "bench", "name", name, "source", source))
                .path("id")
                .asString();
        publish(id);
        return id;
    }

    void publish(String id) throws IOException, InterruptedException {
        JsonNode publication = send("PUT", "/api/mocks/mocks/" + id + "/publication", Map.of());
        while (!publication.path("status").asString().equalsIgnoreCase("published")) {
            if (publication.path("status").asString().equalsIgnoreCase("invalid")) {
                throw new IOException("the mock is invalid: " + publication);
            }
            publication = Json.tree(http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://localhost:" + port + "/api/mocks/mocks/" + id + "/publication"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        }
    }

    double cpuSeconds() throws IOException {
        return child.cpuSeconds();
    }

    @Override
    public void close() {
        http.close();
        child.close();
    }
}
