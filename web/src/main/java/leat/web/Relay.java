package leat.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.Json;

/**
 * Passes a request on to another server and its answer back, both as they come: nothing is held back, so that streams of
 * events work, and nothing is read faster than it can be passed on.
 *
 * <p>A server that cannot be connected to is passed over for the next. Once a request was sent, it is sent again only when it
 * promises to change nothing and has no body; the sender of any other is told 502, because it may have been done.
 */
final class Relay {
    /** Marks what was passed on by a node, so that no two pass it on to each other for ever. */
    static final String RELAYED = "x-leat-relayed";

    private static final Logger LOG = System.getLogger("leat.web");
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Less than a server's own idle timeout, so that it rarely closes a connection on which something is being sent. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final int CONNECTIONS = 1_000;
    private static final int WAITING = 1_000;

    /** Those that mean this connection and not the next; RFC 9110, section 7.6.1. */
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final HttpClient client;

    Relay(Vertx vertx) {
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                        .setMaxHeaderSize(64 * 1024)
                        .setTcpNoDelay(true))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING))
                // A node that dies resets its idle connections too, which concerns nobody.
                .withConnectHandler(connection -> connection.exceptionHandler(
                        gone -> LOG.log(Logger.Level.DEBUG, "a connection to another server broke", gone)))
                .build();
    }

    /** One request that is being passed on. */
    private final class Passage {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final Iterator<InetSocketAddress> servers;
        private final Map<String, String> more;
        private final Consumer<InetSocketAddress> unreachable;
        private final boolean bodiless;
        private boolean begun;

        Passage(
                HttpServerRequest request,
                List<InetSocketAddress> servers,
                Map<String, String> more,
                Consumer<InetSocketAddress> unreachable) {
            this.request = request;
            this.response = request.response();
            this.servers = servers.iterator();
            this.more = more;
            this.unreachable = unreachable;
            this.bodiless = BodyReader.certainlyEmpty(request)
                    || "0".equals(request.headers().get(HttpHeaders.CONTENT_LENGTH));
        }

        void next() {
            if (!servers.hasNext()) {
                refuse(503, "node.unavailable", "No node that answers this can be reached; try again soon.");
                return;
            }
            InetSocketAddress server = servers.next();
            client.request(new RequestOptions()
                            .setMethod(request.method())
                            .setHost(server.getHostString())
                            .setPort(server.getPort())
                            .setURI(request.uri()))
                    .onComplete(connected -> {
                        if (connected.succeeded()) {
                            send(server, connected.result());
                        } else {
                            LOG.log(Logger.Level.DEBUG, "cannot reach " + server, connected.cause());
                            unreachable.accept(server);
                            next();
                        }
                    });
        }

        private void send(InetSocketAddress server, HttpClientRequest onward) {
            copyHead(onward);
            response.exceptionHandler(left -> onward.reset());
            response.closeHandler(left -> onward.reset());
            Future<HttpClientResponse> answer = bodiless ? onward.send() : onward.send(request);
            answer.onComplete(answered -> {
                if (answered.succeeded()) {
                    pass(answered.result());
                } else {
                    LOG.log(Logger.Level.DEBUG, server + " gave no answer", answered.cause());
                    lost();
                }
            });
        }

        private void copyHead(HttpClientRequest onward) {
            Set<String> dropped = named(request.headers().getAll(HttpHeaders.CONNECTION));
            request.headers().forEach((name, value) -> {
                String low = name.toLowerCase(Locale.ROOT);
                if (!OF_ONE_HOP.contains(low) && !dropped.contains(low) && !low.equals("expect")) {
                    onward.headers().add(name, value);
                }
            });
            if (!onward.headers().contains(HttpHeaders.HOST) && request.authority() != null) {
                onward.headers().set(HttpHeaders.HOST, request.authority().toString());
            }
            String peer = request.remoteAddress().hostAddress();
            String before = String.join(", ", request.headers().getAll("x-forwarded-for"));
            onward.headers().set("X-Forwarded-For", before.isEmpty() ? peer : before + ", " + peer);
            if (!onward.headers().contains("x-forwarded-proto")) {
                onward.headers().set("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
            }
            more.forEach(onward.headers()::set);
        }

        private void pass(HttpClientResponse answer) {
            begun = true;
            response.setStatusCode(answer.statusCode());
            Set<String> dropped = named(answer.headers().getAll(HttpHeaders.CONNECTION));
            answer.headers().forEach((name, value) -> {
                String low = name.toLowerCase(Locale.ROOT);
                if (!OF_ONE_HOP.contains(low) && !dropped.contains(low)) {
                    response.headers().add(name, value);
                }
            });
            boolean hasBody = !request.method().equals(HttpMethod.HEAD)
                    && answer.statusCode() != 204
                    && answer.statusCode() != 304;
            if (hasBody
                    && !answer.headers().contains(HttpHeaders.CONTENT_LENGTH)
                    && request.version() != HttpVersion.HTTP_2) {
                response.setChunked(true);
                // What is sent in pieces may be a long time coming: its head must not wait for the first.
                response.writeHead();
            }
            answer.pipeTo(response).onFailure(broken -> request.connection().close());
        }

        private void lost() {
            boolean safe =
                    request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
            if (begun || response.closed()) {
                request.connection().close();
            } else if (safe && bodiless) {
                next();
            } else {
                refuse(
                        502,
                        "node.lost",
                        "The node that was asked went away before it answered, so this may or may not have been done."
                                + " Sent again with the same Idempotency-Key, it is done once.");
            }
        }

        private void refuse(int status, String code, String detail) {
            if (response.closed() || response.headWritten()) {
                request.connection().close();
                return;
            }
            Problem problem = Problem.of(
                    status, code, detail, String.valueOf(request.headers().get("x-request-id")));
            response.setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader("Retry-After", "1");
            if (!bodiless) {
                // Its body may not have been read to the end.
                response.putHeader("Connection", "close");
            }
            response.end(Buffer.buffer(Json.bytes(problem.members())));
        }
    }

    /**
     * Passes a request on to the first of the servers that can be reached. To be called on the request's loop, before anything
     * of its body was read.
     *
     * @param more headers that the request is given, replacing those of that name
     * @param unreachable told of each server that could not be connected to
     */
    void pass(
            HttpServerRequest request,
            List<InetSocketAddress> servers,
            Map<String, String> more,
            Consumer<InetSocketAddress> unreachable) {
        request.pause();
        new Passage(request, servers, more, unreachable).next();
    }

    /** The status of an answer to a GET; fails when there is none in time. */
    Future<Integer> status(InetSocketAddress server, String path, Duration patience) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(server.getHostString())
                        .setPort(server.getPort())
                        .setURI(path)
                        .setIdleTimeout(patience.toMillis())
                        .setConnectTimeout(patience.toMillis()))
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(body -> answer.statusCode()))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Set<String> named(List<String> connection) {
        return connection.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    void close() {
        client.close();
    }
}
