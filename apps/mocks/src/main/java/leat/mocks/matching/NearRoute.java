package leat.mocks.matching;

import java.util.List;
import leat.mocks.definition.RouteDefinition;

/**
 * A route that a request missed.
 *
 * @param reasons what would have to be different, a sentence each; empty when the route takes the request
 */
public record NearRoute(RouteDefinition route, List<String> reasons) {
    public NearRoute {
        reasons = List.copyOf(reasons);
    }
}
