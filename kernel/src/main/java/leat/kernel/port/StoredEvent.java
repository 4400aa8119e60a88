package leat.kernel.port;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the journal keeps it.
 *
 * @param partition the partition whose positions count it
 * @param position its place in the partition: 1, 2, 3 … without gaps
 * @param stream the entity it happened to
 * @param version its place in the entity's stream: 1, 2, 3 … without gaps
 * @param type wire name: {@code note.written}
 * @param schema which shape of that name
 * @param payload JSON; do not change the array
 * @param at when it was decided, to the millisecond
 * @param commandId the command that caused it
 * @param correlationId the request from which it all came
 * @param by who: {@code user:01J0…}, {@code process:mocks.publication}
 */
public record StoredEvent(
        PartitionId partition,
        long position,
        StreamId stream,
        long version,
        String type,
        int schema,
        byte[] payload,
        Instant at,
        UUID commandId,
        String correlationId,
        String by) {}
