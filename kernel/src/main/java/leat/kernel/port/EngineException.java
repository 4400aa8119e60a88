package leat.kernel.port;

import org.jspecify.annotations.Nullable;

/** An engine cannot be opened: the message is a sentence for the operator that says what is wrong and what to do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
