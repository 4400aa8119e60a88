package leat.mocks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import leat.kernel.Json;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.web.Assets;
import leat.web.FrontDoor;
import leat.web.Route;
import leat.web.Routes;
import leat.web.Server;
import leat.web.ServerSettings;
import leat.web.Site;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import tools.jackson.databind.JsonNode;

/** Mocks mounted on an engine beside the {@link Town}, with a server in front, for one test. */
final class Running implements AutoCloseable {
    static final String HELLO = """
            - endpoint:
                method: GET
                path: /hello/:username
                response:
                  status: 200
                  headers:
                    Content-Type: application/json
                  body: >
                    {"hello": "{{path-params.username}}!"}
            """;

    private static final HttpClient CLIENT = client();

    final Engine engine;
    final Node node;
    final Server server;

    /** Tests choose the Host header, which the client does not allow unless it is told before it is first used. */
    private static HttpClient client() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private Running(Engine engine) {
        this(engine, NodeSettings.defaults());
    }

    private Running(Engine engine, NodeSettings settings) {
        this.engine = engine;
        var town = new Town();
        this.node = Node.start(settings, engine, List.of(town, new MocksModule("localhost", Duration.ofSeconds(20))));
        var routes = new ArrayList<Route>();
        node.added(Routes.class).forEach(added -> routes.addAll(added.table()));
        Assets assets = Assets.of(Running.class.getClassLoader(), "leat/web/assets/");
        var pages = new Pages(assets::url, node.added(Place.class), person -> List.of());
        node.added(PageRoutes.class).forEach(added -> routes.addAll(added.table(pages)));
        this.server = Server.start(
                ServerSettings.local(0),
                Site.of(routes, town)
                        .with(assets)
                        .behind(node.added(FrontDoor.class).toArray(FrontDoor[]::new)));
    }

    static Running inMemory() {
        return new Running(new MemoryEngine());
    }

    /** One of several nodes. */
    static Running named(String name, Engine engine) {
        return new Running(engine, NodeSettings.defaults().named(name, ""));
    }

    static Running on(Engine engine) {
        return new Running(engine);
    }

    /** An answer with its parts at hand. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.tree(response.body());
        }

        String code() {
            return json().path("code").asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer as(String user, String method, String path, Object body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + user));
        boolean isRaw = body instanceof byte[] || body instanceof String;
        if (!isRaw) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        byte[] bytes = body instanceof byte[] raw
                ? raw
                : body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
        return send(method, path, bytes, all.toArray(String[]::new));
    }

    Answer as(String user, String method, String path) {
        return as(user, method, path, new byte[0]);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A mock of acme, made and asked to be published; gives back its id. */
    String published(String name, String source) {
        String id = created(name, source);
        Answer answer = as("acme-editor", "PUT", "/api/mocks/mocks/" + id + "/publication", new byte[0]);
        if (!answer.json().path("status").asString("").equals("published")) {
            throw new AssertionError(answer.text());
        }
        return id;
    }

    String created(String name, String source) {
        return created("acme-editor", Town.ACME.id(), name, source);
    }

    String created(String user, String organization, String name, String source) {
        Answer answer = as(user, "POST", "/api/mocks/mocks", new MocksApi.Draft(organization, name, source));
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.json().path("id").asString();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within 15 s");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static Path fixture(String name) {
        return Path.of("src", "test", "resources", "moclojer-docs", name);
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(200));
        node.close();
        engine.close();
    }
}
