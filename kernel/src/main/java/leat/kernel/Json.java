package leat.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way Leat reads and writes JSON: times as ISO-8601 text, unknown members refused, nesting and sizes bounded.
 *
 * <p>Limits on input: 100 levels of nesting, numbers of 100 digits, strings of 20 million characters.
 */
public final class Json {
    /** Shared and immutable; strict about members that a record does not have. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addModule(new RecordCreators())
            .build();

    private Json() {}

    /**
     * Reads and writes one small record, for a process that has a thread to spare while it starts: the first record costs
     * some fifty times the second. Not needed, only quicker.
     */
    public static void warmUp() {
        var _ = read(bytes(new Sample("", Optional.empty(), List.of(), Instant.EPOCH)), Sample.class);
    }

    private record Sample(String text, Optional<String> perhaps, List<String> several, Instant at) {}

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws JacksonException with line and column when the text is no JSON or does not fit the type */
    public static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    public static JsonNode tree(String json) {
        return tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
