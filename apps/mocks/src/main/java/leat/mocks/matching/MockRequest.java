package leat.mocks.matching;

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

    /** The whole body, which nobody changes; empty when there is none. */
    byte[] body();
}
