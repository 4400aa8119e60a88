package leat.engine.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import leat.kernel.port.JournalException;
import leat.kernel.sql.SqlException;
import org.sqlite.SQLiteException;

/** Puts what went wrong with a file into a sentence that says what to do about it. */
final class Faults {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private Faults() {}

    static JournalException journal(Path file, SqlException fault) {
        return new JournalException(sentence(file, fault), fault);
    }

    static String sentence(Path file, SqlException fault) {
        String detail = fault.sqlCause().getMessage();
        return switch (code(fault)) {
            case FULL -> "The disk of " + file + " is full. Make room; what was refused can then be sent again.";
            case READONLY ->
                "The journal " + file + " cannot be written: file, folder or disk is read-only. Make it writable.";
            case BUSY, LOCKED ->
                "Another program has locked " + file + ". Stop that program; what was refused can then be sent again.";
            case CORRUPT, NOTADB ->
                "The file " + file + " is damaged (" + detail
                        + "). Stop Leat and put back the data folder from a backup.";
            case CANTOPEN ->
                "The file " + file + " cannot be opened (" + detail + "). Check the folder and its rights.";
            case IOERR ->
                "The disk of " + file + " fails to read or write (" + detail
                        + "). Check that it has room and is sound.";
            default -> "The store " + file + " failed: " + detail + ".";
        };
    }

    static boolean damaged(SqlException fault) {
        int code = code(fault);
        return code == CORRUPT || code == NOTADB;
    }

    private static int code(SqlException fault) {
        SQLException cause = fault.sqlCause();
        return cause instanceof SQLiteException sqlite
                ? sqlite.getResultCode().code & 0xff
                : cause.getErrorCode() & 0xff;
    }

    static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.isEmpty() ? name : name + ": " + message;
    }
}
