package leat.engine.distributed;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;
import org.jspecify.annotations.Nullable;

/** Columns of many rows as parameters of one statement: {@code select * from unnest(?, ?)}. */
final class Columns {
    private Columns() {}

    static Array texts(Sql sql, Collection<? extends @Nullable String> values) {
        return array(sql, "text", values.toArray());
    }

    static Array numbers(Sql sql, Collection<? extends @Nullable Long> values) {
        return array(sql, "bigint", values.toArray());
    }

    static Array integers(Sql sql, Collection<Integer> values) {
        return array(sql, "integer", values.toArray());
    }

    static Array bytes(Sql sql, Collection<byte[]> values) {
        return array(sql, "bytea", values.toArray(byte[][]::new));
    }

    private static Array array(Sql sql, String type, @Nullable Object[] values) {
        try {
            return sql.connection().createArrayOf(type, values);
        } catch (SQLException e) {
            throw new SqlException("an array of " + type, e);
        }
    }
}
