package leat.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the routes of a path in a tree of segments, so that cost grows with the path and not with the table. */
final class Router {
    private final Node root = new Node();

    /** @throws IllegalArgumentException when two routes answer the same method of the same path */
    Router(List<Route> routes) {
        for (Route route : routes) {
            Node node = root;
            for (PathPattern.Segment segment : route.path().segments()) {
                node = switch (segment) {
                    case PathPattern.Literal literal ->
                        node.literal.computeIfAbsent(literal.text(), absent -> new Node());
                    case PathPattern.Named named -> node.named();
                };
            }
            Route other = node.byMethod.putIfAbsent(route.method(), route);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two routes answer " + route.method() + " " + route.path() + " and " + other.path());
            }
        }
    }

    /** A literal segment beats a named one; the longest way that leads anywhere wins. */
    Optional<Match> match(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        String[] segments = PathPattern.split(path);
        var taken = new ArrayList<String>();
        Node node = walk(root, segments, 0, taken);
        return node == null ? Optional.empty() : Optional.of(new Match(node.byMethod, taken));
    }

    private static @Nullable Node walk(Node node, String[] segments, int index, List<String> taken) {
        if (index == segments.length) {
            return node.byMethod.isEmpty() ? null : node;
        }
        Node literal = node.literal.get(segments[index]);
        if (literal != null) {
            Node found = walk(literal, segments, index + 1, taken);
            if (found != null) {
                return found;
            }
        }
        if (node.named != null && !segments[index].isEmpty()) {
            taken.add(segments[index]);
            Node found = walk(node.named, segments, index + 1, taken);
            if (found != null) {
                return found;
            }
            taken.removeLast();
        }
        return null;
    }

    /**
     * The routes of one path by method.
     *
     * @param taken the raw text of each named segment, in order
     */
    record Match(SortedMap<String, Route> byMethod, List<String> taken) {

        /** The route for a method; HEAD falls back on GET. */
        Optional<Route> route(String method) {
            Route route = byMethod.get(method);
            if (route == null && method.equals("HEAD")) {
                route = byMethod.get("GET");
            }
            return Optional.ofNullable(route);
        }

        /** The value of an Allow header. */
        String allow() {
            var methods = new ArrayList<>(byMethod.keySet());
            if (byMethod.containsKey("GET") && !byMethod.containsKey("HEAD")) {
                methods.add("HEAD");
            }
            methods.add("OPTIONS");
            return String.join(", ", methods);
        }

        /** The largest body, in bytes, that any method of the path takes. */
        int bodyLimit(int usual) {
            return byMethod.values().stream()
                    .mapToInt(route -> route.bodyLimit().orElse(usual))
                    .max()
                    .orElse(usual);
        }

        Map<String, String> parameters(Route route) {
            var parameters = new LinkedHashMap<String, String>();
            List<String> names = route.path().names();
            for (int i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), Percent.path(taken.get(i)));
            }
            return parameters;
        }
    }

    private static final class Node {
        final Map<String, Node> literal = new HashMap<>();
        final SortedMap<String, Route> byMethod = new TreeMap<>();

        @Nullable
        Node named;

        Node named() {
            Node present = named;
            if (present == null) {
                present = new Node();
                named = present;
            }
            return present;
        }
    }
}
