package leat.kernel.port;

import org.jspecify.annotations.Nullable;

/** A request over the bus had no reply; the {@link #reason()} tells whether it may have been carried out all the same. */
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public RequestException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @see Reason */
    public Reason reason() {
        return reason;
    }

    /** Why there is no reply. */
    public enum Reason {
        /** Nobody serves the topic; known at once, and nothing was done. */
        NOBODY_SERVES(false),
        /** No reply came within the deadline; the request may still be carried out. */
        TIMED_OUT(true),
        /** The responder threw; what it did before stands. */
        FAILED(true),
        /** Too many requests are under way, here or there; nothing was done. */
        OVERLOADED(false),
        /** The bus is away, so that the request was not sent. */
        DISCONNECTED(false);

        private final boolean maybeDone;

        Reason(boolean maybeDone) {
            this.maybeDone = maybeDone;
        }

        /** Whether the responder may have done what was asked, or may do it yet. */
        public boolean maybeDone() {
            return maybeDone;
        }
    }
}
