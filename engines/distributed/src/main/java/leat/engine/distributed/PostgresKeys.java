package leat.engine.distributed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import leat.kernel.port.JournalException;
import leat.kernel.port.Keys;
import leat.kernel.sql.PersonKeys;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/** Keys in a table of the journal's database. */
final class PostgresKeys implements Keys {
    private final PostgresConnections connections;

    PostgresKeys(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<Key> find(String person) {
        return with(sql -> PersonKeys.find(sql, person));
    }

    @Override
    public Key keep(String person, byte[] wrapped) {
        return with(sql -> PersonKeys.keep(sql, person, wrapped));
    }

    @Override
    public void rewrap(String person, byte[] before, byte[] after) {
        var _ = with(sql -> {
            PersonKeys.rewrap(sql, person, before, after);
            return true;
        });
    }

    /** Row versions that are dead, and names that were released, are taken out of their tables at once, rather than when the
     * server comes to it. */
    @Override
    public void forget(String person, Instant at) {
        try (Connection connection = connections.open()) {
            Sql sql = new Sql(connection);
            sql.transaction(() -> PersonKeys.forget(sql, person, at));
            sql.script(List.of("vacuum person_key", "vacuum claim"));
        } catch (SqlException e) {
            throw failed(e.sqlCause());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public long forgotten() {
        return with(PersonKeys::forgotten);
    }

    @Override
    public void each(BiConsumer<String, Key> listener) {
        var _ = with(sql -> {
            PersonKeys.each(sql, listener);
            return true;
        });
    }

    private <T> T with(Function<Sql, T> work) {
        try {
            return connections.read(work);
        } catch (SqlException e) {
            throw failed(e.sqlCause());
        }
    }

    private JournalException failed(SQLException fault) {
        return new JournalException(PostgresFaults.sentence(connections.settings(), fault), fault);
    }
}
