package leat.mocks.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.mocks.definition.PathPattern;
import leat.mocks.definition.PathSyntaxException;
import leat.mocks.definition.ResponseDefinition;
import leat.mocks.definition.RouteDefinition;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    /** Routes written as {@code GET host/path} or {@code GET /path}. */
    static RouteTable table(String... titles) {
        var routes = new ArrayList<RouteDefinition>();
        for (String title : titles) {
            int space = title.indexOf(' ');
            int slash = title.indexOf('/');
            routes.add(route(
                    title.substring(0, space),
                    title.substring(space + 1, slash),
                    title.substring(slash),
                    routes.size()));
        }
        return RouteTable.compile(routes);
    }

    static RouteDefinition route(String method, String host, String path, int index) {
        try {
            return new RouteDefinition(
                    method,
                    host.isEmpty() ? Optional.empty() : Optional.of(host),
                    PathPattern.parse(path),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    new ResponseDefinition(200, List.of(), ""),
                    index + 1);
        } catch (PathSyntaxException e) {
            throw new AssertionError(path, e);
        }
    }

    private static String found(RouteTable table, String method, String path) {
        return found(table, "", method, path);
    }

    private static String found(RouteTable table, String host, String method, String path) {
        return switch (table.match(host, method, path)) {
            case Match.Found found -> found.route().title();
            case Match other -> other.getClass().getSimpleName();
        };
    }

    private static Map<String, String> captured(RouteTable table, String path) {
        return ((Match.Found) table.match("", "GET", path)).captures().values();
    }

    @Test
    void fixed_text_beats_a_typed_parameter_beats_a_free_one_beats_the_rest() {
        RouteTable table = table("GET /a/*rest", "GET /a/:x", "GET /a/:x|int", "GET /a/7");
        assertThat(found(table, "GET", "/a/7")).isEqualTo("GET /a/7");
        assertThat(found(table, "GET", "/a/8")).isEqualTo("GET /a/:x|int");
        assertThat(found(table, "GET", "/a/b")).isEqualTo("GET /a/:x");
        assertThat(found(table, "GET", "/a/b/c")).isEqualTo("GET /a/*rest");
        assertThat(found(table, "GET", "/a/")).isEqualTo("GET /a/*rest");
        assertThat(found(table, "GET", "/a")).isEqualTo("None");
    }

    @Test
    void types_are_tried_from_the_narrowest() {
        RouteTable table =
                table("GET /:f|float", "GET /:i|int", "GET /:b|bool", "GET /:e|enum(1,true)", "GET /:d|date");
        assertThat(found(table, "GET", "/1")).isEqualTo("GET /:e|enum(1,true)");
        assertThat(found(table, "GET", "/2")).isEqualTo("GET /:i|int");
        assertThat(found(table, "GET", "/2.5")).isEqualTo("GET /:f|float");
        assertThat(found(table, "GET", "/false")).isEqualTo("GET /:b|bool");
        assertThat(found(table, "GET", "/2024-02-29")).isEqualTo("GET /:d|date");
    }

    @Test
    void a_choice_that_leads_nowhere_is_taken_back() {
        RouteTable table = table("GET /a/b/c", "GET /a/:x/d", "GET /:y/b/e", "GET /*rest");
        assertThat(found(table, "GET", "/a/b/c")).isEqualTo("GET /a/b/c");
        assertThat(found(table, "GET", "/a/b/d")).isEqualTo("GET /a/:x/d");
        assertThat(found(table, "GET", "/a/b/e")).isEqualTo("GET /:y/b/e");
        assertThat(found(table, "GET", "/a/b/f")).isEqualTo("GET /*rest");
        assertThat(captured(table, "/a/b/d")).isEqualTo(Map.of("x", "b"));
        assertThat(captured(table, "/a/b/e")).isEqualTo(Map.of("y", "a"));
        assertThat(captured(table, "/a/b/f")).isEqualTo(Map.of("rest", "a/b/f"));
    }

    @Test
    void a_path_without_the_method_is_taken_back_too() {
        RouteTable table = table("GET /a/b", "POST /a/:x");
        assertThat(found(table, "POST", "/a/b")).isEqualTo("POST /a/:x");
        assertThat(table.match("", "PUT", "/a/b"))
                .isEqualTo(new Match.WrongMethod(List.of("GET", "HEAD", "POST", "OPTIONS")));
    }

    @Test
    void get_answers_head_unless_head_is_declared() {
        RouteTable table = table("GET /a", "HEAD /a", "GET /b");
        assertThat(found(table, "HEAD", "/a")).isEqualTo("HEAD /a");
        assertThat(found(table, "HEAD", "/b")).isEqualTo("GET /b");
        assertThat(table.match("", "get", "/b")).isInstanceOf(Match.WrongMethod.class);
    }

    @Test
    void a_trailing_slash_is_significant() {
        RouteTable table = table("GET /a", "GET /b/", "GET /");
        assertThat(found(table, "GET", "/a/")).isEqualTo("None");
        assertThat(found(table, "GET", "/b")).isEqualTo("None");
        assertThat(found(table, "GET", "/b/")).isEqualTo("GET /b/");
        assertThat(found(table, "GET", "/")).isEqualTo("GET /");
        assertThat(found(table, "GET", "//")).isEqualTo("None");
    }

    @Test
    void a_parameter_takes_one_segment_that_is_not_empty() {
        RouteTable table = table("GET /a/:x/b");
        assertThat(found(table, "GET", "/a//b")).isEqualTo("None");
        assertThat(found(table, "GET", "/a/1/2/b")).isEqualTo("None");
    }

    @Test
    void segments_are_decoded_after_they_are_cut() {
        RouteTable table = table("GET /caf%C3%A9/:x", "GET /a/*rest");
        assertThat(captured(table, "/caf%c3%a9/1%2F2%20+3")).isEqualTo(Map.of("x", "1/2 +3"));
        assertThat(captured(table, "/%63af\u00e9/x")).isEqualTo(Map.of("x", "x"));
        assertThat(captured(table, "/a/b%2Fc/d%20e")).isEqualTo(Map.of("rest", "b/c/d e"));
        assertThat(found(table, "GET", "/caf%C3%A9%2Fx")).isEqualTo("None");
    }

    @Test
    void a_typed_parameter_sees_the_decoded_value() {
        assertThat(captured(table("GET /:n|int"), "/%31%32")).isEqualTo(Map.of("n", "12"));
    }

    @Test
    void a_broken_escape_is_refused() {
        for (String path : List.of("/%", "/%1", "/%zz", "/%C3", "/%C3/%A9", "a", "")) {
            assertThat(table("GET /*rest").match("", "GET", path)).isEqualTo(new Match.Refused(Match.Reason.MALFORMED));
        }
    }

    @Test
    void a_value_of_the_wrong_type_names_the_route_whose_shape_it_has() {
        RouteTable table = table("GET /users/:id|int", "POST /users/:name");
        assertThat(table.match("", "GET", "/users/abc")).isInstanceOfSatisfying(Match.WrongType.class, wrong -> {
            assertThat(wrong.route().path().text()).isEqualTo("/users/:id|int");
            assertThat(wrong.captures().value(0)).isEqualTo("abc");
        });
        assertThat(found(table, "POST", "/users/abc")).isEqualTo("POST /users/:name");
        assertThat(found(table, "GET", "/users/abc/d")).isEqualTo("None");
    }

    @Test
    void a_route_with_the_requests_host_comes_first() {
        RouteTable table = table("GET /a/b", "GET api.example/a/:x", "GET api.example/only");
        assertThat(found(table, "API.Example:8080", "GET", "/a/b")).isEqualTo("GET api.example/a/:x");
        assertThat(found(table, "api.example.", "GET", "/only")).isEqualTo("GET api.example/only");
        assertThat(found(table, "other.example", "GET", "/a/b")).isEqualTo("GET /a/b");
        assertThat(found(table, "other.example", "GET", "/only")).isEqualTo("None");
        assertThat(found(table, "", "GET", "/only")).isEqualTo("None");
    }

    @Test
    void a_request_that_its_host_does_not_answer_falls_back_to_routes_for_every_host() {
        RouteTable table = table("GET /shared", "POST api.example/shared");
        assertThat(found(table, "api.example", "GET", "/shared")).isEqualTo("GET /shared");
        assertThat(table.match("api.example", "PUT", "/shared"))
                .isEqualTo(new Match.WrongMethod(List.of("GET", "HEAD", "POST", "OPTIONS")));
    }

    @Test
    void a_path_beyond_the_limit_is_refused() {
        RouteTable table = table("GET /*rest");
        String most = "/" + "a".repeat(RouteTable.PATH_CHARACTERS - 1);
        assertThat(found(table, "GET", most)).isEqualTo("GET /*rest");
        assertThat(table.match("", "GET", most + "a")).isEqualTo(new Match.Refused(Match.Reason.TOO_LONG));
    }

    @Test
    void going_back_is_bounded() {
        // A path of ones fits every one of the 2^13 routes until its last segment.
        RouteTable wide = table(everyWay(13));
        assertThat(wide.match("", "GET", "/1".repeat(13) + "/no"))
                .isEqualTo(new Match.Refused(Match.Reason.TOO_COSTLY));
        assertThat(found(wide, "GET", "/1".repeat(13) + "/end")).startsWith("GET ");
    }

    /** All 2^depth paths of ints and floats, so that the trie is as wide as it is deep. */
    private static String[] everyWay(int depth) {
        var titles = new String[1 << depth];
        for (int way = 0; way < titles.length; way++) {
            var title = new StringBuilder("GET ");
            for (int i = 0; i < depth; i++) {
                title.append("/:p").append(i).append(((way >> i) & 1) == 0 ? "|int" : "|float");
            }
            titles[way] = title.append("/end").toString();
        }
        return titles;
    }
}
