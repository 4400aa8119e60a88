package leat.web;

import java.util.List;
import java.util.Optional;

/** Tells which of many routes a path leads to, as a server would, for one that is to know and not to answer. */
public final class RouteTable {
    private final Router router;

    private RouteTable(Router router) {
        this.router = router;
    }

    /** @throws IllegalArgumentException when two routes answer the same method of the same path */
    public static RouteTable of(List<Route> routes) {
        return new RouteTable(new Router(routes));
    }

    /** The route, of whatever method, that a path leads to; empty when it leads nowhere. */
    public Optional<Route> at(String path) {
        return router.match(path).map(match -> match.byMethod().firstEntry().getValue());
    }
}
