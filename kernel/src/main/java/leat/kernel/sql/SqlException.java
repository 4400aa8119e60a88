package leat.kernel.sql;

import java.sql.SQLException;

/** A statement failed; the message names the statement, never its values. */
public final class SqlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException sqlCause;

    public SqlException(String sql, SQLException cause) {
        super(cause.getMessage() + " in: " + sql, cause);
        this.sqlCause = cause;
    }

    public SQLException sqlCause() {
        return sqlCause;
    }
}
