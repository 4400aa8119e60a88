package leat.mocks.matching;

import java.util.Arrays;
import leat.mocks.definition.ParameterType;
import leat.mocks.definition.PercentCode;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the automaton for one path: at each segment fixed text is tried before typed parameters, those before
 * free ones, and the rest of the path last; what leads nowhere is taken back.
 *
 * <p>Going back can cost more than the path is long, so steps are counted: one for each node and one more for every
 * sixteen characters read there.
 */
final class Search {
    private final String path;
    private final int method;
    private final boolean escaped;
    private final boolean anyType;
    private final int[] bounds;
    private int depth;
    private int steps;
    private int methodsSeen;

    /** @param anyType take typed parameters for free ones */
    Search(String path, int method, int parameters, boolean anyType) {
        this.path = path;
        this.method = method;
        this.escaped = path.indexOf('%') >= 0;
        this.anyType = anyType;
        this.bounds = new int[2 * parameters];
    }

    /** The route's index, or {@link Leaf#NO_ROUTE}. */
    int from(Node.Edge root) {
        depth = 0;
        return visit(root.node(), root.offset(), 1);
    }

    boolean exhausted() {
        return steps > RouteTable.STEPS;
    }

    /** The methods of all routes that take the path with another method. */
    int methodsSeen() {
        return methodsSeen;
    }

    /** Start and end of each parameter of the route just found. */
    int[] bounds() {
        return Arrays.copyOf(bounds, 2 * depth);
    }

    /** @param offset of the routes below the node */
    private int visit(Node node, int offset, int start) {
        if (start > path.length()) {
            steps++;
            return take(node.leaf, offset);
        }
        long running = 0;
        int end = start;
        for (; end < path.length(); end++) {
            char c = path.charAt(end);
            if (c == '/') {
                break;
            }
            running = Node.hashStep(running, c);
        }
        steps += 1 + ((end - start) >> 4);
        if (exhausted()) {
            return Leaf.NO_ROUTE;
        }
        String text = path;
        int from = start;
        int to = end;
        int hash = Node.hashEnd(running);
        if (escaped && path.indexOf('%', start, end) >= 0) {
            text = PercentCode.decode(path, start, end, false).orElse("");
            from = 0;
            to = text.length();
            hash = Node.hash(text, 0, to);
        }
        int slot = node.find(text, from, to, hash);
        Node fixed = slot < 0 ? null : node.at(slot);
        if (fixed != null) {
            int route = visit(fixed, offset + node.offset(slot), end + 1);
            if (route != Leaf.NO_ROUTE) {
                return route;
            }
        }
        if (start < end) {
            int route = parameters(node, offset, start, end, text, from, to);
            if (route != Leaf.NO_ROUTE) {
                return route;
            }
        }
        if (node.rest != null && !exhausted()) {
            capture(start, path.length());
            int route = take(node.rest, offset);
            if (route == Leaf.NO_ROUTE) {
                depth--;
            }
            return route;
        }
        return Leaf.NO_ROUTE;
    }

    private int parameters(Node node, int offset, int start, int end, String text, int from, int to) {
        for (Node.Typed child : node.typed) {
            ParameterType type = child.type();
            if (anyType || type.accepts(text, from, to)) {
                int route = follow(child.edge(), offset, start, end);
                if (route != Leaf.NO_ROUTE || exhausted()) {
                    return route;
                }
            }
        }
        return node.free == null ? Leaf.NO_ROUTE : follow(node.free, offset, start, end);
    }

    private int follow(Node.Edge edge, int offset, int start, int end) {
        capture(start, end);
        int route = visit(edge.node(), offset + edge.offset(), end + 1);
        if (route == Leaf.NO_ROUTE) {
            depth--;
        }
        return route;
    }

    private void capture(int start, int end) {
        bounds[2 * depth] = start;
        bounds[2 * depth + 1] = end;
        depth++;
    }

    private int take(@Nullable Leaf leaf, int offset) {
        if (leaf == null) {
            return Leaf.NO_ROUTE;
        }
        int route = leaf.route(method);
        if (route == Leaf.NO_ROUTE) {
            methodsSeen |= leaf.methods();
            return Leaf.NO_ROUTE;
        }
        return offset + route;
    }
}
