package leat.kernel.runtime;

/**
 * A node cannot start beside those that are there, or with the modules that it was given; the message is a sentence for the
 * operator that says why and what to do.
 */
public final class JoinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JoinException(String message) {
        super(message);
    }
}
