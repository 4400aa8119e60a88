package leat.kernel.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, prepared once and kept: {@code sql.execute("update t set n = ? where id = ?", 3, id)}.
 *
 * <p>Values may be strings, numbers, booleans, byte arrays, {@link Instant}s (stored as milliseconds), {@link UUID}s
 * (stored as 16 bytes), {@link Optional}s, {@link Array}s where the database has them, and null. Statements are kept by their text, at most {@link #MAX_STATEMENTS},
 * so put values in placeholders, never in the text. One thread at a time.
 */
public final class Sql implements AutoCloseable {
    /** Prepared statements kept open on a connection; the least recently used is closed. */
    public static final int MAX_STATEMENTS = 200;

    /** Rows that {@link #each} has from a server at a time. */
    private static final int FETCHED = 1_000;

    /** Most changes that are sent at once. */
    private static final int MAX_GATHERED = 500;

    private final Connection connection;
    private final boolean gathering;
    private final String mark;
    private String gathered = "";
    private int count;
    private @Nullable Dialect dialect;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    public Sql(Connection connection) {
        this(connection, "");
    }

    /**
     * Statements end in a comment, so that a driver and a server that know a statement by its text keep those of one mark apart
     * from those of another, which may mean other tables of the same names.
     *
     * @param mark letters, digits and underscores; empty for no comment
     */
    public Sql(Connection connection, String mark) {
        this(connection, mark, false);
    }

    private Sql(Connection connection, String mark, boolean gathering) {
        this.connection = connection;
        this.mark = mark.isEmpty() ? "" : " /* " + mark + " */";
        this.gathering = gathering;
    }

    /**
     * Sends changes of which nobody asks how many rows they touched together, as long as the same statement follows itself:
     * a database behind a network answers a hundred at once as quickly as one. They are sent before anything else is asked;
     * who commits calls {@link #settle} first. A change that fails may be told by a later call.
     */
    public static Sql gathering(Connection connection, String mark) {
        return new Sql(connection, mark, true);
    }

    public Connection connection() {
        return connection;
    }

    /** Which database this is. */
    public Dialect dialect() {
        Dialect known = dialect;
        if (known == null) {
            try {
                known = connection.getMetaData().getDatabaseProductName().equals("SQLite")
                        ? Dialect.SQLITE
                        : Dialect.POSTGRESQL;
            } catch (SQLException e) {
                throw new SqlException("name of the database", e);
            }
            dialect = known;
        }
        return known;
    }

    /** Runs a change. */
    public void execute(String sql, @Nullable Object... values) {
        if (!gathering) {
            change(sql, values);
            return;
        }
        if (!sql.equals(gathered) || count == MAX_GATHERED) {
            settle();
        }
        try {
            prepared(sql, values).addBatch();
            gathered = sql;
            count++;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs a change and returns how many rows it touched. */
    public int change(String sql, @Nullable Object... values) {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Sends what was gathered. */
    public void settle() {
        if (count == 0) {
            return;
        }
        String sql = gathered;
        gathered = "";
        count = 0;
        try {
            prepared(sql, new Object[0]).executeBatch();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs statements that make or alter tables, one each. */
    public void script(List<String> statements) {
        settle();
        for (String sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new SqlException(sql, e);
            }
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> result = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                result.add(reader.read(row));
            }
            return result;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Row by row, without keeping them; further statements may run meanwhile. */
    public <T> void each(String sql, RowReader<T> reader, Consumer<T> next, @Nullable Object... values) {
        try {
            PreparedStatement statement = bound(sql, values);
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new Row(rows);
                while (rows.next()) {
                    next.accept(reader.read(row));
                }
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** A single number, as of {@code select count(*)}; 0 when there is no row. */
    public long number(String sql, @Nullable Object... values) {
        return first(sql, row -> row.number(1), values).orElse(0L);
    }

    /** Runs {@code work} in one transaction: committed when it returns, undone when it throws. */
    public void transaction(Runnable work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                settle();
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new SqlException("commit", e);
        }
    }

    /** A statement that failed is prepared anew the next time, because a driver may not bring it back. */
    SqlException failed(String sql, SQLException fault) {
        PreparedStatement statement = statements.remove(sql);
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                fault.addSuppressed(e);
            }
        }
        return new SqlException(sql, fault);
    }

    PreparedStatement bound(String sql, @Nullable Object[] values) throws SQLException {
        settle();
        return prepared(sql, values);
    }

    private PreparedStatement prepared(String sql, @Nullable Object[] values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql + mark);
            statements.put(sql, statement);
            if (statements.size() > MAX_STATEMENTS) {
                var eldest = statements.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Double number -> statement.setDouble(index, number);
            case Boolean truth -> statement.setInt(index, truth ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Instant time -> statement.setLong(index, time.toEpochMilli());
            case UUID id -> statement.setBytes(index, Row.bytes(id));
            case Array array -> statement.setArray(index, array);
            case Enum<?> constant -> statement.setString(index, constant.name());
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            default ->
                throw new IllegalArgumentException(
                        "cannot bind a " + value.getClass().getName());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlException("close", e);
        }
    }

    /** Reads one row. */
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }
}
