package leat.engine.distributed;

import java.sql.SQLException;
import java.time.Instant;
import leat.kernel.port.Part;
import leat.kernel.sql.SqlException;

/**
 * Whether PostgreSQL could be reached when it was last needed: told by whoever needed it, so that nobody has to ask, and a
 * node needs it every few seconds. Statements that fail on a connection that stands do not count.
 */
final class PostgresContact {
    private static final String NAME = "PostgreSQL";

    private final PostgresSettings settings;
    private volatile Part part;

    PostgresContact(PostgresSettings settings) {
        this.settings = settings;
        this.part = new Part(NAME, true, settings.toString(), Instant.now());
    }

    Part part() {
        return part;
    }

    void made() {
        if (!part.well()) {
            part = new Part(NAME, true, settings.toString(), Instant.now());
        }
    }

    void failed(SQLException fault) {
        if (PostgresFaults.lost(fault)) {
            Part before = part;
            part = new Part(
                    NAME,
                    false,
                    PostgresFaults.sentence(settings, fault),
                    before.well() ? Instant.now() : before.since());
        }
    }

    /** @return the same fault, to be thrown */
    SqlException failed(SqlException fault) {
        failed(fault.sqlCause());
        return fault;
    }
}
