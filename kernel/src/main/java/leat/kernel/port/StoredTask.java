package leat.kernel.port;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as the journal keeps it; done tasks are not kept.
 *
 * @param attempt attempts begun so far; 1 for the first lease
 * @param until when the present lease ends; empty unless running
 * @param error of the last failed attempt; at most {@link #MAX_ERROR} characters
 */
public record StoredTask(
        UUID id,
        String kind,
        String key,
        byte[] payload,
        Instant notBefore,
        State state,
        int attempt,
        Optional<Instant> until,
        Optional<String> error,
        String correlationId,
        String by,
        Instant createdAt) {
    /** Characters of an error that are kept. */
    public static final int MAX_ERROR = 4_000;

    public enum State {
        WAITING,
        RUNNING,
        PARKED
    }
}
