package leat.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Server-sent events: a stream that a browser resumes by itself, telling the last id that it saw.
 *
 * <p>A stream holds no thread. What is sent waits in a queue bounded in bytes ({@link
 * ServerSettings.Limits#streamQueueBytes}); when a slow client lets it fill, the connection is cut, and the client comes
 * back with its last id and is given the rest by the source. Every {@link ServerSettings.Timeouts#heartbeat} a comment is
 * sent, so that proxies keep the connection and dead ones are noticed. When the server stops, streams end and clients come
 * back to the one that follows.
 */
public final class Sse {
    private Sse() {}

    /** Begins to feed a stream. */
    @FunctionalInterface
    public interface Source {
        /**
         * Called once, on a virtual thread, after the head of the answer was sent. It sends what came after {@link
         * Sink#lastEventId}, subscribes for what comes later, and returns; {@link Sink#onClose} is where it unsubscribes.
         * When it throws, the stream is closed and the fault logged.
         */
        void open(Sink sink) throws Exception;
    }

    /** Where events go; safe for any number of threads. */
    public interface Sink {
        /** The id that the client saw last, from its Last-Event-ID header; empty on a first connection. */
        Optional<String> lastEventId();

        /**
         * Sends one event, without waiting.
         *
         * @param id given back in Last-Event-ID; may be empty for an event that cannot be resumed from
         * @param event what the client listens for; empty means {@code message}
         * @param data any text; its lines arrive as they are
         * @return whether the stream is still open; after false, stop
         * @throws IllegalArgumentException when id or event has a line end or NUL
         */
        boolean send(String id, String event, String data);

        boolean isOpen();

        /** Ends the stream; the client will come back. */
        void close();

        /** Runs once when the stream has ended for any reason, on a virtual thread; at once when it has already. */
        void onClose(Runnable action);
    }

    static byte[] encoded(String id, String event, String data) {
        if (!isOneLine(id) || !isOneLine(event)) {
            throw new IllegalArgumentException("id and name of an event must each be one line");
        }
        var text = new StringBuilder(data.length() + 40);
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        if (!event.isEmpty()) {
            text.append("event: ").append(event).append('\n');
        }
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0;
    }

    /** One open stream on its wire. */
    static final class Stream implements Sink {
        private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

        private final Wire wire;
        private final Optional<String> lastEventId;
        private final int queueBytes;
        private final AtomicLong waiting = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private final List<Runnable> closeActions = new ArrayList<>();
        private boolean closed;

        Stream(Wire wire, Optional<String> lastEventId, int queueBytes) {
            this.wire = wire;
            this.lastEventId = lastEventId;
            this.queueBytes = queueBytes;
        }

        /** Listens for the client leaving; apart from the constructor, because it may have left already. */
        void watch() {
            wire.onClose(this::ended);
        }

        @Override
        public Optional<String> lastEventId() {
            return lastEventId;
        }

        @Override
        public boolean send(String id, String event, String data) {
            return write(encoded(id, event, data));
        }

        void heartbeat() {
            write(HEARTBEAT);
        }

        long sentBytes() {
            return sent.get();
        }

        private boolean write(byte[] bytes) {
            if (!isOpen()) {
                return false;
            }
            if (waiting.addAndGet(bytes.length) > queueBytes) {
                wire.cut();
                ended();
                return false;
            }
            sent.addAndGet(bytes.length);
            var _ = wire.write(bytes).whenComplete((done, fault) -> waiting.addAndGet(-bytes.length));
            return true;
        }

        @Override
        public synchronized boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            if (isOpen()) {
                wire.end();
                ended();
            }
        }

        @Override
        public void onClose(Runnable action) {
            synchronized (this) {
                if (!closed) {
                    closeActions.add(action);
                    return;
                }
            }
            Thread.startVirtualThread(action);
        }

        private void ended() {
            List<Runnable> actions;
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
                actions = List.copyOf(closeActions);
                closeActions.clear();
            }
            actions.forEach(Thread::startVirtualThread);
        }
    }
}
