package leat.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands first in each connection's pipeline: turns away connections beyond the limit, and closes those that dribble the
 * head of a request (the slow-loris attack, which an idle timeout alone does not see).
 *
 * <p>The clock runs from connecting, and later from the first byte of each next request, until its head is whole. An
 * observer behind the decoder says when that is; a request whose head comes in one piece costs two writes of a boolean. On
 * HTTP/2 the guard steps aside once the connection is established: there the idle timeout and the codec's own limits hold.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private static final byte[] FULL = String.join(
                    "\r\n",
                    "HTTP/1.1 503 Service Unavailable",
                    "Retry-After: 5",
                    "Content-Length: 0",
                    "Connection: close",
                    "",
                    "")
            .getBytes(StandardCharsets.US_ASCII);
    /** How long a connection that was turned away may take to notice. */
    private static final long FAREWELL_MILLIS = 1000;

    /** The guard whose bytes the present thread is passing on, until its observer is placed. */
    private static final FastThreadLocal<ConnectionGuard> OPENING = new FastThreadLocal<>();

    private final Duration headTimeout;
    private final Counted counted;
    private boolean turnedAway;
    private boolean observed;
    private boolean headAwaited = true;
    private boolean inRequest;
    private @Nullable Future<?> deadline;
    private @Nullable ChannelHandlerContext context;

    /** Counts the open connections. */
    static final class Counted {
        private final int limit;
        private final ServerMetrics metrics;
        private final AtomicInteger open = new AtomicInteger();

        Counted(int limit, ServerMetrics metrics) {
            this.limit = limit;
            this.metrics = metrics;
        }

        int open() {
            return open.get();
        }
    }

    ConnectionGuard(Duration headTimeout, Counted counted) {
        this.headTimeout = headTimeout;
        this.counted = counted;
    }

    /** Called by the listener when a connection becomes HTTP; on HTTP/1 that is when its first head is whole. */
    static void connectionOpened(boolean http1) {
        ConnectionGuard guard = OPENING.get();
        if (guard != null) {
            guard.opened(http1);
        }
    }

    private void opened(boolean http1) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        ChannelHandlerContext decoder = ctx.pipeline().context(HttpRequestDecoder.class);
        if (http1 && decoder != null) {
            ctx.pipeline().addAfter(decoder.name(), "leat-head-observer", new Observer());
            observed = true;
            inRequest = true;
            headIsWhole();
        } else {
            stepAside(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        Channel channel = ctx.channel();
        int open = counted.open.incrementAndGet();
        counted.metrics.connectionOpened();
        channel.closeFuture().addListener(closed -> {
            counted.open.decrementAndGet();
            counted.metrics.connectionClosed();
            headIsWhole();
        });
        if (open > counted.limit) {
            turnAway(ctx);
            return;
        }
        startClock(ctx);
        ctx.fireChannelActive();
    }

    private void turnAway(ChannelHandlerContext ctx) {
        turnedAway = true;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(FULL)).addListener(written -> {
            if (ctx.channel() instanceof DuplexChannel duplex) {
                var _ = duplex.shutdownOutput();
            }
        });
        var _ = ctx.executor().schedule(() -> close(ctx), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (turnedAway) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        if (!inRequest) {
            headAwaited = true;
        }
        if (observed) {
            ctx.fireChannelRead(bytes);
        } else {
            OPENING.set(this);
            try {
                ctx.fireChannelRead(bytes);
            } finally {
                OPENING.remove();
            }
        }
        if (headAwaited && deadline == null && !ctx.isRemoved()) {
            if (observed && ctx.pipeline().get(HttpRequestDecoder.class) == null) {
                stepAside(ctx);
            } else {
                startClock(ctx);
            }
        }
    }

    private void startClock(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> close(ctx), headTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private void headIsWhole() {
        headAwaited = false;
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    private void stepAside(ChannelHandlerContext ctx) {
        headIsWhole();
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (turnedAway) {
            close(ctx);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Sees requests begin and end as the decoder understands them. */
    private final class Observer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest) {
                inRequest = true;
                headIsWhole();
            }
            if (message instanceof LastHttpContent) {
                inRequest = false;
            }
            ctx.fireChannelRead(message);
        }
    }
}
