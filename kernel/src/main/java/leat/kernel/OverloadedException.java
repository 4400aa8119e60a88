package leat.kernel;

import java.time.Duration;

/** A bounded queue is full: nothing was changed, and the same command may be sent again after {@link #retryAfter()}. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public OverloadedException(String queue, Duration retryAfter) {
        super(queue + " is full; try again in " + retryAfter.toMillis() + " ms", null, false, false);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
