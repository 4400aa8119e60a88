package leat.web.outgoing;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What a program outside gets to read about an event, as JSON with just these members.
 *
 * @param id the same however often it is told
 * @param type the name of an {@link EventType}
 * @param time when it happened
 * @param organization the id of the organization in which it happened
 * @param data as the type declares it
 */
public record PublishedEvent(String id, String type, Instant time, String organization, JsonNode data) {}
