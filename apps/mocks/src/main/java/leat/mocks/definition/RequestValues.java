package leat.mocks.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a template may read of one request; each part is decoded when it is first asked for. */
public interface RequestValues {
    /** Decoded path parameters by name, in the order of the path. */
    Map<String, String> pathParameters();

    /** All query parameters by name, each with its values in the order of the query. */
    Map<String, List<String>> queryParameters();

    /** The first header of this name, whatever its case. */
    Optional<String> header(String name);

    /** All headers by their names in lower case, each with its values in the order sent; for those that print them all. */
    Map<String, List<String>> allHeaders();

    /** The request's body; a missing node when there is none or it is no JSON. */
    JsonNode json();
}
