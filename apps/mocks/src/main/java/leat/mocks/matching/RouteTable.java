package leat.mocks.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leat.mocks.definition.ParameterType;
import leat.mocks.definition.PathPattern.Fixed;
import leat.mocks.definition.PathPattern.Parameter;
import leat.mocks.definition.PathPattern.Rest;
import leat.mocks.definition.PathPattern.Segment;
import leat.mocks.definition.PercentCode;
import leat.mocks.definition.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Routes compiled to an automaton over path segments, so that finding one costs what its path is long, however many there are.
 *
 * <p>A route that names the request's host comes before one that names none. Within a host, segment by segment from
 * the left: fixed text, then a typed parameter (enum, boolean, int, float, date, uuid), then a free one, then the rest
 * of the path. A choice that leads to no route for the request's method is taken back. Immutable.
 */
public final class RouteTable {
    /** The longest path that is looked at, in characters as sent. */
    public static final int PATH_CHARACTERS = 8_192;
    /** The most steps spent on one path; see {@link Search}. */
    public static final int STEPS = 10_000;

    private final List<RouteDefinition> routes;
    private final List<List<String>> names;
    private final Node.Edge everyHost;
    private final Map<String, Node.Edge> byHost = new HashMap<>();
    private final int parameters;
    private final boolean hasTypes;

    private RouteTable(List<RouteDefinition> routes) {
        this.routes = List.copyOf(routes);
        var all = new Seedling();
        var hosts = new HashMap<String, Seedling>();
        var known = new HashMap<List<String>, List<String>>();
        var named = new ArrayList<List<String>>(routes.size());
        int most = 0;
        boolean types = false;
        for (int i = 0; i < this.routes.size(); i++) {
            RouteDefinition route = this.routes.get(i);
            Seedling root = route.host()
                    .map(host -> hosts.computeIfAbsent(host, key -> new Seedling()))
                    .orElse(all);
            add(root, route.path().segments(), Leaf.method(route.method()), i);
            named.add(known.computeIfAbsent(route.path().names(), same -> same));
            int count = 0;
            for (Segment segment : route.path().segments()) {
                count += segment instanceof Fixed ? 0 : 1;
                types |= segment instanceof Parameter(String name, ParameterType type)
                        && type.kind() != ParameterType.Kind.STRING;
            }
            most = Math.max(most, count);
        }
        this.parameters = most;
        this.hasTypes = types;
        this.names = List.copyOf(named);
        var nursery = new Seedling.Nursery();
        this.everyHost = all.grown(nursery);
        hosts.forEach((host, root) -> byHost.put(host, root.grown(nursery)));
    }

    /** Of two routes that take the same requests the first wins; a checked definition has no such two. */
    public static RouteTable compile(List<RouteDefinition> routes) {
        return new RouteTable(routes);
    }

    public Match match(MatchRequest request) {
        return match(request.host(), request.method(), request.rawPath());
    }

    /** The same without a record, for the way that every request takes. */
    public Match match(String host, String method, String rawPath) {
        if (rawPath.length() > PATH_CHARACTERS) {
            return new Match.Refused(Match.Reason.TOO_LONG);
        }
        if (!rawPath.startsWith("/") || !isDecodable(rawPath)) {
            return new Match.Refused(Match.Reason.MALFORMED);
        }
        int verb = Leaf.method(method);
        Node.Edge own = own(host);
        var search = new Search(rawPath, verb, parameters, false);
        int route = find(search, own);
        if (route != Leaf.NO_ROUTE) {
            return new Match.Found(route, routes.get(route), captures(route, search, rawPath));
        }
        if (hasTypes && !search.exhausted()) {
            var untyped = new Search(rawPath, verb, parameters, true);
            int almost = find(untyped, own);
            if (almost != Leaf.NO_ROUTE) {
                return new Match.WrongType(routes.get(almost), captures(almost, untyped, rawPath));
            }
        }
        if (search.exhausted()) {
            return new Match.Refused(Match.Reason.TOO_COSTLY);
        }
        return search.methodsSeen() == 0 ? new Match.None() : new Match.WrongMethod(Leaf.allowed(search.methodsSeen()));
    }

    /** The routes most like a request that none takes, and why each does not; the closest first, at most three. */
    public List<NearRoute> nearest(MatchRequest request) {
        return new NearestRoutes(this, request).find();
    }

    public List<RouteDefinition> routes() {
        return routes;
    }

    Node.Edge everyHost() {
        return everyHost;
    }

    Map<String, Node.Edge> byHost() {
        return byHost;
    }

    Node.@Nullable Edge own(String host) {
        return byHost.isEmpty() ? null : byHost.get(bareHost(host));
    }

    /** A host as routes name it: lower case, without port and final dot. */
    static String bareHost(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon >= 0 && host.indexOf(']', colon) < 0;
        String bare = (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private int find(Search search, Node.@Nullable Edge own) {
        int route = own == null ? Leaf.NO_ROUTE : search.from(own);
        return route == Leaf.NO_ROUTE && !search.exhausted() ? search.from(everyHost) : route;
    }

    private Captures captures(int route, Search search, String rawPath) {
        return new Captures(names.get(route), rawPath, search.bounds());
    }

    private static boolean isDecodable(String path) {
        return path.indexOf('%') < 0
                || PercentCode.decode(path, 0, path.length(), false).isPresent();
    }

    private static void add(Seedling root, List<Segment> segments, int method, int route) {
        Seedling node = root;
        for (Segment segment : segments) {
            switch (segment) {
                case Fixed fixed -> node = node.fixed(fixed.text());
                case Parameter parameter -> node = node.parameter(parameter.type());
                case Rest rest -> {
                    node.rest(method, route);
                    return;
                }
            }
        }
        node.end(method, route);
    }
}
