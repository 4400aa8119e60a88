package leat.cli;

import java.util.Optional;
import leat.kernel.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/**
 * A successful answer.
 *
 * @param etag the version as {@code If-Match} wants it, quotes included; empty when none was sent
 * @param location of what was made; empty when none was sent
 */
public record Reply(int status, byte[] body, Optional<String> etag, Optional<String> location) {

    /** The body as a tree; an empty object when there was none. */
    public JsonNode json() {
        return body.length == 0 ? Json.MAPPER.createObjectNode() : read(JsonNode.class);
    }

    /** The body as a record; members that the record does not know are passed over, for servers newer than we are. */
    public <T> T as(Class<T> type) {
        return read(type);
    }

    private <T> T read(Class<T> type) {
        try {
            return Json.MAPPER
                    .readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(body);
        } catch (JacksonException e) {
            throw Remote.notLeat();
        }
    }
}
