package leat.mocks.definition;

import java.util.List;

/**
 * What a route answers.
 *
 * @param status 200 to 599
 * @param headers in the order of the file, values still templates; always with a {@code Content-Type}
 * @param body still a template, otherwise exactly the bytes to send; empty when the file has none
 */
public record ResponseDefinition(int status, List<Header> headers, String body) {
    public ResponseDefinition {
        headers = List.copyOf(headers);
    }

    /** One header; a name may come more than once. */
    public record Header(String name, String value) {}

    /** Whether HTTP allows this answer a body. */
    public boolean mayHaveBody() {
        return status != 204 && status != 304;
    }

    public String contentType() {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("content-type")) {
                return header.value();
            }
        }
        return DEFAULT_CONTENT_TYPE;
    }

    /** What an answer is when its headers do not say. */
    public static final String DEFAULT_CONTENT_TYPE = "application/json";
}
