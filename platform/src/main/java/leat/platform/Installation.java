package leat.platform;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import leat.accounts.FirstSignIn;
import leat.accounts.api.AskingDoorkeeper;
import leat.accounts.api.OrganizationsOf;
import leat.kernel.Asks;
import leat.kernel.Module;
import leat.kernel.port.Engine;
import leat.kernel.runtime.JoinException;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.web.AssetFolder;
import leat.web.Assets;
import leat.web.Doorkeeper;
import leat.web.FrontDoor;
import leat.web.OpenApi;
import leat.web.Route;
import leat.web.Routes;
import leat.web.Server;
import leat.web.ServerSettings;
import leat.web.Site;
import leat.web.outgoing.EventCatalogue;
import leat.web.outgoing.EventType;
import leat.web.ui.Nav;
import leat.web.ui.PageRoutes;
import leat.web.ui.Pages;
import leat.web.ui.Place;
import leat.web.ui.Switcher;

/**
 * A running Leat: the engine, the modules on it, and the server in front, started in this order and stopped in the
 * opposite one.
 */
final class Installation implements AutoCloseable {
    private final Engine engine;
    private final Node node;
    private final Server server;
    private final Readiness readiness;
    private final Operations operations;
    private final Optional<Neighbours> neighbours;
    private final URI url;

    private Installation(
            Engine engine,
            Node node,
            Server server,
            Readiness readiness,
            Operations operations,
            Optional<Neighbours> neighbours,
            URI url) {
        this.engine = engine;
        this.node = node;
        this.server = server;
        this.readiness = readiness;
        this.operations = operations;
        this.neighbours = neighbours;
        this.url = url;
    }

    /**
     * Opens, mounts and listens; when this returns, requests are answered, though views may still be catching up.
     *
     * @param modules makes the modules, given how people reach this Leat
     * @throws StartFailure with a sentence for the person at the terminal; nothing is left running then
     */
    static Installation start(
            Settings settings,
            Function<Settings, Engine> opens,
            BiFunction<Settings, Supplier<String>, List<Module>> modules) {
        Server.warmUp();
        Engine engine = opens.apply(settings);
        try {
            // The port, and so the address, may be known only once the server listens; modules ask when they need it.
            var address =
                    new AtomicReference<>(settings.baseUrl().map(URI::toString).orElse(""));
            List<Module> all = modules.apply(settings, address::get);
            List<Module> hosted = Modules.named(settings.modules(), all);
            Node node = node(settings, engine, hosted);
            try {
                Installation installation = serve(settings, engine, node, neighbours(settings, engine, all, hosted));
                address.set(installation.url().toString());
                return installation;
            } catch (RuntimeException e) {
                node.drain(Duration.ZERO);
                throw e;
            }
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** @throws StartFailure when it cannot start beside the nodes that are there, or with these modules */
    static Node node(Settings settings, Engine engine, List<Module> modules) {
        NodeSettings usual = NodeSettings.defaults();
        try {
            return Node.start(
                    settings.distributed()
                            .map(shared -> usual.named(shared.node(), shared.address()))
                            .orElse(usual),
                    engine,
                    modules);
        } catch (JoinException e) {
            throw StartFailure.impossible(
                    e.getMessage() == null ? "This node cannot join the others." : e.getMessage());
        }
    }

    /** Those who host what this node does not; none when it hosts everything, or is alone. */
    private static Optional<Neighbours> neighbours(
            Settings settings, Engine engine, List<Module> all, List<Module> hosted) {
        if (settings.distributed().isEmpty() || hosted.size() == all.size()) {
            return Optional.empty();
        }
        return Optional.of(Neighbours.of(
                engine,
                Clock.systemUTC(),
                settings.distributed().get().node(),
                all.stream().filter(module -> !hosted.contains(module)).toList()));
    }

    private static Installation serve(Settings settings, Engine engine, Node node, Optional<Neighbours> neighbours) {
        Assets assets = Assets.of(
                Installation.class.getClassLoader(),
                Stream.concat(
                                Stream.of(new AssetFolder("leat/web/assets/")),
                                everywhere(AssetFolder.class, node, neighbours).stream())
                        .map(AssetFolder::path)
                        .toArray(String[]::new));
        node.added(EventCatalogue.class).forEach(it -> it.fill(everywhere(EventType.class, node, neighbours)));
        var readiness = new Readiness(node);
        var http = new HttpCounts();
        var operations = new Operations(node, engine, settings.data(), Clock.systemUTC());

        var places = new ArrayList<>(everywhere(Place.class, node, neighbours));
        places.add(OperationsPages.PLACE);
        Switcher switcher = node.added(Switcher.class).stream()
                .findFirst()
                .or(() -> neighbours.map(any -> asking(node.asks())))
                .orElse(person -> List.of());
        var pages = new Pages(assets::url, places, switcher);

        var routes = new ArrayList<Route>();
        routes.addAll(new HealthApi(readiness, engine).table());
        routes.addAll(new MetricsApi(new Metrics(node, engine, http), settings.metricsToken()).table());
        var operationsApi = new OperationsApi(node, engine, operations);
        routes.addAll(operationsApi.table());
        routes.addAll(new OperationsPages(operationsApi, operations, pages).table());
        node.added(Routes.class).forEach(added -> routes.addAll(added.table()));
        node.added(PageRoutes.class).forEach(added -> routes.addAll(added.table(pages)));
        List<Route> distant =
                neighbours.map(others -> others.learn(pages, routes)).orElse(List.of());
        var known = new ArrayList<>(routes);
        known.addAll(distant);
        List<Route> home = new HomePages(pages, known).table();
        routes.addAll(home);
        known.addAll(home);
        var api = new OpenApi("Leat", Release.VERSION, known);
        routes.addAll(new ReferencePages(api, List.copyOf(known), pages).table());
        routes.add(api.route());

        Site site = Site.of(
                        routes,
                        node.added(Doorkeeper.class).stream()
                                .findFirst()
                                .or(() -> neighbours.map(any -> new AskingDoorkeeper(node.asks())))
                                .orElse(Doorkeeper.ofNobody()))
                .with(assets)
                .behind(node.added(FrontDoor.class).toArray(FrontDoor[]::new))
                .with(new PlatformProblemPages(pages))
                .asking(pages::confirmation)
                .with(http);
        Server server = listen(settings, neighbours.map(site::passingOn).orElse(site));
        neighbours.ifPresent(Neighbours::start);
        operations.start();
        return new Installation(
                engine,
                node,
                server,
                readiness,
                operations,
                neighbours,
                settings.baseUrl()
                        .orElseGet(() -> URI.create("http://" + reachable(settings.host()) + ":" + server.port())));
    }

    private static <T> List<T> everywhere(Class<T> kind, Node node, Optional<Neighbours> neighbours) {
        var all = new ArrayList<>(node.added(kind));
        neighbours.ifPresent(others -> all.addAll(others.added(kind)));
        return all;
    }

    private static Switcher asking(Asks asks) {
        return person -> asks.ask(new OrganizationsOf(person.userId())).memberships().stream()
                .map(it -> it.organization().name())
                .map(name -> new Nav.Link(name, "/organizations/" + name))
                .toList();
    }

    private static Server listen(Settings settings, Site site) {
        try {
            return Server.start(
                    ServerSettings.local(settings.port())
                            .onHost(settings.host())
                            .trusting(settings.trustedProxies()),
                    site);
        } catch (IllegalStateException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("");
            if (reason.contains("in use")) {
                throw StartFailure.impossible("Port " + settings.port() + " of " + settings.host()
                        + " is in use by another program; stop that one, or choose another port with --port.");
            }
            throw StartFailure.impossible("Leat " + reason + ".");
        }
    }

    /** What a person on this machine types for the address that we listen on. */
    static String reachable(String host) {
        return switch (host) {
            case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }

    /** A one-time link for the owner, when nobody could sign in as the owner otherwise. */
    Optional<String> firstSignIn() {
        return node.added(FirstSignIn.class).stream().findFirst().flatMap(first -> first.url(url.toString()));
    }

    URI url() {
        return url;
    }

    int port() {
        return server.port();
    }

    Node node() {
        return node;
    }

    /** Waits until views show what was in the journal at the start. */
    boolean awaitReady(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!node.ready()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Says "not ready", lets requests and tasks under way finish, and gives the data folder free. */
    void stop(Duration delay, Duration grace) {
        readiness.drain();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        operations.stop();
        neighbours.ifPresent(Neighbours::close);
        server.stop(grace);
        node.drain(grace);
        engine.close();
    }

    @Override
    public void close() {
        stop(Duration.ZERO, Duration.ofSeconds(5));
    }
}
