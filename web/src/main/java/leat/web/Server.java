package leat.web;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.Json;

/**
 * A running HTTP server: HTTP/1.1 and HTTP/2 without TLS, which a proxy in front adds.
 *
 * <p>Event loops, one for each processor, accept, parse and write; each routed request runs on a virtual thread of its own.
 */
public final class Server {
    private static final Logger LOG = System.getLogger("leat.web");

    private final Vertx vertx;
    private final List<HttpServer> loops;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;
    private final Streams streams;
    private final ConnectionGuard.Counted connections;
    private final int port;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Server(
            Vertx vertx,
            List<HttpServer> loops,
            ExecutorService threads,
            ScheduledExecutorService clock,
            Streams streams,
            ConnectionGuard.Counted connections,
            int port) {
        this.vertx = vertx;
        this.loops = loops;
        this.threads = threads;
        this.clock = clock;
        this.streams = streams;
        this.connections = connections;
        this.port = port;
    }

    /**
     * Starts to listen; when this returns, requests are answered.
     *
     * @throws IllegalArgumentException when two routes contradict each other, or one allows larger bodies than the server
     * @throws IllegalStateException when the port cannot be had
     */
    public static Server start(ServerSettings settings, Site site) {
        site.routes().forEach(route -> refuseExcess(route, settings.limits().largestBodyBytes()));
        var router = new Router(site.routes());
        var streams = new Streams(settings.limits(), site.metrics());
        var connections = new ConnectionGuard.Counted(settings.limits().connections(), site.metrics());
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory());
        Vertx vertx = Vertx.builder()
                .with(vertxOptions())
                .withTransport(GuardedTransport.best(
                        () -> new ConnectionGuard(settings.timeouts().head(), connections)))
                .build();
        var listener = new Listener(
                settings,
                site,
                router,
                new Pipeline(site, streams),
                threads,
                site.elsewhere().map(elsewhere -> new Onward(elsewhere, new Relay(vertx))));
        var loops = new CopyOnWriteArrayList<HttpServer>();
        try {
            int port = listen(vertx, settings, listener, loops);
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("leat-heartbeat").factory());
            long beat = settings.timeouts().heartbeat().toMillis();
            var _ = clock.scheduleAtFixedRate(streams::heartbeat, beat, beat, TimeUnit.MILLISECONDS);
            return new Server(vertx, loops, threads, clock, streams, connections, port);
        } catch (CompletionException e) {
            vertx.close();
            threads.shutdownNow();
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * Begins to load what a server needs, on a thread of its own, for a process that has something else to do before it can
     * listen. Not needed, only quicker.
     */
    public static void warmUp() {
        Thread.ofPlatform().daemon().name("leat-warm-up").start(() -> {
            Vertx vertx = Vertx.builder()
                    .with(vertxOptions())
                    .withTransport(GuardedTransport.best(ChannelInboundHandlerAdapter::new))
                    .build();
            vertx.createHttpServer(new HttpServerOptions());
            vertx.close();
            Json.warmUp();
        });
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    public int openConnections() {
        return connections.open();
    }

    public int openStreams() {
        return streams.size();
    }

    /**
     * Stops: accepts no more, ends streams of events, lets requests in flight finish for as long as the grace lasts, then
     * closes every connection and interrupts every handler. Returns when all is closed; a second call does nothing.
     */
    public void stop(Duration grace) {
        if (stopped.getAndSet(true)) {
            return;
        }
        clock.shutdownNow();
        streams.drain();
        List<Future<Void>> closing = loops.stream()
                .map(loop -> loop.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        try {
            Future.all(closing).toCompletionStage().toCompletableFuture().join();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            LOG.log(Logger.Level.WARNING, "the listener did not close cleanly", e.getCause());
        }
        threads.shutdownNow();
    }

    private static int listen(Vertx vertx, ServerSettings settings, Listener listener, List<HttpServer> loops) {
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return guarded(vertx, settings)
                                        .invalidRequestHandler(listener::receivedNonsense)
                                        .requestHandler(request -> listener.received(request, context))
                                        .listen(address(settings))
                                        .onSuccess(loops::add);
                            }
                        },
                        new DeploymentOptions().setInstances(loopCount()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return loops.getFirst().actualPort();
    }

    /** One that tells the guards of its connections when they become HTTP. */
    static HttpServer guarded(Vertx vertx, ServerSettings settings) {
        return vertx.createHttpServer(httpOptions(settings))
                .connectionHandler(connection ->
                        ConnectionGuard.connectionOpened(connection.protocolVersion() != HttpVersion.HTTP_2));
    }

    /** With plain 0, each loop would pick a port of its own. */
    static SocketAddress address(ServerSettings settings) {
        return settings.port() == 0
                ? SocketAddress.sharedRandomPort(1, settings.host())
                : SocketAddress.inetSocketAddress(settings.port(), settings.host());
    }

    private static int loopCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(loopCount())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static HttpServerOptions httpOptions(ServerSettings settings) {
        ServerSettings.Limits limits = settings.limits();
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(true)
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(limits.headerBytes())
                        .setMaxConcurrentStreams(100))
                .setMaxInitialLineLength(limits.targetBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setIdleTimeout((int) settings.timeouts().idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static void refuseExcess(Route route, int largest) {
        if (route.bodyLimit().orElse(0) > largest) {
            throw new IllegalArgumentException(route + " allows bodies of "
                    + route.bodyLimit().getAsInt() + " bytes; the server's most is " + largest);
        }
    }
}
