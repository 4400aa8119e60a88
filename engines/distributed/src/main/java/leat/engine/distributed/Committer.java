package leat.engine.distributed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;
import org.jspecify.annotations.Nullable;

/**
 * Commits groups of writes on a connection of its own: in one round trip as long as all is as remembered, else as
 * {@link Group} does. One thread at a time.
 */
final class Committer implements AutoCloseable {
    /** Times that a group is begun because another node was quicker. */
    private static final int ATTEMPTS = 20;

    private final PostgresConnections connections;
    private final Remembered remembered;
    private final Expiry expiry;
    private @Nullable Sql sql;

    Committer(PostgresConnections connections, Remembered remembered, Expiry expiry) {
        this.connections = connections;
        this.remembered = remembered;
        this.expiry = expiry;
    }

    List<Outcome> commit(List<Write> group) {
        for (int attempt = 1; ; attempt++) {
            Optional<List<Outcome>> outcomes = tryCommit(group, attempt);
            if (outcomes.isPresent()) {
                return outcomes.get();
            }
            if (attempt > 1) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(1, 2L + attempt)));
            }
        }
    }

    /** Nothing when the group is worth another try. */
    private Optional<List<Outcome>> tryCommit(List<Write> group, int attempt) {
        boolean last = attempt == ATTEMPTS;
        boolean committing = false;
        try {
            Sql open = connected();
            Optional<OneTrip> trip = attempt == 1 ? OneTrip.of(remembered, group) : Optional.empty();
            List<Outcome> outcomes;
            if (trip.isPresent()) {
                committing = true;
                outcomes = trip.get().commit(open, expiry);
            } else {
                Group asking = Group.of(open, expiry);
                outcomes = asking.apply(group);
                committing = true;
                open.connection().commit();
                asking.remember(remembered);
            }
            connections.contact().made();
            return Optional.of(outcomes);
        } catch (Contention e) {
            undo(e, group, false);
            if (last) {
                throw new JournalException(
                        "Other nodes were quicker " + ATTEMPTS + " times (" + e.getMessage()
                                + "). What was refused can be sent again.",
                        e);
            }
            return Optional.empty();
        } catch (SQLException e) {
            return failed(e, e, group, committing, last);
        } catch (SqlException e) {
            return failed(e.sqlCause(), e, group, committing, last);
        } catch (RuntimeException | Error e) {
            undo(e, group, false);
            throw e;
        }
    }

    private Optional<List<Outcome>> failed(
            SQLException fault, Exception thrown, List<Write> group, boolean committing, boolean last) {
        boolean lost = PostgresFaults.lost(fault);
        connections.contact().failed(fault);
        undo(thrown, group, lost);
        if (committing && lost) {
            throw PostgresFaults.unknown(connections.settings(), fault);
        }
        if (PostgresFaults.worthAnotherTry(fault) && !last) {
            return Optional.empty();
        }
        throw PostgresFaults.journal(connections.settings(), fault);
    }

    private Sql connected() throws SQLException {
        Sql open = sql;
        if (open == null) {
            Connection connection = connections.open();
            connection.setAutoCommit(false);
            open = new Sql(connection);
            sql = open;
        }
        return open;
    }

    /** A connection that is lost, or cannot even roll back, is not used again. */
    private void undo(Throwable because, List<Write> group, boolean lost) {
        expiry.undone();
        group.forEach(this::forget);
        Sql open = sql;
        if (open == null) {
            return;
        }
        if (!lost) {
            try {
                open.connection().rollback();
                return;
            } catch (SQLException e) {
                because.addSuppressed(e);
            }
        }
        sql = null;
        try {
            open.close();
        } catch (SqlException e) {
            because.addSuppressed(e);
        }
    }

    private void forget(Write write) {
        switch (write) {
            case Write.Append append -> remembered.forget(append.partition());
            case Write.Advance advance -> {
                remembered.forget(advance.fence());
                remembered.forget(advance.partition());
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        Sql open = sql;
        if (open != null) {
            sql = null;
            open.close();
        }
    }
}
