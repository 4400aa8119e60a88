package leat.mocks.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import leat.mocks.definition.ParameterType.Kind;
import leat.mocks.definition.PathPattern.Fixed;
import leat.mocks.definition.PathPattern.Parameter;
import leat.mocks.definition.PathPattern.Rest;
import leat.mocks.definition.PathPattern.Segment;
import leat.mocks.definition.RouteDefinition;
import org.junit.jupiter.api.Test;

/** The trie chooses the route that a plain reading of the rules chooses, for random routes and paths. */
class RouteTablePropertyTest {
    private static final List<String> SEGMENTS =
            List.of("a", "b", "1", "true", ":x", ":x|int", ":x|float", ":x|bool", ":x|enum(a,1)", ":x|enum(b)", "");
    private static final List<String> VALUES = List.of("a", "b", "1", "1.5", "true", "c", "", "%61");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");
    private static final List<String> HOSTS = List.of("", "", "", "h.example");

    private static final List<Kind> KINDS =
            List.of(Kind.ENUM, Kind.BOOLEAN, Kind.INT, Kind.FLOAT, Kind.DATE, Kind.UUID, Kind.STRING);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void the_trie_agrees_with_a_plain_reading_of_the_rules() {
        System.out.println("RouteTablePropertyTest seed " + seed);
        int hits = 0;
        for (int round = 0; round < 400; round++) {
            List<RouteDefinition> routes = routes();
            RouteTable table = RouteTable.compile(routes);
            for (int i = 0; i < 60; i++) {
                String path = path();
                String method = pick(METHODS);
                String host = pick(HOSTS);
                Optional<RouteDefinition> expected = best(routes, host, method, path);
                Match match = table.match(host, method, path);
                Optional<RouteDefinition> actual =
                        match instanceof Match.Found found ? Optional.of(found.route()) : Optional.empty();
                assertThat(actual)
                        .as("seed %d: %s %s%s", seed, method, host, path)
                        .isEqualTo(expected);
                boolean otherMethod = METHODS.stream()
                        .anyMatch(m -> best(routes, host, m, path).isPresent());
                if (expected.isEmpty() && !(match instanceof Match.WrongType)) {
                    assertThat(match instanceof Match.WrongMethod)
                            .as("seed %d: %s %s%s gives %s", seed, method, host, path, match)
                            .isEqualTo(otherMethod);
                }
                hits += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(hits).as("seed %d found something to compare", seed).isGreaterThan(1_000);
    }

    private List<RouteDefinition> routes() {
        var routes = new ArrayList<RouteDefinition>();
        var shapes = new HashSet<String>();
        for (int i = random.nextInt(25); i >= 0; i--) {
            var path = new StringBuilder();
            int length = 1 + random.nextInt(4);
            for (int j = 0; j < length; j++) {
                String segment = pick(SEGMENTS);
                if (segment.isEmpty() && j < length - 1) {
                    segment = "a";
                }
                path.append('/').append(segment.replace(":x", ":x" + j));
            }
            if (random.nextInt(6) == 0 && !path.toString().endsWith("/")) {
                path.append("/*rest");
            }
            RouteDefinition route = RouteTableTest.route(pick(METHODS), pick(HOSTS), path.toString(), i);
            if (shapes.add(route.method() + route.host() + route.path().shape())) {
                routes.add(route);
            }
        }
        return routes;
    }

    private String path() {
        var path = new StringBuilder();
        for (int j = random.nextInt(5); j >= 0; j--) {
            path.append('/').append(pick(VALUES));
        }
        return path.toString();
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** The rules, read plainly: of all routes that take the request the one with the best ranks from the left. */
    private static Optional<RouteDefinition> best(
            List<RouteDefinition> routes, String host, String method, String path) {
        Optional<RouteDefinition> best = Optional.empty();
        List<Integer> bestRanks = List.of();
        for (RouteDefinition route : routes) {
            boolean hostFits = route.host().isEmpty() || route.host().get().equals(host);
            boolean head = method.equals("HEAD") && route.method().equals("GET");
            if (!hostFits || !(route.method().equals(method) || head)) {
                continue;
            }
            var ranks = new ArrayList<Integer>();
            ranks.add(route.host().isEmpty() ? 1 : 0);
            if (!ranks(route.path().segments(), path, routes, ranks)) {
                continue;
            }
            ranks.add(head ? 1 : 0);
            if (best.isEmpty() || less(ranks, bestRanks)) {
                best = Optional.of(route);
                bestRanks = ranks;
            }
        }
        return best;
    }

    private static boolean ranks(
            List<Segment> segments, String path, List<RouteDefinition> routes, List<Integer> ranks) {
        String[] values = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment instanceof Rest) {
                ranks.add(1_000_000);
                return i < values.length;
            }
            if (i >= values.length) {
                return false;
            }
            String value = values[i].replace("%61", "a");
            boolean fits = switch (segment) {
                case Fixed fixed -> fixed.text().equals(value);
                case Parameter parameter -> parameter.type().accepts(value);
                case Rest rest -> true;
            };
            if (!fits) {
                return false;
            }
            ranks.add(
                    switch (segment) {
                        case Fixed fixed -> 0;
                        case Parameter parameter ->
                            1
                                    + KINDS.indexOf(parameter.type().kind()) * 1_000
                                    + firstUse(parameter, segments.subList(0, i), routes);
                        case Rest rest -> 1_000_000;
                    });
        }
        return segments.size() == values.length;
    }

    /** Of two enums at one place, the one that the file has first is tried first. */
    private static int firstUse(Parameter parameter, List<Segment> before, List<RouteDefinition> routes) {
        for (int i = 0; i < routes.size(); i++) {
            List<Segment> segments = routes.get(i).path().segments();
            if (segments.size() > before.size()
                    && sameShape(segments.subList(0, before.size()), before)
                    && segments.get(before.size()) instanceof Parameter other
                    && other.type().equals(parameter.type())) {
                return i;
            }
        }
        throw new AssertionError("no route has " + parameter);
    }

    private static boolean sameShape(List<Segment> a, List<Segment> b) {
        for (int i = 0; i < a.size(); i++) {
            boolean same = (a.get(i) instanceof Parameter p && b.get(i) instanceof Parameter q)
                    ? p.type().equals(q.type())
                    : Objects.equals(a.get(i), b.get(i));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean less(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return a.get(i) < b.get(i);
            }
        }
        return a.size() < b.size();
    }
}
