package leat.web;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** The streams of events that are open: counts them, beats their hearts, and ends them all when the server stops. */
final class Streams {
    private static final Logger LOG = System.getLogger("leat.web");

    private final ServerSettings.Limits limits;
    private final ServerMetrics metrics;
    private final Set<Sse.Stream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int reserved;
    private boolean draining;

    Streams(ServerSettings.Limits limits, ServerMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Takes a place for one more stream, if there is one for this caller. */
    synchronized boolean reserve(Request request) {
        String key = key(request);
        int theirs = byCaller.getOrDefault(key, 0);
        if (draining || reserved >= limits.streams() || theirs >= limits.streamsPerCaller()) {
            return false;
        }
        reserved++;
        byCaller.put(key, theirs + 1);
        return true;
    }

    synchronized boolean isFull() {
        return draining || reserved >= limits.streams();
    }

    private synchronized void release(String key) {
        reserved--;
        byCaller.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Begins a reserved stream whose head was sent; the listener hears once, at the end, how many bytes were sent. */
    void run(Request request, Wire wire, Sse.Source source, LongConsumer whenClosed) {
        var stream = new Sse.Stream(
                wire, request.header("last-event-id").filter(id -> !id.isEmpty()), limits.streamQueueBytes());
        metrics.streamOpened();
        open.add(stream);
        stream.onClose(() -> {
            open.remove(stream);
            release(key(request));
            metrics.streamClosed();
            whenClosed.accept(stream.sentBytes());
        });
        stream.watch();
        stream.heartbeat();
        if (isDraining()) {
            stream.close();
            return;
        }
        try {
            source.open(stream);
        } catch (Exception e) {
            LOG.log(Logger.Level.ERROR, "request " + request.requestId() + ": the stream failed", e);
            stream.close();
        }
    }

    void heartbeat() {
        open.forEach(Sse.Stream::heartbeat);
    }

    private synchronized boolean isDraining() {
        return draining;
    }

    /** Ends every stream and admits no more. */
    void drain() {
        synchronized (this) {
            draining = true;
        }
        open.forEach(Sse.Stream::close);
    }

    int size() {
        return open.size();
    }

    private static String key(Request request) {
        return request.caller().id().orElse("at " + request.remoteAddress());
    }
}
