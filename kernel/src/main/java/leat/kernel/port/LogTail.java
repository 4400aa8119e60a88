package leat.kernel.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The live end of one log in one process: how far it is written, whether it has ended, and whom to wake.
 *
 * <p>It stands beside its port because every engine follows a log in the same way: a virtual thread for each follower
 * reads at its own pace from the stored bytes and waits here when it has caught up. The log's writer never waits for a
 * follower.
 */
public final class LogTail {
    /** Most bytes that a follower is given at once. */
    public static final int PIECE_BYTES = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long size;
    private boolean ended;

    public LogTail(long size, boolean ended) {
        this.size = size;
        this.ended = ended;
    }

    /** Bytes that may be read. */
    public long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more will come. */
    public boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Tells followers that there is more to read. */
    public void grow(long newSize) {
        lock.lock();
        try {
            size = newSize;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells followers that nothing more will come: the log was sealed or removed, or the engine is closing. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Starts a follower; closing it returns once no callback is under way, unless a callback itself closes it. */
    public AutoCloseable follow(String log, long offset, Source source, Consumer<Logs.Piece> next, Runnable whenEnded) {
        Follower follower = new Follower(offset, source, next, whenEnded);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("follow " + log).unstarted(() -> {
            try {
                follower.run();
            } finally {
                done.complete(null);
            }
        });
        thread.start();
        return () -> {
            lock.lock();
            try {
                follower.closed = true;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
            if (!Thread.currentThread().equals(thread)) {
                done.join();
            }
        };
    }

    /** Reads stored bytes: {@link Logs#read} of one log. */
    public interface Source {
        byte[] read(long offset, int limit) throws IOException;
    }

    private final class Follower {
        private long offset;
        private final Source source;
        private final Consumer<Logs.Piece> next;
        private final Runnable whenEnded;
        private boolean closed;

        Follower(long offset, Source source, Consumer<Logs.Piece> next, Runnable whenEnded) {
            this.offset = offset;
            this.source = source;
            this.next = next;
            this.whenEnded = whenEnded;
        }

        void run() {
            while (true) {
                lock.lock();
                try {
                    while (offset >= size && !ended && !closed) {
                        moved.awaitUninterruptibly();
                    }
                    if (closed) {
                        return;
                    }
                } finally {
                    lock.unlock();
                }
                byte[] bytes = read();
                if (bytes.length == 0) {
                    whenEnded.run();
                    return;
                }
                next.accept(new Logs.Piece(offset, bytes));
                offset += bytes.length;
            }
        }

        private byte[] read() {
            try {
                return source.read(offset, PIECE_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException("a log that was being followed cannot be read any more", e);
            }
        }
    }
}
