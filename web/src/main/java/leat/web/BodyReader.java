package leat.web;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * Reads one body into memory on the event loop, counting as it comes and never keeping more than the limit.
 *
 * <p>Once it failed, the rest is thrown away as it comes, for a client often reads the answer only after it has sent all;
 * but only until {@link #MOST_DISCARDED_BYTES} have come and the answer has left, or the time is up. Then the
 * connection is closed.
 */
final class BodyReader {
    private static final byte[] NOTHING = new byte[0];

    /**
     * How many further bytes are read and thrown away after a body was found too large: generous, because closing while
     * the client still sends resets the connection, and a reset takes the answer with it that the client has not read.
     */
    static final long MOST_DISCARDED_BYTES = 32 << 20;

    private final HttpServerRequest request;
    private final int limit;
    private final IntPredicate mayBuffer;
    private final Outcome outcome;
    private final Context loop;
    private final long timer;
    private Buffer body = Buffer.buffer();
    private long discarded;
    private boolean decided;

    /** How it went; exactly one is called, on the loop. */
    interface Outcome {
        void whole(byte[] body);

        /** @param status 413 too large, 408 too slow, 503 no memory for it */
        void failed(int status);

        void clientLeft();
    }

    private BodyReader(
            Context loop,
            HttpServerRequest request,
            int limit,
            Duration timeout,
            IntPredicate mayBuffer,
            Outcome outcome) {
        this.request = request;
        this.limit = limit;
        this.mayBuffer = mayBuffer;
        this.outcome = outcome;
        this.loop = loop;
        this.timer = loop.owner().setTimer(Math.max(1, timeout.toMillis()), late -> timeUp());
    }

    /** Whether the head alone says that no body follows; in HTTP/2 only the end of the stream does. */
    static boolean certainlyEmpty(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** @param mayBuffer asked with each piece's size whether memory is left for it */
    static void read(
            Context loop,
            HttpServerRequest request,
            int limit,
            Duration timeout,
            IntPredicate mayBuffer,
            Outcome outcome) {
        var reader = new BodyReader(loop, request, limit, timeout, mayBuffer, outcome);
        request.handler(reader::take);
        request.endHandler(end -> reader.ended());
        request.exceptionHandler(gone -> reader.left());
        if (declaredLength(request) > limit) {
            reader.fail(413);
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
    }

    private void take(Buffer piece) {
        if (decided) {
            discarded += piece.length();
            if (discarded > MOST_DISCARDED_BYTES && request.response().ended()) {
                request.connection().close();
            }
        } else if (body.length() + (long) piece.length() > limit) {
            fail(413);
        } else if (!mayBuffer.test(piece.length())) {
            fail(503);
        } else {
            body.appendBuffer(piece);
        }
    }

    private void ended() {
        loop.owner().cancelTimer(timer);
        if (!decided) {
            decided = true;
            byte[] bytes = body.length() == 0 ? NOTHING : body.getBytes();
            body = Buffer.buffer();
            outcome.whole(bytes);
        }
    }

    private void fail(int status) {
        decided = true;
        body = Buffer.buffer();
        outcome.failed(status);
    }

    private void left() {
        loop.owner().cancelTimer(timer);
        if (!decided) {
            decided = true;
            outcome.clientLeft();
        }
    }

    private void timeUp() {
        if (!decided) {
            fail(408);
        }
        loop.owner().setTimer(1_000, end -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
