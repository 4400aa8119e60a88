package leat.kernel.port;

/** The store failed: the message is a sentence for the operator that says what happened and what to do. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
