package leat.engine.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/**
 * Moves the journal's write-ahead log into its file, beside the commits.
 *
 * <p>SQLite begins the log anew only when all of it has been moved and no reader is in it; under steady commits that
 * would never be. So most of the log is moved while commits go on, and once it is as long as it may be the short rest is
 * moved between two commits; the next one then begins the log anew. The log's file is not made shorter, because syncing
 * a file that keeps its size is cheaper.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Checkpointer.class.getName());
    /** How often it looks, in milliseconds; a look that finds nothing to do costs some microseconds. */
    private static final long LOOK_MILLIS = 50;
    /** A log that rests this long is moved however short it is: 2 seconds. */
    private static final long REST_NANOS = 2_000_000_000;

    private final Path file;
    private final long most;
    private final ReentrantLock writing;
    private final Thread thread;
    private final AtomicLong commits = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);

    Checkpointer(Path file, EmbeddedSettings settings, ReentrantLock writing) {
        this.file = file;
        this.most = (long) settings.walMebibytes() * (1 << 20) / Sqlite.PAGE_BYTES;
        this.writing = writing;
        this.thread = Thread.ofPlatform().daemon().name("journal checkpoints").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void committed() {
        commits.incrementAndGet();
    }

    /** Pages in the log, and how many of them were moved. */
    private record Log(long pages, long moved) {}

    private static Log checkpoint(Sql sql, String mode) {
        return sql.first("pragma wal_checkpoint(" + mode + ")", row -> new Log(row.number(2), row.number(3)))
                .orElseThrow();
    }

    private void run() {
        try (Sql sql = Sqlite.checkpointer(file)) {
            long seen = 0;
            long restedSince = System.nanoTime();
            boolean moved = false;
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = commits.get();
                try {
                    if (now != seen) {
                        look(sql);
                        restedSince = System.nanoTime();
                        moved = false;
                    } else if (!moved && System.nanoTime() - restedSince > REST_NANOS) {
                        checkpoint(sql, "passive");
                        moved = true;
                    }
                } catch (SqlException e) {
                    LOG.log(Level.WARNING, Faults.sentence(file, e) + " (while moving the write-ahead log)");
                }
                seen = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SqlException e) {
            LOG.log(Level.ERROR, Faults.sentence(file, e) + " The write-ahead log is no longer moved.", e);
        }
    }

    private void look(Sql sql) {
        Log log = checkpoint(sql, "noop");
        if (log.pages() - log.moved() < most / 4 && log.pages() < most) {
            return;
        }
        log = checkpoint(sql, "passive");
        if (log.pages() >= most * 3 / 4) {
            writing.lock();
            try {
                checkpoint(sql, "passive");
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
