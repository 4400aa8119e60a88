package leat.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import leat.kernel.Ids;
import leat.kernel.Json;
import org.jspecify.annotations.Nullable;

/** Receives requests on the event loops: shows them to the front doors, or reads their body and hands them to a thread. */
final class Listener {
    static final Logger LOG = System.getLogger("leat.web");

    private final ServerSettings settings;
    private final FrontDoor[] doors;
    private final @Nullable Onward onward;
    private final Router router;
    private final Pipeline pipeline;
    private final Executor threads;
    private final TrustedProxies proxies;
    private final Ids ids =
            new Ids(Clock.systemUTC(), ThreadLocalRandom.current().nextInt(Ids.MAX_NODE + 1));
    private final AtomicInteger handling = new AtomicInteger();
    private final AtomicLong bufferedBytes = new AtomicLong();

    Listener(
            ServerSettings settings,
            Site site,
            Router router,
            Pipeline pipeline,
            Executor threads,
            Optional<Onward> onward) {
        this.settings = settings;
        this.doors = site.frontDoors().toArray(FrontDoor[]::new);
        this.onward = onward.orElse(null);
        this.router = router;
        this.pipeline = pipeline;
        this.threads = threads;
        this.proxies = new TrustedProxies(settings.trustedProxies());
    }

    /** Called on an event loop for each request whose head is whole. */
    void received(HttpServerRequest request, Context loop) {
        String path = Optional.ofNullable(request.path()).orElse("");
        Onward passing = onward;
        if (doors.length > 0 || passing != null) {
            String host = host(request);
            for (FrontDoor door : doors) {
                if (door.takes(host, path)) {
                    var exchange = new VertxExchange(
                            request, host, path, loop, settings.timeouts().body());
                    exchange.guarded(() -> door.serve(exchange));
                    return;
                }
            }
            if (passing != null && passing.takes(request, host, path)) {
                return;
            }
        }
        route(request, path, loop);
    }

    /** Called on an event loop for bytes that are no request within the limits. */
    void receivedNonsense(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem = cause instanceof TooLongHttpLineException
                ? Problem.of(
                        414,
                        "request.target-too-long",
                        "The address is longer than " + settings.limits().targetBytes() + " bytes.",
                        ids.next())
                : cause instanceof TooLongHttpHeaderException
                        ? Problem.of(
                                431,
                                "request.headers-too-large",
                                "The headers are larger than "
                                        + settings.limits().headerBytes() + " bytes together.",
                                ids.next())
                        : Problem.of(400, "request.malformed", "This is not a well-formed request.", ids.next());
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(Buffer.buffer(Json.bytes(problem.members())))
                .onComplete(sent -> request.connection().close());
    }

    private void route(HttpServerRequest request, String path, Context loop) {
        long startNanos = System.nanoTime();
        Optional<Router.Match> match = router.match(path);
        int limit = match.map(found -> found.bodyLimit(settings.limits().bodyBytes()))
                .orElse(settings.limits().bodyBytes());
        var held = new AtomicLong();
        if (BodyReader.certainlyEmpty(request)) {
            handOver(
                    incoming(request, path, new byte[0]), match, new VertxWire(loop, request, false), startNanos, held);
            return;
        }
        BodyReader.read(
                loop,
                request,
                limit,
                settings.timeouts().body(),
                count -> {
                    held.addAndGet(count);
                    return bufferedBytes.addAndGet(count) <= settings.limits().bufferedBodyBytes();
                },
                new BodyReader.Outcome() {
                    @Override
                    public void whole(byte[] body) {
                        handOver(
                                incoming(request, path, body),
                                match,
                                new VertxWire(loop, request, false),
                                startNanos,
                                held);
                    }

                    @Override
                    public void failed(int status) {
                        bufferedBytes.addAndGet(-held.getAndSet(0));
                        turnAway(request, path, bodyProblem(status, limit), loop, startNanos);
                    }

                    @Override
                    public void clientLeft() {
                        bufferedBytes.addAndGet(-held.getAndSet(0));
                    }
                });
    }

    private void handOver(
            Request.Incoming incoming, Optional<Router.Match> match, Wire wire, long startNanos, AtomicLong held) {
        boolean busy = handling.incrementAndGet() > settings.limits().concurrentRequests();
        try {
            threads.execute(() -> {
                try {
                    if (busy) {
                        pipeline.turnAway(incoming, overloaded(incoming), wire, startNanos);
                    } else {
                        pipeline.handle(incoming, match, wire, startNanos);
                    }
                } finally {
                    handling.decrementAndGet();
                    bufferedBytes.addAndGet(-held.get());
                }
            });
        } catch (RejectedExecutionException e) {
            handling.decrementAndGet();
            bufferedBytes.addAndGet(-held.get());
            wire.cut();
        }
    }

    private void turnAway(HttpServerRequest request, String path, BodyProblem why, Context loop, long startNanos) {
        Request.Incoming incoming = incoming(request, path, new byte[0]);
        var wire = new VertxWire(loop, request, true);
        Problem problem = Problem.of(why.status(), why.code(), why.detail(), incoming.requestId());
        try {
            threads.execute(() -> pipeline.turnAway(incoming, problem, wire, startNanos));
        } catch (RejectedExecutionException e) {
            wire.cut();
        }
    }

    private record BodyProblem(int status, String code, String detail) {}

    private static BodyProblem bodyProblem(int status, int limit) {
        return switch (status) {
            case 413 -> new BodyProblem(413, "request.too-large", "The body is larger than " + limit + " bytes.");
            case 408 -> new BodyProblem(408, "request.too-slow", "The body did not arrive in time; send it again.");
            default -> new BodyProblem(503, "overloaded", "Too much is being sent at once; try again soon.");
        };
    }

    private static Problem overloaded(Request.Incoming incoming) {
        return Problem.of(503, "overloaded", "The server is busy; try again soon.", incoming.requestId());
    }

    private Request.Incoming incoming(HttpServerRequest request, String path, byte[] body) {
        var gathering = new Headers.Gathering();
        request.headers().forEach(gathering);
        if (request.authority() != null) {
            gathering.acceptIfAbsent("host", request.authority().toString());
        }
        Headers headers = gathering.headers();
        String peer = request.remoteAddress().hostAddress();
        return new Request.Incoming(
                request.method().name(),
                path,
                Optional.ofNullable(request.query()).orElse(""),
                headers,
                body,
                requestId(headers),
                proxies.client(peer, headers),
                request.isSSL() || proxies.saysHttps(peer, headers));
    }

    private String requestId(Headers headers) {
        return headers.first("x-request-id")
                .filter(id ->
                        id.length() >= 8 && id.length() <= 64 && id.chars().allMatch(Listener::mayStandInId))
                .orElseGet(ids::next);
    }

    private static boolean mayStandInId(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    /** The host without its port, lower case; as little work as possible, for every mock answer passes here. */
    private static String host(HttpServerRequest request) {
        String host = request.headers().get(HttpHeaders.HOST);
        if (host == null) {
            HostAndPort authority = request.authority();
            return authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
        }
        int end = host.length();
        boolean plain = true;
        for (int i = 0; i < end; i++) {
            char c = host.charAt(i);
            if (c == ':' && host.charAt(0) != '[') {
                end = i;
            } else if (c == ']') {
                end = i + 1;
            } else if (c >= 'A' && c <= 'Z') {
                plain = false;
            }
        }
        String name = end == host.length() ? host : host.substring(0, end);
        return plain ? name : name.toLowerCase(Locale.ROOT);
    }
}
