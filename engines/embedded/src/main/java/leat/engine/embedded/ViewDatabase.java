package leat.engine.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/** One view's SQLite file, synced now and then only, because it can be rebuilt. */
final class ViewDatabase implements ViewStore.Database {
    /** Stands in the file once its tables are whole. */
    private static final int READY = 1;

    private final Path file;
    private final String view;
    private final String tag;
    private final Consumer<Path> damaged;
    private final ReentrantLock writing = new ReentrantLock();
    private final Sql writer;
    private final Readers readers;
    private boolean closed;

    /**
     * @param beside whether it is filled first, and goes live with {@link #settle}
     * @param damaged told when the file turns out to be damaged
     * @throws SqlException when the file cannot be opened, or is damaged
     */
    ViewDatabase(
            Path file,
            String view,
            String tag,
            List<String> schema,
            EmbeddedSettings settings,
            boolean beside,
            Consumer<Path> damaged) {
        this.file = file;
        this.view = view;
        this.tag = tag;
        this.damaged = damaged;
        this.writer = beside ? Sqlite.filler(file, settings) : Sqlite.writer(file, "normal", settings);
        this.readers = new Readers(settings.readConnections(), () -> Sqlite.reader(file, settings));
        try {
            if (writer.number("pragma user_version") != READY) {
                writer.transaction(() -> {
                    writer.script(schema);
                    writer.script(List.of("pragma user_version = " + READY));
                });
            }
            writer.number("select count(*) from sqlite_schema");
        } catch (SqlException e) {
            writer.close();
            throw e;
        }
    }

    /** Brings what was filled to the disk; from now on it is written as a live database is. */
    void settle() throws IOException {
        writing.lock();
        try {
            writer.script(List.of("pragma journal_mode = wal", "pragma synchronous = normal"));
            Disk.syncFile(file);
        } finally {
            writing.unlock();
        }
    }

    Path file() {
        return file;
    }

    String view() {
        return view;
    }

    String tag() {
        return tag;
    }

    @Override
    public void write(Consumer<Sql> work) {
        writing.lock();
        try {
            writer.transaction(() -> work.accept(writer));
        } catch (SqlException e) {
            throw seen(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(Function<Sql, T> work) {
        try {
            return readers.read(sql -> {
                List<T> result = new ArrayList<>(1);
                sql.transaction(() -> result.add(work.apply(sql)));
                return result.getFirst();
            });
        } catch (SqlException e) {
            throw seen(e);
        }
    }

    private SqlException seen(SqlException fault) {
        if (Faults.damaged(fault)) {
            damaged.accept(file);
        }
        return fault;
    }

    boolean closed() {
        writing.lock();
        try {
            return closed;
        } finally {
            writing.unlock();
        }
    }

    /** Readers under way finish first; their connections are closed by themselves. */
    @Override
    public void close() {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                readers.close();
                writer.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
