package leat.kernel.sql;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The present row of a result; columns count from 1, as in JDBC. Valid until the reader returns. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** Text that is never null in its table. */
    public String text(int column) throws SQLException {
        return present(rows.getString(column), column);
    }

    public Optional<String> optionalText(int column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    public long number(int column) throws SQLException {
        return rows.getLong(column);
    }

    public int integer(int column) throws SQLException {
        return rows.getInt(column);
    }

    public double decimal(int column) throws SQLException {
        return rows.getDouble(column);
    }

    public Optional<Long> optionalNumber(int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public boolean truth(int column) throws SQLException {
        return rows.getInt(column) != 0;
    }

    public byte[] bytes(int column) throws SQLException {
        return present(rows.getBytes(column), column);
    }

    public Optional<byte[]> optionalBytes(int column) throws SQLException {
        return Optional.ofNullable(rows.getBytes(column));
    }

    public Instant time(int column) throws SQLException {
        return Instant.ofEpochMilli(rows.getLong(column));
    }

    public Optional<Instant> optionalTime(int column) throws SQLException {
        return optionalNumber(column).map(Instant::ofEpochMilli);
    }

    public UUID uuid(int column) throws SQLException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(column));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static <T> T present(@Nullable T value, int column) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
