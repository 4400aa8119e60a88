package leat.mocks.template;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request's body for {@code json-params} so that numbers keep their digits: {@code 1.10} stays {@code 1.10}.
 *
 * <p>Limits: 100 levels of nesting, numbers of 100 digits.
 */
public final class RequestJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private RequestJson() {}

    /** @throws JacksonException with line and column when the bytes are no JSON, or more than one value */
    public static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (NumberFormatException exponentTooLarge) {
            throw new StreamReadException(null, "a number's exponent is too large", exponentTooLarge);
        }
    }
}
