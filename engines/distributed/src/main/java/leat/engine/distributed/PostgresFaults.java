package leat.engine.distributed;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import leat.kernel.port.JournalException;

/** Puts what PostgreSQL answered into a sentence that says what to do about it. */
final class PostgresFaults {
    private static final Set<String> ANOTHER_TRY = Set.of("40001", "40P01", "23505", "22012");

    private PostgresFaults() {}

    static JournalException journal(PostgresSettings settings, SQLException fault) {
        return new JournalException(sentence(settings, fault), fault);
    }

    /** What is said when a commit was asked for and its answer never came. */
    static JournalException unknown(PostgresSettings settings, SQLException fault) {
        return new JournalException(
                settings + " was lost while it committed, so what was sent may or may not have been kept. Send it again"
                        + " under the same id: it is then done once.",
                fault);
    }

    static String sentence(PostgresSettings settings, SQLException fault) {
        String state = state(fault);
        String detail = Objects.requireNonNullElse(fault.getMessage(), state).replaceAll("\\s+", " ");
        return switch (state) {
            case "28P01", "28000" -> settings + " refuses this user or password. Check user, password and pg_hba.conf.";
            case "3D000" -> settings + " has no such database. Create it, or name another.";
            case "42501" -> settings + ": this user lacks a right (" + detail + "). Make it the owner of the database.";
            case "53100" -> "The disk of " + settings + " is full. Make room; what was refused can then be sent again.";
            case "53300" -> settings + " takes no more connections. Raise max_connections, or give each node fewer.";
            case "57014", "55P03" -> settings + " took too long (" + detail + "). What was refused can be sent again.";
            case "57P01", "57P02", "57P03" ->
                settings + " is stopping or starting. What was refused can be sent again.";
            case "25006" -> settings + " is read-only, perhaps a standby. Name the primary.";
            default ->
                lost(fault)
                        ? settings + " cannot be reached (" + detail + "). Start it, or check host and port."
                        : settings + " failed: " + detail + " (SQLSTATE " + state + ").";
        };
    }

    /** Whether the connection is of no more use. */
    static boolean lost(SQLException fault) {
        String state = state(fault);
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("25P03");
    }

    /** Whether the same transaction may well succeed when it is begun again: 23505 and 22012 tell that a row was not as thought. */
    static boolean worthAnotherTry(SQLException fault) {
        return ANOTHER_TRY.contains(state(fault));
    }

    private static String state(SQLException fault) {
        return Objects.requireNonNullElse(fault.getSQLState(), "");
    }
}
