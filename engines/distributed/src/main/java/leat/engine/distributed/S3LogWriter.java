package leat.engine.distributed;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of a log in the process that writes it: what was appended stays in memory until it is in S3, which it is once
 * there are {@link #FLUSH_BYTES} of it, or the oldest has waited for {@link #FLUSH_AFTER}.
 *
 * <p>A small last segment is written again with what came since, in one call that replaces it whole, so that a log that
 * grows slowly does not end in many small objects. While S3 is away, up to {@link #MAX_WAITING} bytes wait; then
 * appending fails. A virtual thread does the flushing.
 */
final class S3LogWriter {
    /** Bytes that are flushed at once. */
    static final int FLUSH_BYTES = 1 << 20;
    /** Longest that bytes wait to be flushed; what a node that dies can lose. */
    static final Duration FLUSH_AFTER = Duration.ofSeconds(2);
    /** Most bytes that may wait, while S3 is slow or away. */
    static final int MAX_WAITING = 4 << 20;
    /** A segment of so many bytes is not written again. */
    static final int SEGMENT_BYTES = 256 << 10;

    private static final Logger LOG = System.getLogger(S3LogWriter.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String name;
    private final String writer;
    private final S3LogObjects objects;
    private final LongAdder flushes;
    private final ReentrantLock flushing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** In S3 for good; they end at {@link #start}. */
    private final NavigableMap<Long, Long> segments;
    /** Where the segment begins that is still growing, and with it what is in memory. */
    private long start;

    private byte[] memory = new byte[8 << 10];
    private int length;
    /** How much of the memory is in S3 too. */
    private int stored;

    private boolean begun;
    private long waitingSince;
    private boolean ended;

    /** @param writer who this process is, unlike all others */
    S3LogWriter(String name, String writer, S3LogObjects objects, S3LogObjects.Listing there, LongAdder flushes) {
        this.name = name;
        this.writer = writer;
        this.objects = objects;
        this.segments = there.segments();
        this.start = there.size();
        this.flushes = flushes;
        Thread.ofVirtual().name("flush " + name).start(this::flushInTime);
    }

    long append(byte[] bytes) throws IOException {
        while (true) {
            lock.lock();
            try {
                if (ended) {
                    throw new IOException("log " + name + " is sealed; nothing can be appended");
                }
                if (length - stored + bytes.length <= MAX_WAITING) {
                    return keep(bytes);
                }
            } finally {
                lock.unlock();
            }
            flush();
        }
    }

    private long keep(byte[] bytes) {
        if (length == stored) {
            waitingSince = System.nanoTime();
            changed.signal();
        } else if (length - stored < FLUSH_BYTES && length - stored + bytes.length >= FLUSH_BYTES) {
            changed.signal();
        }
        if (length + bytes.length > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(2 * memory.length, length + bytes.length));
        }
        System.arraycopy(bytes, 0, memory, length, bytes.length);
        length += bytes.length;
        return start + length;
    }

    /** Returns once all that was appended is in S3. */
    void flush() throws IOException {
        flushing.lock();
        try {
            byte[] segment;
            lock.lock();
            try {
                if (stored == length) {
                    return;
                }
                segment = Arrays.copyOf(memory, length);
            } finally {
                lock.unlock();
            }
            // Only a flush changes where the segment begins, and there is one at a time.
            objects.put(start, segment, begun, writer);
            flushes.increment();
            lock.lock();
            try {
                stored(segment.length);
            } finally {
                lock.unlock();
            }
        } finally {
            flushing.unlock();
        }
    }

    private void stored(int bytes) {
        begun = true;
        stored = bytes;
        waitingSince = System.nanoTime();
        if (bytes >= SEGMENT_BYTES) {
            segments.put(start, (long) bytes);
            memory = Arrays.copyOfRange(memory, bytes, Math.max(length, bytes + (8 << 10)));
            start += bytes;
            length -= bytes;
            stored = 0;
            begun = false;
        }
    }

    /** Goes on until the writer has ended; waits longer after each failure, as long as nobody asks for more. */
    private void flushInTime() {
        int failed = 0;
        while (waited(failed)) {
            try {
                flush();
                if (failed > 0) {
                    LOG.log(Level.INFO, "log {0} is being stored again", name);
                }
                failed = 0;
            } catch (IOException | RuntimeException e) {
                if (failed == 0) {
                    LOG.log(Level.WARNING, "log " + name + " waits to be stored: " + e.getMessage());
                }
                failed = Math.min(failed + 1, 10);
            }
        }
    }

    /** Waits until it is time to flush; false when the writer has ended. */
    private boolean waited(int failed) {
        lock.lock();
        try {
            long pause = failed == 0
                    ? 0
                    : Math.min(LONGEST_PAUSE.toNanos(), Duration.ofMillis(250).toNanos() << failed);
            long until = System.nanoTime() + pause;
            while (!ended) {
                if (length == stored) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                long due = length - stored >= FLUSH_BYTES ? waitingSince : waitingSince + FLUSH_AFTER.toNanos();
                long left = Math.max(due, until) - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                var ignored = changed.awaitNanos(left);
            }
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts what flushes a log", e);
        } finally {
            lock.unlock();
        }
    }

    /** What is readable at an offset without S3, or where in S3 to look. */
    sealed interface Found {
        /** Bytes of the memory; none at the end. */
        record Here(byte[] bytes) implements Found {}

        /** A stretch of one segment. */
        record Stored(long segment, long from, long length) implements Found {}
    }

    Found find(long offset, int limit) {
        lock.lock();
        try {
            if (offset >= start) {
                int from = (int) Math.min(offset - start, length);
                return new Found.Here(Arrays.copyOfRange(memory, from, (int) Math.min((long) from + limit, length)));
            }
            return inSegments(segments, offset, limit).orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** Where in a listing an offset is; none when it is not there. */
    static Optional<Found.Stored> inSegments(NavigableMap<Long, Long> segments, long offset, int limit) {
        Map.Entry<Long, Long> segment = segments.floorEntry(offset);
        if (segment == null || offset >= segment.getKey() + segment.getValue()) {
            return Optional.empty();
        }
        long from = offset - segment.getKey();
        return Optional.of(new Found.Stored(segment.getKey(), from, Math.min(limit, segment.getValue() - from)));
    }

    long size() {
        lock.lock();
        try {
            return start + length;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that a death of this process would lose now. */
    int waiting() {
        lock.lock();
        try {
            return length - stored;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more and flushes no more; what waits is lost unless it is flushed after. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
