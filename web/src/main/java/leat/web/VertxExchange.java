package leat.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A front door's view on the listener's request and response. */
final class VertxExchange implements Exchange {
    private static final byte[] NOTHING = new byte[0];

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String host;
    private final String path;
    private final Context loop;
    private final Duration bodyTimeout;

    VertxExchange(HttpServerRequest request, String host, String path, Context loop, Duration bodyTimeout) {
        this.request = request;
        this.response = request.response();
        this.host = host;
        this.path = path;
        this.loop = loop;
        this.bodyTimeout = bodyTimeout;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String uri() {
        return request.uri();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return request.headers().get(name);
    }

    @Override
    public void eachHeader(BiConsumer<String, String> field) {
        request.headers().forEach(field);
    }

    @Override
    public String peerAddress() {
        return request.remoteAddress().hostAddress();
    }

    @Override
    public void body(int maxBytes, Consumer<byte[]> whole) {
        if (BodyReader.certainlyEmpty(request)) {
            whole.accept(NOTHING);
            return;
        }
        BodyReader.read(loop, request, maxBytes, bodyTimeout, count -> true, new BodyReader.Outcome() {
            @Override
            public void whole(byte[] body) {
                guarded(() -> whole.accept(body));
            }

            @Override
            public void failed(int status) {
                if (!response.headWritten()) {
                    response.headers().set("Connection", "close");
                    answer(status, NOTHING);
                }
            }

            @Override
            public void clientLeft() {}
        });
    }

    @Override
    public Exchange header(CharSequence name, CharSequence value) {
        response.headers().set(name, value);
        return this;
    }

    @Override
    public Exchange addHeader(CharSequence name, CharSequence value) {
        response.headers().add(name, value);
        return this;
    }

    @Override
    public void answer(int status, byte[] body) {
        response.setStatusCode(status);
        response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
    }

    @Override
    public void begin(int status) {
        response.setStatusCode(status).setChunked(true);
        response.writeHead();
    }

    @Override
    public void write(byte[] bytes) {
        if (!response.closed()) {
            Buffer piece = BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
            response.write(piece);
        }
    }

    @Override
    public boolean isCongested() {
        return response.writeQueueFull();
    }

    @Override
    public void end() {
        if (!response.closed()) {
            response.end();
        }
    }

    @Override
    public void drop() {
        request.connection().close();
    }

    @Override
    public void after(Duration delay, Runnable action) {
        loop.owner().setTimer(Math.max(1, delay.toMillis()), id -> {
            if (!response.closed()) {
                guarded(action);
            }
        });
    }

    @Override
    public void onLoop(Runnable action) {
        loop.runOnContext(now -> guarded(action));
    }

    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            Listener.LOG.log(System.Logger.Level.ERROR, "a front door failed at " + path, e);
            if (response.closed() || response.ended()) {
                return;
            }
            if (response.headWritten()) {
                drop();
            } else {
                answer(500, NOTHING);
            }
        }
    }
}
