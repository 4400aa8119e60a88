package leat.apps.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.cli.CommandGroup;
import leat.cli.Leat;
import leat.cli.Surroundings;
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

/**
 * An app mounted on an engine beside the {@link Town}, with a server in front, for one test.
 *
 * <pre>{@code
 * try (var app = RunningApp.inMemory(new BookmarksModule())) {
 *     assertThat(app.as("eve", "POST", "/api/bookmarks/bookmarks", draft).outcome()).isEqualTo("403 forbidden");
 * }
 * }</pre>
 */
public final class RunningApp implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Engine engine;
    private final Node node;
    private final Server server;

    private RunningApp(Engine engine, Module app) {
        this.engine = engine;
        var town = new Town();
        this.node = Node.start(NodeSettings.defaults(), engine, List.of(town, app));
        Assets assets = Assets.of(RunningApp.class.getClassLoader(), "leat/web/assets/");
        var pages = new Pages(assets::url, node.added(Place.class), person -> List.of());
        var all = new ArrayList<Route>();
        node.added(Routes.class).forEach(added -> all.addAll(added.table()));
        node.added(PageRoutes.class).forEach(added -> all.addAll(added.table(pages)));
        this.server = Server.start(ServerSettings.local(0), Site.of(all, town).with(assets));
    }

    /** On an engine in memory, whose views are SQLite. */
    public static RunningApp inMemory(Module app) {
        return on(new MemoryEngine(), app);
    }

    /** On an engine that is closed together with it. */
    public static RunningApp on(Engine engine, Module app) {
        return new RunningApp(engine, app);
    }

    /** What somebody types, such as {@code bookmarks list}, with the commands of one app. */
    public Typed type(CommandGroup commands, String user, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                false,
                false,
                Map.of(),
                Path.of("none"));
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--url", uri("").toString(), "--token", user));
        int exit = new Leat(List.of(commands), surroundings, "test").run(arguments.toArray(String[]::new));
        return new Typed(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a command line came to. */
    public record Typed(int exit, String out, String err) {}

    /** An answer with its parts at hand. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Json.tree(response.body());
        }

        /** Status and problem code, as {@code 404 note.absent}; the status alone of a success. */
        public String outcome() {
            return status() < 300 ? Integer.toString(status()) : status() + " " + text("code");
        }

        public String text(String member) {
            return json().path(member).asString("");
        }

        /** The named members of the items of a list. */
        public List<String> all(String member) {
            return json().path("items")
                    .valueStream()
                    .map(it -> it.path(member).asString(""))
                    .toList();
        }

        /** The fields of a refusal that are wrong, with their codes. */
        public List<String> violations() {
            return json().path("violations")
                    .valueStream()
                    .map(it -> it.path("field").asString("") + " "
                            + it.path("code").asString(""))
                    .toList();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /**
     * Sends a request.
     *
     * @param user empty for nobody
     * @param body written as JSON; "" for none
     * @param headers names and values in turn
     */
    public Answer as(String user, String method, String path, Object body, String... headers) {
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

    public Answer as(String user, String method, String path) {
        return as(user, method, path, "");
    }

    /** A page, as a browser asks for it. */
    public Answer page(String user, String path, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!all.contains("Accept")) {
            all.addAll(List.of("Accept", "text/html"));
        }
        return as(user, "GET", path, "", all.toArray(String[]::new));
    }

    /** A form, as a browser sends it; methods other than POST travel in it. */
    public Answer form(String user, String method, String path, Map<String, String> fields, String... headers) {
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

    public Answer get(String user, String path) {
        return as(user, "GET", path);
    }

    /** Opens a stream of events whose lines are read as they come. */
    public HttpResponse<Stream<String>> follow(String user, String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + user);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Waits for something to come true; fails when it has not within 30 s. */
    public static void await(BooleanSupplier condition) {
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
