package leat.engine.distributed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** S3 did not do what it was asked for; the message is one sentence for the operator, without a secret. */
public final class S3Failure extends IOException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    S3Failure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @see Reason */
    public Reason reason() {
        return reason;
    }

    /** Why S3 failed. */
    public enum Reason {
        /** It could not be reached, did not answer in time, or is overloaded; every try has failed. */
        AWAY,
        /** It does not accept the keys, or they may not do this. */
        KEYS,
        /** There is no such bucket. */
        BUCKET,
        /** It answered something else. */
        REFUSED
    }
}
