package leat.kernel.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Dialect;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/** Views in SQLite files of a temporary folder, never synced and gone with {@link #close}. */
final class MemoryViews implements ViewStore {
    private final Path folder;
    private final AtomicLong files = new AtomicLong();
    private final Map<String, Views> live = new HashMap<>();

    MemoryViews() {
        try {
            folder = Files.createTempDirectory("leat-views");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for views", e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public synchronized Database open(String view, String tag, List<String> schema) {
        return live.compute(view + " " + tag, (key, kept) -> {
            if (kept == null) {
                return new Views(file(), schema, view, tag);
            }
            return kept.closed() ? new Views(kept.file, List.of(), view, tag) : kept;
        });
    }

    @Override
    public Database beside(String view, String tag, List<String> schema) {
        return new Views(file(), schema, view, tag);
    }

    private Path file() {
        return folder.resolve(files.incrementAndGet() + ".db");
    }

    @Override
    public synchronized Database swap(Database old, Database rebuilt) {
        Views views = (Views) rebuilt;
        live.put(views.view + " " + views.tag, views);
        old.close();
        return rebuilt;
    }

    @Override
    public synchronized void retire(String view, String tag) {
        live.values().removeIf(views -> {
            boolean left = views.view.equals(view) && !views.tag.equals(tag);
            if (left) {
                views.close();
            }
            return left;
        });
    }

    synchronized void close() {
        live.values().forEach(Views::close);
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder of views cannot be removed", e);
        }
    }

    /** One writing connection and as many idle reading ones as were ever needed at once. */
    private static final class Views implements Database {
        private final Path file;
        private final String view;
        private final String tag;
        private final Sql writer;
        private final ArrayDeque<Sql> idle = new ArrayDeque<>();
        private boolean closed;

        Views(Path file, List<String> schema, String view, String tag) {
            this.file = file;
            this.view = view;
            this.tag = tag;
            this.writer = connect();
            writer.script(schema);
        }

        private Sql connect() {
            try {
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Sql sql = new Sql(connection);
                sql.script(
                        List.of("pragma journal_mode = wal", "pragma synchronous = off", "pragma busy_timeout = 5000"));
                return sql;
            } catch (SQLException e) {
                throw new SqlException("open " + file, e);
            }
        }

        @Override
        public void write(Consumer<Sql> work) {
            synchronized (writer) {
                writer.transaction(() -> work.accept(writer));
            }
        }

        @Override
        public <T> T read(Function<Sql, T> work) {
            Sql sql = take();
            try {
                sql.script(List.of("pragma query_only = true"));
                List<T> result = new ArrayList<>(1);
                sql.transaction(() -> result.add(work.apply(sql)));
                return result.getFirst();
            } finally {
                give(sql);
            }
        }

        private Sql take() {
            synchronized (idle) {
                Sql sql = idle.poll();
                if (sql != null) {
                    return sql;
                }
            }
            return connect();
        }

        private void give(Sql sql) {
            synchronized (idle) {
                if (!closed) {
                    idle.push(sql);
                    return;
                }
            }
            sql.close();
        }

        boolean closed() {
            synchronized (idle) {
                return closed;
            }
        }

        @Override
        public void close() {
            synchronized (idle) {
                if (closed) {
                    return;
                }
                closed = true;
                idle.forEach(Sql::close);
                idle.clear();
            }
            synchronized (writer) {
                writer.close();
            }
        }
    }
}
