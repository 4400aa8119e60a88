package leat.web.outgoing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import leat.kernel.Lazy;

/**
 * Sends requests to addresses that people chose, and is not led by them into this machine or its private networks.
 *
 * <p>A name is looked up once, every address that it stands for is judged, and the connection goes to one of those: what the
 * name stands for a moment later does not matter. Redirects are not followed. Of an answer at most {@link #EXCERPT} bytes
 * are read, and no time beyond the limit is spent. Each request has a connection of its own. Call from a virtual thread.
 */
public final class Outgoing implements AutoCloseable {
    /** Bytes that are read of an answer. */
    public static final int EXCERPT = 2 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 512;

    private final boolean anywhere;
    private final Duration limit;
    private final Lazy<Client> client = Lazy.of(Client::open);
    private volatile boolean opened;

    private record Client(Vertx vertx, HttpClient http) {
        static Client open() {
            // Without a folder of cached files, which a killed process would leave behind.
            Vertx vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            return new Client(
                    vertx,
                    vertx.httpClientBuilder()
                            .with(new HttpClientOptions()
                                    .setConnectTimeout((int) CONNECT.toMillis())
                                    .setKeepAlive(false)
                                    .setMaxHeaderSize(16 * 1024)
                                    .setTcpNoDelay(true))
                            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(CONNECTIONS))
                            .build());
        }
    }

    /**
     * @param anywhere whether private networks and this machine may be reached, too
     * @param limit on a request from the looking up of the name to the end of the answer
     */
    public Outgoing(boolean anywhere, Duration limit) {
        this.anywhere = anywhere;
        this.limit = limit;
    }

    /** @param excerpt how the answer begins, as text */
    public record Answered(int status, String excerpt) {}

    /** What was not reached, with a sentence for people. */
    public static final class UnreachedException extends IOException {
        private static final long serialVersionUID = 1;

        UnreachedException(String message) {
            super(message);
        }
    }

    /**
     * Sends a POST and waits for the answer.
     *
     * @param to http or https, with a host
     * @throws UnreachedException when it may not or could not be reached, or did not answer in time
     */
    public Answered post(URI to, Map<String, String> headers, byte[] body) throws UnreachedException {
        long deadline = System.nanoTime() + limit.toNanos();
        InetAddress address = allowed(to.getHost());
        boolean tls = "https".equalsIgnoreCase(to.getScheme());
        int port = to.getPort() >= 0 ? to.getPort() : tls ? 443 : 80;
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(unbracketed(to.getHost()))
                .setPort(port)
                .setSsl(tls)
                .setFollowRedirects(false)
                .setURI(target(to));
        headers.forEach(options::putHeader);
        var answered = new CompletableFuture<Answered>();
        opened = true;
        var _ = client.get().http().request(options).onComplete(connected -> {
            if (connected.failed()) {
                answered.completeExceptionally(connected.cause());
            } else if (answered.isDone()) {
                var _ = connected.result().reset();
            } else {
                send(connected.result(), body, answered);
            }
        });
        try {
            return answered.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answered.cancel(false);
            throw new UnreachedException("It did not answer within " + limit.toSeconds() + " s.");
        } catch (ExecutionException e) {
            throw new UnreachedException("It could not be reached: " + reason(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answered.cancel(false);
            throw new UnreachedException("Waiting for it was interrupted.");
        }
    }

    private static void send(HttpClientRequest request, byte[] body, CompletableFuture<Answered> answered) {
        var _ = answered.whenComplete((any, fault) -> {
            if (answered.isCancelled()) {
                var _ = request.reset();
            }
        });
        request.exceptionHandler(answered::completeExceptionally);
        var _ = request.send(Buffer.buffer(body))
                .onSuccess(response -> read(request, response, answered))
                .onFailure(answered::completeExceptionally);
    }

    private static void read(
            HttpClientRequest request, HttpClientResponse response, CompletableFuture<Answered> answered) {
        Buffer read = Buffer.buffer();
        response.exceptionHandler(fault -> answered.complete(answer(response, read)));
        response.endHandler(end -> answered.complete(answer(response, read)));
        response.handler(piece -> {
            read.appendBuffer(piece, 0, Math.min(piece.length(), EXCERPT - read.length()));
            if (read.length() >= EXCERPT && answered.complete(answer(response, read))) {
                var _ = request.reset();
            }
        });
    }

    private static Answered answer(HttpClientResponse response, Buffer read) {
        return new Answered(response.statusCode(), new String(read.getBytes(), StandardCharsets.UTF_8));
    }

    private InetAddress allowed(String host) throws UnreachedException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UnreachedException("Nothing is known by the name " + host + ".");
        }
        for (InetAddress one : all) {
            boolean nowhere = one.isAnyLocalAddress() || one.isMulticastAddress();
            if (nowhere || (!anywhere && !AddressRule.isPublic(one))) {
                throw new UnreachedException(
                        host + " leads into a private network or to this machine, which is not allowed here.");
            }
        }
        return all[0];
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String target(URI to) {
        String path =
                Optional.ofNullable(to.getRawPath()).filter(it -> !it.isEmpty()).orElse("/");
        return to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
    }

    private static String reason(ExecutionException failed) {
        Throwable fault = Optional.ofNullable(failed.getCause()).orElse(failed);
        String message = fault.getMessage();
        String said = message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
        return said.replaceAll("[\\r\\n]+", " ").replaceAll("\\.$", "");
    }

    @Override
    public void close() {
        if (opened) {
            var _ = client.get().vertx().close();
        }
    }
}
