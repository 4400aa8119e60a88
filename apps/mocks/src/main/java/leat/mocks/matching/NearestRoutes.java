package leat.mocks.matching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import leat.mocks.definition.PercentCode;
import leat.mocks.definition.RouteDefinition;
import leat.mocks.definition.Spelling;

/**
 * Looks for routes that almost take a request: a walk through the automaton that may misread segments at a price.
 *
 * <p>It is used only when no route was found, and its work is bounded: {@value #VISITS} nodes, {@value #SPELLINGS}
 * comparisons of words and {@value #LOOKS} glances at words, whatever the number of routes.
 */
final class NearestRoutes {
    private static final int VISITS = 500;
    private static final int SPELLINGS = 500;
    private static final int LOOKS = 100_000;
    private static final int KEPT = 3;
    private static final int HIGHEST_PRICE = 8;
    private static final int OTHER_HOSTS = 20;
    private static final int SEGMENTS = 70;

    private record Candidate(int route, int price, List<String> reasons) {}

    private final RouteTable table;
    private final MatchRequest request;
    private final String host;
    private final List<String> segments;
    private final int method;
    private final Deque<String> reasons = new ArrayDeque<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private int visits = VISITS;
    private int spellings = SPELLINGS;
    private int looks = LOOKS;

    NearestRoutes(RouteTable table, MatchRequest request) {
        this.table = table;
        this.request = request;
        this.host = RouteTable.bareHost(request.host());
        this.segments = segments(request.rawPath());
        this.method = Leaf.method(request.method());
    }

    List<NearRoute> find() {
        Node.Edge own = table.own(request.host());
        if (own != null) {
            visit(own, 0, 0, 0);
        }
        visit(table.everyHost(), 0, 0, 0);
        int hosts = 0;
        for (Map.Entry<String, Node.Edge> other : table.byHost().entrySet()) {
            if (!other.getKey().equals(host) && hosts++ < OTHER_HOSTS) {
                because("It answers only to the host " + other.getKey() + ", not to "
                        + (host.isEmpty() ? "a request without one" : shortened(host)) + ".");
                visit(other.getValue(), 0, 0, 2);
                reasons.removeLast();
            }
        }
        return candidates.stream()
                .map(candidate -> new NearRoute(table.routes().get(candidate.route()), candidate.reasons()))
                .toList();
    }

    private void visit(Node.Edge edge, int offset, int at, int price) {
        visit(edge.node(), offset + edge.offset(), at, price);
    }

    /** @param offset of the routes below the node */
    private void visit(Node node, int offset, int at, int price) {
        if (visits-- <= 0 || price > highestUsefulPrice()) {
            return;
        }
        if (at == segments.size()) {
            arrive(node, offset, price);
            return;
        }
        String segment = segments.get(at);
        int slot = node.find(segment);
        Node fixed = slot < 0 ? null : node.at(slot);
        if (fixed != null) {
            visit(fixed, offset + node.offset(slot), at + 1, price);
        }
        if (!segment.isEmpty()) {
            parameters(node, offset, segment, at, price);
        }
        if (node.rest != null) {
            keep(node.rest, offset, price);
        }
        if (node.leaf != null && at > 0) {
            boolean slash = segment.isEmpty() && at == segments.size() - 1;
            int further = segments.size() - at;
            because(slash ? "Its path has no slash at the end." : "Its path ends " + further + " segments earlier.");
            keep(node.leaf, offset, price + (slash ? 1 : 2 + further));
            reasons.removeLast();
        }
        misread(node, offset, segment, at, price, slot);
    }

    private void parameters(Node node, int offset, String segment, int at, int price) {
        for (Node.Typed child : node.typed) {
            if (child.type().accepts(segment)) {
                visit(child.edge(), offset, at + 1, price);
            } else {
                because("Its segment " + (at + 1) + " is " + child.type().meaning() + ", and “" + shortened(segment)
                        + "” is not.");
                visit(child.edge(), offset, at + 1, price + 2);
                reasons.removeLast();
            }
        }
        if (node.free != null) {
            visit(node.free, offset, at + 1, price);
        }
    }

    private void misread(Node node, int offset, String segment, int at, int price, int fixed) {
        long letters = Node.letters(segment);
        int allowed = Math.max(1, segment.length() / 2);
        for (int i = 0; i < node.slots() && spellings > 0 && visits > 0 && looks > 0; i++) {
            Node child = node.at(i);
            looks--;
            if (child == null || i == fixed || node.keyLength(i) == 0 || segment.isEmpty()) {
                continue;
            }
            int differing =
                    Math.max(Long.bitCount(letters & ~node.letters(i)), Long.bitCount(node.letters(i) & ~letters));
            boolean sameLetters = node.isButForCase(i, segment);
            if (!sameLetters && (differing > allowed || Math.abs(node.keyLength(i) - segment.length()) > allowed)) {
                continue;
            }
            String key = node.key(i);
            spellings--;
            int distance = sameLetters ? 1 : Spelling.distance(segment, key);
            if (sameLetters || Spelling.isClose(distance, segment, key)) {
                because("Its segment " + (at + 1) + " is “" + shortened(key) + "”, not “" + shortened(segment) + "”.");
                visit(child, offset + node.offset(i), at + 1, price + 1 + distance);
                reasons.removeLast();
            }
        }
    }

    private void arrive(Node node, int offset, int price) {
        if (node.leaf != null) {
            keep(node.leaf, offset, price);
            return;
        }
        int slot = node.find("");
        Node slash = slot < 0 ? null : node.at(slot);
        if (slash != null && slash.leaf != null) {
            because("Its path ends with a slash.");
            keep(slash.leaf, offset + node.offset(slot), price + 1);
            reasons.removeLast();
        }
        int paid = price + 3;
        node.somewhereBelow(3).ifPresent(below -> {
            because("Its path goes on.");
            keep(below.leaf(), offset + below.offset(), paid);
            reasons.removeLast();
        });
    }

    private void keep(Leaf leaf, int offset, int price) {
        int direct = leaf.route(method);
        if (direct != Leaf.NO_ROUTE) {
            add(offset + direct, price, List.copyOf(reasons));
            return;
        }
        for (int relative : leaf.all()) {
            int route = offset + relative;
            RouteDefinition definition = table.routes().get(route);
            var all = new ArrayList<>(reasons);
            all.add("It takes " + definition.method() + ", not " + shortened(request.method()) + ".");
            add(route, price + 1, all);
        }
    }

    private void add(int route, int price, List<String> why) {
        if (price > highestUsefulPrice()) {
            return;
        }
        for (Candidate known : candidates) {
            if (known.route() == route && known.price() <= price) {
                return;
            }
        }
        candidates.removeIf(known -> known.route() == route);
        candidates.add(new Candidate(route, price, List.copyOf(why)));
        candidates.sort(Comparator.comparingInt(Candidate::price).thenComparingInt(Candidate::route));
        if (candidates.size() > KEPT) {
            candidates.removeLast();
        }
    }

    private int highestUsefulPrice() {
        return candidates.size() < KEPT ? HIGHEST_PRICE : candidates.getLast().price();
    }

    private void because(String reason) {
        reasons.addLast(reason);
    }

    private static List<String> segments(String rawPath) {
        var segments = new ArrayList<String>();
        String path = rawPath.substring(0, Math.min(rawPath.length(), RouteTable.PATH_CHARACTERS));
        int start = path.startsWith("/") ? 1 : 0;
        while (start <= path.length() && segments.size() < SEGMENTS) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int from = start;
            segments.add(PercentCode.decode(path, start, end, false).orElseGet(() -> path.substring(from, end)));
            start = end + 1;
        }
        return segments;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
