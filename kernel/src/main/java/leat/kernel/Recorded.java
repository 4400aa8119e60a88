package leat.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * An event with its circumstances, as views and processes receive it.
 *
 * @param id of the entity it happened to
 * @param version of the entity after it
 */
public record Recorded<E>(
        E event,
        String entity,
        String id,
        long version,
        Position position,
        Instant at,
        UUID commandId,
        String correlationId,
        String by) {}
