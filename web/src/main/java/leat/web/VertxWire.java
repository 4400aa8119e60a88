package leat.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers through the event loop that owns the connection; every call hops there, so order is kept. */
final class VertxWire implements Wire {
    private final Context loop;
    private final HttpConnection connection;
    private final HttpServerResponse response;
    private final boolean http1;
    private final boolean lastOnConnection;

    /** @param lastOnConnection whether the connection cannot be used after this answer, for the request was not read whole */
    VertxWire(Context loop, HttpServerRequest request, boolean lastOnConnection) {
        this.loop = loop;
        this.connection = request.connection();
        this.response = request.response();
        this.http1 = request.version() != HttpVersion.HTTP_2;
        this.lastOnConnection = lastOnConnection;
    }

    @Override
    public void answer(int status, List<Response.Field> headers, byte[] body) {
        loop.runOnContext(now -> {
            if (!response.closed() && !response.ended()) {
                head(status, headers);
                response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
            }
        });
    }

    @Override
    public void answerHead(int status, List<Response.Field> headers, long length) {
        loop.runOnContext(now -> {
            if (!response.closed() && !response.ended()) {
                head(status, headers);
                if (length >= 0) {
                    response.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
                }
                response.end();
            }
        });
    }

    @Override
    public void begin(int status, List<Response.Field> headers) {
        loop.runOnContext(now -> {
            if (!response.closed()) {
                head(status, headers);
                response.setChunked(true);
            }
        });
    }

    @Override
    public CompletableFuture<Void> write(byte[] bytes) {
        var written = new CompletableFuture<Void>();
        loop.runOnContext(now -> {
            if (response.closed() || response.ended()) {
                written.completeExceptionally(new IllegalStateException("closed"));
                return;
            }
            response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes))).onComplete(result -> {
                if (result.succeeded()) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(result.cause());
                }
            });
        });
        return written;
    }

    @Override
    public void end() {
        loop.runOnContext(now -> {
            if (!response.closed() && !response.ended()) {
                response.end();
            }
        });
    }

    @Override
    public void cut() {
        loop.runOnContext(now -> {
            if (http1) {
                connection.close();
            } else {
                response.reset();
            }
        });
    }

    @Override
    public void onClose(Runnable action) {
        loop.runOnContext(now -> {
            if (response.closed() || response.ended()) {
                action.run();
            } else {
                response.closeHandler(closed -> action.run());
            }
        });
    }

    private void head(int status, List<Response.Field> headers) {
        response.setStatusCode(status);
        for (Response.Field field : headers) {
            response.headers().add(field.name(), field.value());
        }
        if (lastOnConnection && http1) {
            response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
