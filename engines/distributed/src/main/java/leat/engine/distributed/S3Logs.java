package leat.engine.distributed;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import leat.kernel.port.Bus;
import leat.kernel.port.Logs;
import org.jspecify.annotations.Nullable;

/**
 * Logs in S3, in segments under {@code logs/<name>/}, read and followed by any process while one writes them.
 *
 * <p>What is appended is flushed to S3 within {@link S3LogWriter#FLUSH_AFTER}, or sooner when there is much of it;
 * {@link #sync} and {@link #seal} return once it is there. A process that dies loses what it had not flushed. Others read
 * that part from its memory, over the bus: where the bus is away they see it once it is in S3, within
 * {@link #LOOK_EVERY} after.
 */
public final class S3Logs implements Logs, AutoCloseable {
    /** Logs that are remembered, beside those that are followed or hold what is not flushed. */
    public static final int MAX_OPEN = 128;

    /** How often a process looks into S3 for the logs that it follows, in case it missed news of them. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private static final Logger LOG = System.getLogger(S3Logs.class.getName());

    private final S3Store store;
    private final String self = UUID.randomUUID().toString();
    private final S3LogNews news;
    private final AutoCloseable removals;
    private final Map<String, Known> open = new LinkedHashMap<>(64, 0.75f, true);
    private final LongAdder flushes = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param bus joins all processes that share the bucket */
    public S3Logs(S3Store store, Bus bus) {
        this.store = store;
        this.news = new S3LogNews(bus, self);
        this.removals = news.hearRemoved(this::removedElsewhere);
        Thread.ofVirtual().name("look for logs").start(this::look);
    }

    /** A log and how many calls are under way on it; it is not forgotten meanwhile. */
    private static final class Known {
        private final S3Log log;
        private int calls;

        Known(S3Log log) {
            this.log = log;
        }
    }

    private interface Call<T extends @Nullable Object> {
        T on(S3Log log) throws IOException;
    }

    private <T extends @Nullable Object> T with(String name, Call<T> call) throws IOException {
        Logs.checked(name);
        Known known;
        synchronized (open) {
            Known present = open.get(name);
            if (present == null) {
                makeRoom();
                present = new Known(new S3Log(name, self, new S3LogObjects(store, name), news, flushes));
                open.put(name, present);
            }
            present.calls++;
            known = present;
        }
        try {
            return call.on(known.log);
        } finally {
            synchronized (open) {
                known.calls--;
            }
        }
    }

    /** How much a death of this process would lose now: {@code waiting-logs}, and {@code waiting-bytes} of all of them. */
    public Map<String, Long> waiting() {
        List<Long> bytes;
        synchronized (open) {
            bytes = open.values().stream()
                    .map(known -> known.log.waiting())
                    .filter(waiting -> waiting > 0)
                    .toList();
        }
        return Map.of(
                "waiting-logs",
                (long) bytes.size(),
                "waiting-bytes",
                bytes.stream().mapToLong(Long::longValue).sum());
    }

    private void makeRoom() throws IOException {
        Iterator<Known> oldest = open.values().iterator();
        while (open.size() >= MAX_OPEN && oldest.hasNext()) {
            Known known = oldest.next();
            if (known.calls == 0 && known.log.idle()) {
                known.log.close();
                oldest.remove();
            }
        }
    }

    @Override
    public long append(String name, byte[] bytes) throws IOException {
        if (bytes.length > MAX_APPEND) {
            throw new IllegalArgumentException(
                    "one append takes at most " + MAX_APPEND + " bytes, not " + bytes.length);
        }
        return with(name, log -> log.append(bytes));
    }

    @Override
    public void sync(String name) throws IOException {
        with(name, log -> {
            log.sync();
            return log;
        });
    }

    @Override
    public void seal(String name) throws IOException {
        with(name, log -> {
            log.seal();
            return log;
        });
    }

    @Override
    public byte[] read(String name, long offset, int limit) throws IOException {
        return with(name, log -> log.read(offset, limit));
    }

    @Override
    public long size(String name) throws IOException {
        return with(name, S3Log::size);
    }

    @Override
    public boolean sealed(String name) throws IOException {
        return with(name, S3Log::sealed);
    }

    @Override
    public AutoCloseable follow(String name, long offset, Consumer<Piece> next, Runnable ended) throws IOException {
        return with(name, log -> log.follow(offset, next, ended));
    }

    /** Flushes what this process writes first, so that a log that is only in its memory is told too. */
    @Override
    public void each(Consumer<String> listener) throws IOException {
        for (S3Log log : all()) {
            log.sync();
        }
        S3LogObjects.each(store, listener);
    }

    @Override
    public void remove(String name) throws IOException {
        with(name, log -> {
            log.remove();
            return forget(name);
        });
    }

    private void removedElsewhere(String name) {
        Known known = forget(name);
        if (known != null) {
            known.log.removedElsewhere();
        }
    }

    private @Nullable Known forget(String name) {
        synchronized (open) {
            return open.remove(name);
        }
    }

    private List<S3Log> all() {
        synchronized (open) {
            return open.values().stream().map(known -> known.log).toList();
        }
    }

    private void look() {
        try {
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                for (S3Log log : all()) {
                    try {
                        log.lookAgain();
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "looked for news of a log in vain", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts what looks for logs", e);
        }
    }

    /** How logs are doing in this process, for metrics and the operations page. */
    public Status status() {
        List<S3Log> all = all();
        return new Status(all.size(), all.stream().mapToLong(S3Log::waiting).sum(), flushes.sum());
    }

    /**
     * @param open logs that are remembered
     * @param waiting bytes that a death of this process would lose now
     * @param flushes segments written so far
     */
    public record Status(int open, long waiting, long flushes) {}

    /** Flushes what waits and ends all followers; what S3 does not take now is lost, and said to be. */
    @Override
    public void close() {
        closing.countDown();
        try {
            removals.close();
        } catch (Exception e) {
            throw new IllegalStateException("the bus could not be left", e);
        }
        for (S3Log log : all()) {
            long waiting = log.waiting();
            try {
                log.close();
            } catch (IOException e) {
                LOG.log(Level.ERROR, "the last " + waiting + " bytes of a log are lost: " + e.getMessage());
            }
        }
        synchronized (open) {
            open.clear();
        }
    }
}
