package leat.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import leat.kernel.Envelope;
import leat.kernel.Json;
import leat.kernel.port.Engine;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.web.Assets;
import leat.web.Route;
import leat.web.Routes;
import leat.web.Server;
import leat.web.ServerSettings;
import leat.web.Site;
import leat.web.outgoing.EventCatalogue;
import leat.web.outgoing.EventType;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import tools.jackson.databind.JsonNode;

/** Webhooks mounted on an engine beside the {@link Bell}, with a server in front, for one test. */
final class Running implements AutoCloseable {
    static final byte[] KEY = "a key of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    static final String HOOKS = "/api/webhooks/organizations/acme/hooks";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Engine engine;
    final Node node;
    final Server server;
    final List<Route> routes = new ArrayList<>();
    final List<Route> pageRoutes = new ArrayList<>();

    final Bell bell = new Bell();
    private final Clock clock;

    private Running(Engine engine, boolean anywhere, NodeSettings settings) {
        this.engine = engine;
        this.clock = settings.clock();
        this.node = Node.start(
                settings,
                engine,
                List.of(bell, new WebhooksModule(new WebhooksSettings(() -> Optional.of(KEY), anywhere))));
        node.added(EventCatalogue.class).forEach(it -> it.fill(node.added(EventType.class)));
        node.added(Routes.class).forEach(added -> routes.addAll(added.table()));
        Assets assets = Assets.of(Running.class.getClassLoader(), "leat/web/assets/");
        var pages = new Pages(assets::url, node.added(Place.class), person -> List.of());
        node.added(PageRoutes.class).forEach(added -> pageRoutes.addAll(added.table(pages)));
        var all = new ArrayList<>(routes);
        all.addAll(pageRoutes);
        this.server = Server.start(ServerSettings.local(0), Site.of(all, bell).with(assets));
    }

    static Running inMemory() {
        return new Running(new MemoryEngine(), true, NodeSettings.defaults());
    }

    /** Where only the public internet may be reached. */
    static Running guarded() {
        return new Running(new MemoryEngine(), false, NodeSettings.defaults());
    }

    /** Tasks of a process that died are taken over after two seconds. */
    static Running on(Engine engine) {
        NodeSettings usual = NodeSettings.defaults();
        NodeSettings.Times times = usual.times();
        return new Running(
                engine,
                true,
                usual.with(new NodeSettings.Times(
                        times.partitionLease(), Duration.ofSeconds(2), times.commandMemory(), times.command())));
    }

    static Running at(Clock clock) {
        return new Running(new MemoryEngine(), true, NodeSettings.defaults().with(clock));
    }

    void ring(String bell, int times) {
        for (int i = 0; i < times; i++) {
            this.bell.bells.tell(
                    bell,
                    new Bell.Ring(Bell.ACME.id()),
                    new Envelope(UUID.randomUUID(), "request-1", "user:tester", clock.instant()));
        }
    }

    /** Adds a webhook and gives back its id and its secret. */
    Added add(String url) {
        Answer answer = as("oda", "POST", HOOKS, Map.of("url", url, "types", List.of("bell.rang")));
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return new Added(
                answer.json().path("webhook").path("id").asString(""),
                answer.json().path("secret").asString(""));
    }

    record Added(String id, String secret) {
        String path() {
            return HOOKS + "/" + id;
        }
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

        /** Status and problem code, as {@code 404 note.absent}; the status alone of a success. */
        String outcome() {
            return status() < 300 ? Integer.toString(status()) : status() + " " + text("code");
        }

        String text(String member) {
            return json().path(member).asString("");
        }

        /** The named members of the items of a list. */
        List<String> all(String member) {
            return json().path("items")
                    .valueStream()
                    .map(it -> it.path(member).asString(""))
                    .toList();
        }

        /** The fields of a refusal that are wrong, with their codes. */
        List<String> violations() {
            return json().path("violations")
                    .valueStream()
                    .map(it -> it.path("field").asString("") + " "
                            + it.path("code").asString(""))
                    .toList();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** @param user empty for nobody */
    Answer as(String user, String method, String path, Object body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.equals("") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (!user.isEmpty()) {
            request.header("Authorization", "Bearer " + user);
        }
        if (!body.equals("")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer as(String user, String method, String path) {
        return as(user, method, path, "");
    }

    /** A page, as a browser asks for it. */
    Answer page(String user, String path, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!all.contains("Accept")) {
            all.addAll(List.of("Accept", "text/html"));
        }
        return as(user, "GET", path, "", all.toArray(String[]::new));
    }

    /** A form, as a browser sends it; methods other than POST travel in it. */
    Answer form(String user, String method, String path, Map<String, String> fields, String... headers) {
        var all = new LinkedHashMap<>(fields);
        if (!method.equals("POST")) {
            all.put("_method", method);
        }
        String body = all.entrySet().stream()
                .map(it -> URLEncoder.encode(it.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + user)
                .POST(BodyPublishers.ofString(body));
        if (!List.of(headers).contains("Accept")) {
            request.header("Accept", "text/html");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer get(String user, String path) {
        return as(user, "GET", path);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within 30 s");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(200));
        node.close();
        engine.close();
    }
}
