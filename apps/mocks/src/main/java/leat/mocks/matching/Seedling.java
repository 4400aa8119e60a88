package leat.mocks.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.mocks.definition.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A place in the trie of paths while routes are added; {@link #grown} makes the {@link Node} that requests meet.
 *
 * <p>The idea is that of minimal transducers (Mihov and Maurel, 2001): a subtree knows its routes by numbers that count
 * from the least among them, and the edge that leads to it carries the difference. Subtrees that differ only in where
 * their routes stand in the file are then equal, and one stands for all. APIs repeat themselves: ten thousand routes of a
 * hundred shapes have a hundred subtrees, which stay in the processor's nearest memory.
 */
final class Seedling {
    private static final int UNKNOWN = -1;

    private record Typed(ParameterType type, Seedling below) {}

    private final Map<String, Seedling> fixed = new LinkedHashMap<>();
    private final List<Typed> typed = new ArrayList<>();
    private @Nullable Seedling free;
    private int @Nullable [] rest;
    private int @Nullable [] leaf;
    private int least = UNKNOWN;

    Seedling fixed(String segment) {
        return fixed.computeIfAbsent(segment, key -> new Seedling());
    }

    Seedling parameter(ParameterType type) {
        if (type.kind() == ParameterType.Kind.STRING) {
            Seedling below = free == null ? new Seedling() : free;
            free = below;
            return below;
        }
        for (Typed known : typed) {
            if (known.type().equals(type)) {
                return known.below();
            }
        }
        var added = new Typed(type, new Seedling());
        typed.add(added);
        return added.below();
    }

    /** A route whose path ends here; the first stays when there are two of one method. */
    void end(int method, int route) {
        leaf = with(leaf, method, route);
    }

    /** A route that takes the rest of the path, likewise. */
    void rest(int method, int route) {
        rest = with(rest, method, route);
    }

    private static int[] with(int @Nullable [] known, int method, int route) {
        int[] routes = known == null ? Leaf.noRoutes() : known;
        if (routes[method] == Leaf.NO_ROUTE) {
            routes[method] = route;
        }
        return routes;
    }

    /** The edge to this place and all below it, sharing what is equal among those grown with the same nursery. */
    Node.Edge grown(Nursery nursery) {
        return grown(nursery, 0);
    }

    /** @param above the least number at the place from which the edge comes */
    private Node.Edge grown(Nursery nursery, int above) {
        int own = least();
        var edges = LinkedHashMap.<String, Node.Edge>newLinkedHashMap(fixed.size());
        fixed.forEach((segment, below) -> edges.put(segment, below.grown(nursery, own)));
        // The sort is stable: enums keep the order of the file.
        typed.sort(Comparator.comparing(child -> child.type().kind()));
        List<Node.Typed> types = typed.stream()
                .map(child -> new Node.Typed(child.type(), child.below().grown(nursery, own)))
                .toList();
        Node.Edge freely = free == null ? null : free.grown(nursery, own);
        Node node = nursery.node(edges, types, freely, nursery.leaf(rest, own), nursery.leaf(leaf, own));
        return new Node.Edge(own - above, node);
    }

    /** The number of the first route at or below this place. */
    private int least() {
        if (least == UNKNOWN) {
            int found = Integer.MAX_VALUE;
            for (Seedling below : fixed.values()) {
                found = Math.min(found, below.least());
            }
            for (Typed below : typed) {
                found = Math.min(found, below.below().least());
            }
            if (free != null) {
                found = Math.min(found, free.least());
            }
            least = Math.min(found, Math.min(least(rest), least(leaf)));
        }
        return least;
    }

    private static int least(int @Nullable [] routes) {
        return routes == null
                ? Integer.MAX_VALUE
                : Arrays.stream(routes).filter(it -> it != Leaf.NO_ROUTE).min().orElse(Integer.MAX_VALUE);
    }

    /** Keeps one of each node and leaf that are equal. */
    static final class Nursery {
        private final Map<Object, Node> nodes = new HashMap<>();
        private final Map<List<Integer>, Leaf> leaves = new HashMap<>();

        private record Looks(List<Map.Entry<String, Node.Edge>> fixed, List<Node.Typed> typed, List<?> rest) {}

        /** What is below is shared already, so nodes below are the same when they are equal. */
        private Node node(
                Map<String, Node.Edge> fixed,
                List<Node.Typed> typed,
                Node.@Nullable Edge free,
                @Nullable Leaf rest,
                @Nullable Leaf leaf) {
            var looks = new Looks(List.copyOf(fixed.entrySet()), typed, Arrays.asList(free, rest, leaf));
            return nodes.computeIfAbsent(looks, absent -> new Node(fixed, typed, free, rest, leaf));
        }

        private @Nullable Leaf leaf(int @Nullable [] routes, int least) {
            if (routes == null) {
                return null;
            }
            List<Integer> relative = Arrays.stream(routes)
                    .map(route -> route == Leaf.NO_ROUTE ? Leaf.NO_ROUTE : route - least)
                    .boxed()
                    .toList();
            return leaves.computeIfAbsent(
                    relative,
                    absent -> new Leaf(relative.stream().mapToInt(it -> it).toArray()));
        }
    }
}
