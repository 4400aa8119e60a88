package leat.mocks.definition;

import java.util.List;
import java.util.Optional;

/**
 * One {@code endpoint:} of the file, checked: which requests it takes and what it answers.
 *
 * @param method in upper case
 * @param host in lower case and without a port; none when the route answers to every host
 * @param query parameters that a request must carry, in the order of the file
 * @param bodySample JSON whose shape a request's body must have
 * @param tag what groups routes in documentation
 * @param line where it begins in the file, from 1
 */
public record RouteDefinition(
        String method,
        Optional<String> host,
        PathPattern path,
        List<QueryParameter> query,
        Optional<String> bodySample,
        Optional<String> tag,
        ResponseDefinition response,
        int line) {
    public RouteDefinition {
        query = List.copyOf(query);
    }

    /** A query parameter that must be there and fit. */
    public record QueryParameter(String name, ParameterType type) {}

    /** As a person would write the request: {@code GET /users/:id}, with the host when there is one. */
    public String title() {
        return method + " " + host.orElse("") + path.text();
    }
}
