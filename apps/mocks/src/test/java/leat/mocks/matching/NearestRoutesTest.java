package leat.mocks.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestRoutesTest {
    private static List<String> nearest(RouteTable table, String method, String path) {
        return table.nearest(new MatchRequest("", method, path)).stream()
                .map(near -> near.route().title() + ": " + String.join(" ", near.reasons()))
                .toList();
    }

    @Test
    void a_misspelt_segment_is_named() {
        assertThat(nearest(RouteTableTest.table("GET /products/:id/reviews"), "GET", "/products/1/revews"))
                .containsExactly("GET /products/:id/reviews: Its segment 3 is “reviews”, not “revews”.");
    }

    @Test
    void letters_of_another_case_are_named() {
        assertThat(nearest(RouteTableTest.table("GET /Users"), "GET", "/uSERS"))
                .containsExactly("GET /Users: Its segment 1 is “Users”, not “uSERS”.");
    }

    @Test
    void a_slash_too_many_or_too_few_is_named() {
        assertThat(nearest(RouteTableTest.table("GET /a"), "GET", "/a/"))
                .containsExactly("GET /a: Its path has no slash at the end.");
        assertThat(nearest(RouteTableTest.table("GET /a/"), "GET", "/a"))
                .containsExactly("GET /a/: Its path ends with a slash.");
    }

    @Test
    void a_path_that_is_too_long_or_too_short_is_named() {
        assertThat(nearest(RouteTableTest.table("GET /a/b"), "GET", "/a/b/c"))
                .containsExactly("GET /a/b: Its path ends 1 segments earlier.");
        assertThat(nearest(RouteTableTest.table("GET /a/b/c"), "GET", "/a/b"))
                .containsExactly("GET /a/b/c: Its path goes on.");
    }

    @Test
    void several_reasons_come_together_and_the_fewest_first() {
        RouteTable table = RouteTableTest.table("POST /users/:id|int", "GET /users/:id|int/posts", "GET /user/:id|int");
        assertThat(nearest(table, "GET", "/users/abc"))
                .first()
                .isEqualTo(
                        "POST /users/:id|int: Its segment 2 is a whole number, and “abc” is not. It takes POST, not GET.");
    }

    @Test
    void at_most_three_are_named_and_none_that_is_unlike() {
        RouteTable table =
                RouteTableTest.table("GET /aaaa1", "GET /aaaa2", "GET /aaaa3", "GET /aaaa4", "GET /zzzzzzzz");
        assertThat(nearest(table, "GET", "/aaaa5")).hasSize(3);
        assertThat(nearest(table, "GET", "/something-else")).isEmpty();
    }

    @Test
    void ten_thousand_routes_are_not_read_one_by_one() {
        RouteTable table = RouteTableTest.table(IntStream.range(0, 10_000)
                .mapToObj(i -> "GET /route" + i + "/users/:id|int/items/:item")
                .toArray(String[]::new));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 500; i++) {
                assertThat(nearest(table, "GET", "/route5000/users/1/itms/2").getFirst())
                        .startsWith("GET /route5000/users/:id|int/items/:item: ");
            }
        });
    }
}
