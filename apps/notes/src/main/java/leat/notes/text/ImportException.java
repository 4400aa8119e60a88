package leat.notes.text;

import java.io.IOException;

/** A file that cannot be imported as a whole; the message tells its owner why. What was read before it stays read. */
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1;

    public ImportException(String message) {
        super(message);
    }

    public ImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
