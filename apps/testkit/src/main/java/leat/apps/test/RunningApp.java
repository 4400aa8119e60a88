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
import leat.web.Doorkeeper;
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

/**
 * An app mounted on an engine beside the {@link Town}, with a server in front, for one test.
 *
 * <pre>{@code
 * try (var app = RunningApp.inMemory(new BookmarksModule())) {
 *     assertThat(app.as("eve", "POST", "/api/bookmarks/bookmarks", draft).outcome()).isEqualTo("403 forbidden");
 * }
 * }</pre>
 *
 * <p>An app whose tests need more, such as settings or modules beside it, extends this.
 */
public class RunningApp implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Engine engine;
    private final Node node;
    private final Server server;
    private final List<Route> routes = new ArrayList<>();
    private final List<Route> pages = new ArrayList<>();

    /** @param town who is there; often one of the modules */
    protected RunningApp(Engine engine, NodeSettings settings, Doorkeeper town, List<Module> modules) {
        this.engine = engine;
        this.node = Node.start(settings, engine, modules);
        node.added(EventCatalogue.class).forEach(it -> it.fill(node.added(EventType.class)));
        node.added(Routes.class).forEach(added -> routes.addAll(added.table()));
        Assets assets = Assets.of(RunningApp.class.getClassLoader(), "leat/web/assets/");
        var look = new Pages(assets::url, node.added(Place.class), person -> List.of());
        node.added(PageRoutes.class).forEach(added -> pages.addAll(added.table(look)));
        var all = new ArrayList<>(routes);
        all.addAll(pages);
        this.server = Server.start(ServerSettings.local(0), Site.of(all, town).with(assets));
    }

    /** On an engine in memory, whose views are SQLite. */
    public static RunningApp inMemory(Module app) {
        return on(new MemoryEngine(), app);
    }

    /** On an engine that is closed together with it. */
    public static RunningApp on(Engine engine, Module app) {
        var town = new Town();
        return new RunningApp(engine, NodeSettings.defaults(), town, List.of(town, app));
    }

    public final Engine engine() {
        return engine;
    }

    public final Node node() {
        return node;
    }

    /** Those of the API, not of pages. */
    public final List<Route> routes() {
        return List.copyOf(routes);
    }

    public final List<Route> pageRoutes() {
        return List.copyOf(pages);
    }

    /** What somebody types, such as {@code bookmarks list}, with the commands of one app. */
    public final Typed type(CommandGroup commands, String user, String... words) {
        return type(commands, user, new byte[0], words);
    }

    /** @param in what is piped in */
    public final Typed type(CommandGroup commands, String user, byte[] in, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in),
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
     * @param body bytes go as they are, anything else as JSON; "" for none
     * @param headers names and values in turn
     */
    public final Answer as(String user, String method, String path, Object body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.equals("")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body instanceof byte[] raw ? raw : Json.bytes(body)));
        if (!user.isEmpty()) {
            request.header("Authorization", credential(user, path));
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

    public final Answer as(String user, String method, String path) {
        return as(user, method, path, "");
    }

    private static String credential(String user, String path) {
        return (path.startsWith("/api/") ? "Bearer " : "Page ") + user;
    }

    /** A page, as a browser asks for it. */
    public final Answer page(String user, String path, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!all.contains("Accept")) {
            all.addAll(List.of("Accept", "text/html"));
        }
        return as(user, "GET", path, "", all.toArray(String[]::new));
    }

    /** A form, as a browser sends it; methods other than POST travel in it. */
    public final Answer form(String user, String method, String path, Map<String, String> fields, String... headers) {
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
                .header("Authorization", credential(user, path))
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

    public final Answer get(String user, String path) {
        return as(user, "GET", path);
    }

    /** Opens a stream of events whose lines are read as they come. */
    public final HttpResponse<Stream<String>> follow(String user, String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).header("Authorization", credential(user, path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public final URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Waits for something to come true; fails when it has not within 30 s. */
    public static void await(BooleanSupplier condition) {
        await(Duration.ofSeconds(30), condition);
    }

    /** Waits for something to come true; fails when it has not in time. */
    public static void await(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within " + patience.toSeconds() + " s");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** From here on nobody is answered; the app itself goes on. */
    public final void stopServing() {
        server.stop(Duration.ofMillis(200));
    }

    @Override
    public void close() {
        stopServing();
        node.close();
        engine.close();
    }
}
