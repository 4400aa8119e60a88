package leat.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * Work to be done later, once, outside the journal's transaction.
 *
 * @param id asking twice with one id is asking once
 * @param kind which handler: {@code mocks.compile}
 * @param key tasks of one kind and key run one after the other, in the order asked; a parked one holds up its key only
 * @param payload JSON; at most {@link #MAX_PAYLOAD} bytes
 * @param notBefore earliest start
 */
public record TaskRequest(
        UUID id,
        String kind,
        String key,
        byte[] payload,
        Instant notBefore,
        String correlationId,
        String by,
        Instant createdAt) {
    /** Bytes of a payload: larger things belong in a blob. */
    public static final int MAX_PAYLOAD = 64 << 10;

    public TaskRequest {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a task's payload has at most " + MAX_PAYLOAD + " bytes, not "
                    + payload.length + "; put larger things in a blob");
        }
    }
}
