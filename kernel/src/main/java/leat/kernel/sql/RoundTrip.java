package leat.kernel.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that are sent to a server at once and answered at once, in their order; for a database behind a network
 * whose driver takes statements parted by semicolons. Each sees what those before it have done.
 *
 * <p>The whole is prepared and kept as one statement, so let the same parts come in the same order.
 */
public final class RoundTrip {
    private final Sql sql;
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    private interface Part {
        void take(PreparedStatement statement) throws SQLException;
    }

    public RoundTrip(Sql sql) {
        this.sql = sql;
    }

    /** Adds a query; {@code next} gets its rows one after the other. */
    public <T> void query(String query, Sql.RowReader<T> reader, Consumer<T> next, @Nullable Object... values) {
        add(query, values, statement -> {
            try (ResultSet rows = statement.getResultSet()) {
                Row row = new Row(rows);
                while (rows.next()) {
                    next.accept(reader.read(row));
                }
            }
        });
    }

    /** Adds a change; {@code touched} is told how many rows it touched. */
    public void execute(String change, IntConsumer touched, @Nullable Object... values) {
        add(change, values, statement -> touched.accept(statement.getUpdateCount()));
    }

    private void add(String part, @Nullable Object[] values, Part taker) {
        text.append(text.isEmpty() ? "" : ";\n").append(part);
        Collections.addAll(this.values, values);
        parts.add(taker);
    }

    /** Sends them, if there are any, and hands their answers on. */
    public void run() {
        if (parts.isEmpty()) {
            return;
        }
        String whole = text.toString();
        try {
            PreparedStatement statement = sql.bound(whole, values.toArray());
            statement.execute();
            for (int i = 0; i < parts.size(); i++) {
                if (i > 0) {
                    statement.getMoreResults();
                }
                parts.get(i).take(statement);
            }
        } catch (SQLException e) {
            throw sql.failed(whole, e);
        }
    }
}
