package leat.mocks.matching;

import java.util.Optional;
import leat.mocks.definition.RouteDefinition;

/** A route as requests meet it: what it asks of them, and its compiled answer; immutable. */
final class CompiledRoute {
    private final RouteDefinition route;
    private final CompiledResponse response;
    private final Optional<BodyShape> shape;
    private final boolean asks;

    CompiledRoute(RouteDefinition route, CompiledResponse response) {
        this.route = route;
        this.response = response;
        this.shape = route.bodySample().map(BodyShape::of);
        this.asks = !route.query().isEmpty() || shape.isPresent() || response.usesJson();
    }

    RouteDefinition route() {
        return route;
    }

    CompiledResponse response() {
        return response;
    }

    /** Whether anything beside the path must be right. */
    boolean asks() {
        return asks;
    }

    /** The shape that the request's body must have. */
    Optional<BodyShape> shape() {
        return shape;
    }
}
