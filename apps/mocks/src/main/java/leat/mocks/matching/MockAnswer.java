package leat.mocks.matching;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import leat.mocks.definition.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** What a mock answers, ready to be sent. */
public final class MockAnswer {
    private final int status;
    private final List<String> headers;
    private final byte[] body;
    private final boolean bodyOmitted;
    private final @Nullable RouteDefinition route;
    private final @Nullable Problem problem;

    MockAnswer(
            int status,
            List<String> headers,
            byte[] body,
            boolean bodyOmitted,
            Optional<RouteDefinition> route,
            Optional<Problem> problem) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.bodyOmitted = bodyOmitted;
        this.route = route.orElse(null);
        this.problem = problem.orElse(null);
    }

    public int status() {
        return status;
    }

    /** Names and values in turn; neither {@code Content-Length} nor {@code Date} is among them. */
    public List<String> headers() {
        return headers;
    }

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return Optional.of(headers.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Shared between answers: it must not be changed. */
    public byte[] body() {
        return body;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The request was HEAD: send the body's length, but not the body. */
    public boolean bodyOmitted() {
        return bodyOmitted;
    }

    /** The route that answered, or the one that refused the request. */
    public Optional<RouteDefinition> route() {
        return Optional.ofNullable(route);
    }

    /** Why this is not what a route says; none for an ordinary answer. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
