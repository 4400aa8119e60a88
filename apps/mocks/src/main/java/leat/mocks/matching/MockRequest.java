package leat.mocks.matching;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request to a mock, as the server has it; nothing is decoded yet. */
public interface MockRequest {
    /** In upper case, as HTTP has it. */
    String method();

    /** The {@code Host} header as sent, or empty. */
    String host();

    /** Percent-encoded, without the query. */
    String rawPath();

    /** Percent-encoded, without the question mark; empty when there is none. */
    String rawQuery();

    /** The first header of this name, whatever its case. */
    Optional<String> header(String name);

    /** All headers by their names in lower case, each with its values in the order sent. */
    Map<String, List<String>> allHeaders();

    /** The whole body, which nobody changes; empty when there is none. */
    byte[] body();
}
