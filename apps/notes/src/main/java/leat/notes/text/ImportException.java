package leat.notes.text;

/** A file that cannot be imported as a whole; the message tells its owner why. What was read before it stays read. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1;

    ImportException(String message) {
        super(message);
    }

    ImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
