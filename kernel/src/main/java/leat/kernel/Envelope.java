package leat.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * What travels around a command: who sent it, when, as which command, and from which request it all came.
 *
 * @param commandId the same id again is the same command again, and gets the same answer
 * @param correlationId the request from which this command, its events and their consequences come
 * @param by who sends it: {@code user:01J0…}, {@code process:mocks.publication}, {@code system}
 * @param at when it is decided; deciders take the time from here and from nowhere else
 */
public record Envelope(UUID commandId, String correlationId, String by, Instant at) {}
