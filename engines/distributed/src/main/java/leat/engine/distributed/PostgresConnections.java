package leat.engine.distributed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import leat.kernel.port.EngineException;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/** A node's connections to PostgreSQL: a pool for reading the journal, one for views; whoever commits opens one for itself. */
final class PostgresConnections implements AutoCloseable {
    /** Oldest server that is supported. */
    private static final int OLDEST = 15;

    private final PostgresSettings settings;
    private final PostgresContact contact;
    private final HikariDataSource journal;
    private final HikariDataSource views;

    /** @throws EngineException with a sentence for the operator, when the server cannot be used */
    PostgresConnections(PostgresSettings settings) {
        this.settings = settings;
        this.contact = new PostgresContact(settings);
        try (Connection connection = open()) {
            check(new Sql(connection));
        } catch (SQLException e) {
            throw new EngineException(PostgresFaults.sentence(settings, e), e);
        } catch (SqlException e) {
            throw new EngineException(PostgresFaults.sentence(settings, e.sqlCause()), e);
        }
        this.journal = pool("journal", settings.byKey());
        this.views = pool("views", settings.planned());
    }

    private HikariDataSource pool(String name, Properties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("leat-" + name);
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.lock().toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private void check(Sql sql) {
        long version = sql.number("select current_setting('server_version_num')::bigint") / 10_000;
        if (version < OLDEST) {
            throw new EngineException(
                    settings + " is version " + version + "; Leat needs " + OLDEST + " or newer.", null);
        }
        if (sql.first("select current_setting('fsync')", row -> row.text(1))
                .filter("off"::equals)
                .isPresent()) {
            throw new EngineException(
                    settings + " runs with fsync off, so it may lose what it acknowledged. Set fsync = on.", null);
        }
        sql.first("select current_setting('server_encoding')", row -> row.text(1))
                .filter(encoding -> !encoding.equals("UTF8"))
                .ifPresent(encoding -> {
                    throw new EngineException(
                            settings + " has the encoding " + encoding + ". Create the database with UTF8.", null);
                });
    }

    PostgresSettings settings() {
        return settings;
    }

    /** Whether the server could be reached when it was last needed. */
    PostgresContact contact() {
        return contact;
    }

    /** A connection beside the pool, to be closed by the caller. */
    Connection open() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.byKey());
    }

    /** Runs single statements on the journal, each on what is committed at its moment. */
    <T> T read(Function<Sql, T> work) {
        try (Connection connection = journal.getConnection()) {
            T found = work.apply(new Sql(connection));
            contact.made();
            return found;
        } catch (SqlException e) {
            throw contact.failed(e);
        } catch (SQLException e) {
            throw contact.failed(new SqlException("connect", unwrapped(e)));
        }
    }

    /**
     * Runs all of it on one snapshot, and refuses writes.
     *
     * @param beginning statements that the transaction begins with
     */
    <T> T snapshot(String beginning, Function<Sql, T> work) {
        return snapshot(beginning, "", work);
    }

    /**
     * The same in one schema, whose statements are kept apart from those of others. Each is planned for its values: whether a
     * word is frequent or rare decides how it is found.
     */
    <T> T snapshotIn(String schema, Function<Sql, T> work) {
        return snapshot("set local plan_cache_mode = force_custom_plan; " + searchPath(schema), schema, work);
    }

    /**
     * By a function, for at a "set" the driver forgets all that it has prepared. Until the end of the transaction.
     */
    private static String searchPath(String schema) {
        return "select set_config('search_path', '\"" + schema + "\"', true)";
    }

    private <T> T snapshot(String beginning, String mark, Function<Sql, T> work) {
        try (Connection connection = views.getConnection()) {
            connection.setAutoCommit(false);
            try {
                begin(connection, "set transaction isolation level repeatable read, read only; " + beginning);
                T found = work.apply(new Sql(connection, mark));
                contact.made();
                return found;
            } finally {
                connection.rollback();
            }
        } catch (SqlException e) {
            throw contact.failed(e);
        } catch (SQLException e) {
            throw contact.failed(new SqlException("connect", unwrapped(e)));
        }
    }

    private static void begin(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /**
     * Runs in one transaction, undone when the work throws.
     *
     * @param beginning statements that the transaction begins with
     */
    void write(String beginning, Consumer<Sql> work) {
        write(beginning, "", work);
    }

    /** The same in one schema, whose statements are kept apart from those of others. */
    void writeIn(String schema, Consumer<Sql> work) {
        write(searchPath(schema), schema, work);
    }

    private void write(String beginning, String mark, Consumer<Sql> work) {
        try (Connection connection = views.getConnection()) {
            connection.setAutoCommit(false);
            try {
                begin(connection, beginning);
                Sql sql = Sql.gathering(connection, mark);
                work.accept(sql);
                sql.settle();
                connection.commit();
                contact.made();
            } catch (RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SqlException e) {
            throw contact.failed(e);
        } catch (SQLException e) {
            throw contact.failed(new SqlException("commit", unwrapped(e)));
        }
    }

    /** Why the pool could not open a connection, rather than that it could not. */
    private static SQLException unwrapped(SQLException e) {
        return e instanceof SQLTransientConnectionException && e.getCause() instanceof SQLException cause ? cause : e;
    }

    @Override
    public void close() {
        journal.close();
        views.close();
    }
}
