package leat.kernel.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import leat.kernel.port.LogTail;
import leat.kernel.port.Logs;

/** Logs as byte arrays, for tests. */
final class MemoryLogs implements Logs {
    private final Map<String, Log> logs = new ConcurrentHashMap<>();

    /** A log is here once somebody has written to it or waits for it. */
    private static final class Log {
        final LogTail tail = new LogTail(0, false);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        synchronized long append(String name, byte[] more) throws IOException {
            if (tail.ended()) {
                throw new IOException("log " + name + " is sealed; nothing can be appended");
            }
            bytes.writeBytes(more);
            tail.grow(bytes.size());
            return bytes.size();
        }

        synchronized byte[] read(long offset, int limit) {
            int from = Math.clamp(offset, 0, bytes.size());
            int to = (int) Math.min((long) from + limit, bytes.size());
            return Arrays.copyOfRange(bytes.toByteArray(), from, to);
        }
    }

    private Log log(String name) {
        return logs.computeIfAbsent(Logs.checked(name), n -> new Log());
    }

    private Optional<Log> known(String name) {
        return Optional.ofNullable(logs.get(Logs.checked(name)));
    }

    @Override
    public long append(String log, byte[] bytes) throws IOException {
        if (bytes.length > MAX_APPEND) {
            throw new IllegalArgumentException(
                    "one append takes at most " + MAX_APPEND + " bytes, not " + bytes.length);
        }
        return log(log).append(log, bytes);
    }

    @Override
    public void sync(String log) {
        Logs.checked(log);
    }

    @Override
    public void seal(String log) {
        log(log).tail.end();
    }

    @Override
    public byte[] read(String log, long offset, int limit) {
        return known(log).map(known -> known.read(offset, limit)).orElse(new byte[0]);
    }

    @Override
    public long size(String log) {
        return known(log).map(known -> known.tail.size()).orElse(0L);
    }

    @Override
    public boolean sealed(String log) {
        return known(log).map(known -> known.tail.ended()).orElse(false);
    }

    @Override
    public AutoCloseable follow(String log, long offset, Consumer<Piece> next, Runnable ended) {
        Log followed = log(log);
        return followed.tail.follow(log, offset, followed::read, next, ended);
    }

    @Override
    public void each(Consumer<String> listener) {
        logs.forEach((name, log) -> {
            if (log.tail.size() > 0 || log.tail.ended()) {
                listener.accept(name);
            }
        });
    }

    @Override
    public void remove(String log) {
        Log removed = logs.remove(Logs.checked(log));
        if (removed != null) {
            removed.tail.end();
        }
    }

    void close() {
        logs.values().forEach(log -> log.tail.end());
    }
}
