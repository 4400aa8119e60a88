package leat.engine.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens connections to SQLite files, all in write-ahead mode so that readers and the writer do not meet. */
final class Sqlite {
    /** Bytes of a page; measured: 4 KiB commits fastest, smaller pages cost more of them, larger ones more log. */
    static final int PAGE_BYTES = 4_096;

    /**
     * How long a write-ahead log becomes before its pages are moved into the file: 32 MiB. With SQLite's usual 4 MiB a view of
     * many indices moved and synced the same pages over and over, at the cost of a third of its folding.
     */
    private static final int VIEW_LOG_BYTES = 32 << 20;

    /** Nobody asks for generated keys, and the driver would look for them after each insertion, with a statement of its own. */
    private static final Properties DRIVER = new Properties();

    static {
        DRIVER.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
    }

    private Sqlite() {}

    /** @param synchronous {@code full}: a commit returns when it would survive the loss of power; {@code normal}: later */
    static Sql writer(Path file, String synchronous, EmbeddedSettings settings) {
        return open(
                file,
                "pragma busy_timeout = " + settings.lockPatience().toMillis(),
                "pragma page_size = " + PAGE_BYTES,
                "pragma journal_mode = wal",
                "pragma synchronous = " + synchronous,
                "pragma wal_autocheckpoint = " + VIEW_LOG_BYTES / PAGE_BYTES,
                "pragma cache_size = -" + settings.cacheMebibytes() * 1_024L,
                "pragma temp_store = memory");
    }

    /**
     * A writer whose commits are durable, that overwrites what it deletes where it writes anyway, and never stops to
     * move pages: that is the {@link Checkpointer}'s work.
     */
    static Sql journal(Path file, EmbeddedSettings settings) {
        Sql sql = writer(file, "full", settings);
        sql.script(List.of("pragma wal_autocheckpoint = 0", "pragma secure_delete = fast"));
        return sql;
    }

    /**
     * A writer that fills a database which nobody needs before it is whole: nothing is synced, and what a crash leaves is
     * thrown away.
     */
    static Sql filler(Path file, EmbeddedSettings settings) {
        return open(
                file,
                "pragma busy_timeout = " + settings.lockPatience().toMillis(),
                "pragma page_size = " + PAGE_BYTES,
                "pragma journal_mode = memory",
                "pragma synchronous = off",
                "pragma cache_size = -" + settings.cacheMebibytes() * 1_024L,
                "pragma temp_store = memory");
    }

    /** A writer that leaves nothing behind of what it deletes, in a file without a write-ahead log. */
    static Sql forgetful(Path file, EmbeddedSettings settings) {
        return open(
                file,
                "pragma busy_timeout = " + settings.lockPatience().toMillis(),
                "pragma page_size = " + PAGE_BYTES,
                "pragma journal_mode = truncate",
                "pragma synchronous = extra",
                "pragma secure_delete = on",
                "pragma cache_size = -256",
                "pragma temp_store = memory");
    }

    static Sql reader(Path file, EmbeddedSettings settings) {
        return open(
                file,
                "pragma busy_timeout = " + settings.lockPatience().toMillis(),
                "pragma cache_size = -4096",
                "pragma mmap_size = 268435456",
                "pragma query_only = true",
                "pragma temp_store = memory");
    }

    /** A connection that only moves pages from the write-ahead log into the file. */
    static Sql checkpointer(Path file) {
        return open(file, "pragma busy_timeout = 0", "pragma synchronous = full", "pragma cache_size = -64");
    }

    private static Sql open(Path file, String... pragmas) {
        try {
            // Not by the driver manager, which would load every other driver that there is.
            Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, DRIVER);
            Sql sql = new Sql(connection);
            try {
                sql.script(List.of(pragmas));
                return sql;
            } catch (SqlException e) {
                sql.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqlException("open " + file, e);
        }
    }
}
