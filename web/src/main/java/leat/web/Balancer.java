package leat.web;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A front door for several nodes: spreads requests over them in turn, and passes over those that do not answer.
 *
 * <p>Each node is asked for {@code /health/ready} twice a second. Those that are ready share the requests; when none is, those
 * that answered at all. Streams of events stay with the node that they began on and end with it; the browser comes back, to
 * another one. Small on purpose: no TLS, no configuration of its own.
 */
public final class Balancer implements AutoCloseable {
    /** How often each node is asked how it is, and how long it may take to answer. */
    static final Duration BEAT = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final List<HttpServer> loops;
    private final List<InetSocketAddress> servers;
    private final Map<InetSocketAddress, Health> healths;
    private final int port;

    /** How a server answered when it was last asked. */
    public enum Health {
        READY,
        LIVE,
        AWAY
    }

    private Balancer(
            Vertx vertx,
            List<HttpServer> loops,
            List<InetSocketAddress> servers,
            Map<InetSocketAddress, Health> healths,
            int port) {
        this.vertx = vertx;
        this.loops = loops;
        this.servers = servers;
        this.healths = healths;
        this.port = port;
    }

    /**
     * Starts to listen and to ask.
     *
     * @param settings where to listen, and how much to bear
     * @throws IllegalStateException when the port cannot be had
     */
    public static Balancer start(ServerSettings settings, List<InetSocketAddress> servers) {
        var counted = new ConnectionGuard.Counted(settings.limits().connections(), ServerMetrics.NONE);
        Vertx vertx = Vertx.builder()
                .with(Server.vertxOptions())
                .withTransport(GuardedTransport.best(
                        () -> new ConnectionGuard(settings.timeouts().head(), counted)))
                .build();
        var healths = new ConcurrentHashMap<InetSocketAddress, Health>();
        servers.forEach(server -> healths.put(server, Health.AWAY));
        var loops = new CopyOnWriteArrayList<HttpServer>();
        var relay = new Relay(vertx);
        var turns = new AtomicInteger();
        try {
            vertx.deployVerticle(
                            () -> new VerticleBase() {
                                @Override
                                public Future<?> start() {
                                    return Server.guarded(vertx, settings)
                                            .requestHandler(request -> pass(relay, request, servers, healths, turns))
                                            .listen(Server.address(settings))
                                            .onSuccess(loops::add);
                                }
                            },
                            new DeploymentOptions()
                                    .setInstances(Runtime.getRuntime().availableProcessors()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            vertx.close();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getCause(), e);
        }
        vertx.setPeriodic(1, BEAT.toMillis(), beat -> servers.forEach(server -> ask(relay, server, healths)));
        return new Balancer(
                vertx, loops, List.copyOf(servers), healths, loops.getFirst().actualPort());
    }

    private static void ask(Relay relay, InetSocketAddress server, Map<InetSocketAddress, Health> healths) {
        relay.status(server, "/health/ready", PATIENCE)
                .onComplete(answer -> healths.put(
                        server, answer.failed() ? Health.AWAY : answer.result() == 200 ? Health.READY : Health.LIVE));
    }

    private static void pass(
            Relay relay,
            HttpServerRequest request,
            List<InetSocketAddress> servers,
            Map<InetSocketAddress, Health> healths,
            AtomicInteger turns) {
        relay.pass(
                request,
                inTurn(servers, healths, turns.getAndIncrement()),
                Map.of(),
                server -> healths.put(server, Health.AWAY));
    }

    /** Those that are ready, beginning with another one each time; then the others, for what was not noticed yet. */
    private static List<InetSocketAddress> inTurn(
            List<InetSocketAddress> servers, Map<InetSocketAddress, Health> healths, int turn) {
        var order = new ArrayList<InetSocketAddress>(servers.size());
        for (Health health : Health.values()) {
            var alike = new ArrayList<InetSocketAddress>(servers.size());
            for (InetSocketAddress server : servers) {
                if (healths.getOrDefault(server, Health.AWAY) == health) {
                    alike.add(server);
                }
            }
            for (int i = 0; i < alike.size(); i++) {
                order.add(alike.get(Math.floorMod(turn + i, alike.size())));
            }
        }
        return order;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** How each server answered when it was last asked, in the order given. */
    public List<Health> healths() {
        return servers.stream()
                .map(server -> healths.getOrDefault(server, Health.AWAY))
                .toList();
    }

    /** Accepts no more and closes every connection. */
    @Override
    public void close() {
        try {
            Future.all(loops.stream()
                            .map(loop -> loop.shutdown(0, TimeUnit.MILLISECONDS))
                            .toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            System.getLogger("leat.web").log(System.Logger.Level.DEBUG, "the front door did not close cleanly", e);
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
