package leat.notes;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import leat.kernel.Json;
import leat.kernel.Module;
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
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import tools.jackson.databind.JsonNode;

/** Notes mounted on an engine beside the {@link Town}, with a server in front, for one test. */
final class Running implements AutoCloseable {
    static final String NOTES = "/api/notes/notes";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Engine engine;
    final Node node;
    final Town town = new Town();
    final Server server;
    final List<Route> routes = new ArrayList<>();
    final List<Route> pageRoutes = new ArrayList<>();

    private Running(Engine engine, NotesSettings settings, List<Module> beside) {
        this.engine = engine;
        var modules = new ArrayList<Module>(List.of(town, new NotesModule(settings)));
        modules.addAll(beside);
        this.node = Node.start(NodeSettings.defaults(), engine, modules);
        node.added(Routes.class).forEach(added -> routes.addAll(added.table()));
        Assets assets = Assets.of(Running.class.getClassLoader(), "leat/web/assets/");
        var pages = new Pages(assets::url, node.added(Place.class), person -> List.of());
        node.added(PageRoutes.class).forEach(added -> pageRoutes.addAll(added.table(pages)));
        var all = new ArrayList<>(routes);
        all.addAll(pageRoutes);
        this.server = Server.start(ServerSettings.local(0), Site.of(all, town).with(assets));
    }

    static Running inMemory() {
        return on(new MemoryEngine());
    }

    static Running on(Engine engine) {
        return on(engine, NotesSettings.USUAL);
    }

    static Running on(Engine engine, NotesSettings settings) {
        return new Running(engine, settings, List.of());
    }

    /** With further modules. */
    static Running beside(Engine engine, List<Module> modules) {
        return new Running(engine, NotesSettings.USUAL, modules);
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

    /**
     * @param user empty for nobody
     * @param body bytes go as they are, anything else as JSON
     */
    Answer as(String user, String method, String path, Object body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.equals("")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body instanceof byte[] raw ? raw : Json.bytes(body)));
        if (!user.isEmpty()) {
            request.header("Authorization", (path.startsWith("/api/") ? "Bearer " : "Page ") + user);
        }
        if (!body.equals("") && !(body instanceof byte[])) {
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
                .header("Authorization", "Page " + user)
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

    /** Opens a stream of events whose lines are read as they come. */
    HttpResponse<java.util.stream.Stream<String>> follow(String user, String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", (path.startsWith("/api/") ? "Bearer " : "Page ") + user);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Creates a note and gives back its id. */
    String create(String user, Map<String, Object> draft) {
        Answer answer = as(user, "POST", NOTES, draft);
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.text("id");
    }

    static Map<String, Object> open(String title) {
        return Map.of("title", title, "body", "Some *text*.", "access", "Public");
    }

    static Map<String, Object> closed(String title) {
        return Map.of("title", title, "body", "Some *text*.");
    }

    static void await(BooleanSupplier condition) {
        await(Duration.ofSeconds(15), condition);
    }

    static void await(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within " + patience.toSeconds() + " s");
            }
            try {
                Thread.sleep(5);
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
