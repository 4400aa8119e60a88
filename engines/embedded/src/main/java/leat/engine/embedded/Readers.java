package leat.engine.embedded;

import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import leat.kernel.sql.Sql;

/** A bounded pool of connections that read one database; who finds none free waits for one. */
final class Readers implements AutoCloseable {
    private final Supplier<Sql> opener;
    private final Semaphore free;
    private final ArrayDeque<Sql> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(int most, Supplier<Sql> opener) {
        this.opener = opener;
        this.free = new Semaphore(most);
    }

    <T> T read(Function<Sql, T> work) {
        free.acquireUninterruptibly();
        try {
            Sql sql = take();
            boolean sound = false;
            try {
                T result = work.apply(sql);
                sound = true;
                return result;
            } finally {
                give(sql, sound);
            }
        } finally {
            free.release();
        }
    }

    private Sql take() {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("this database is closed");
            }
            Sql sql = idle.poll();
            if (sql != null) {
                return sql;
            }
        }
        return opener.get();
    }

    /** A connection on which work failed is not used again. */
    private void give(Sql sql, boolean sound) {
        synchronized (idle) {
            if (sound && !closed) {
                idle.push(sql);
                return;
            }
        }
        sql.close();
    }

    /** Takes no more readers; those under way finish on their connections. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Sql::close);
            idle.clear();
        }
    }
}
