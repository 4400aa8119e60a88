package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import leat.kernel.Json;
import org.junit.jupiter.api.Test;

class JsonLayoutTest {
    @Test
    void each_member_stands_on_its_line_and_nothing_empty_takes_one() {
        assertThat(JsonLayout.of("{\"a\":[1,2.50],\"b\":{ },\"c\":[]}")).isEqualTo("""
                {
                  "a": [
                    1,
                    2.50
                  ],
                  "b": {},
                  "c": []
                }""");
    }

    @Test
    void texts_are_left_alone_whatever_they_hold() {
        assertThat(JsonLayout.of("{\"a,{\":\"x: [1, \\\"2\\\\\",\"b\":1e400}")).isEqualTo("""
                {
                  "a,{": "x: [1, \\"2\\\\",
                  "b": 1e400
                }""");
    }

    @Test
    void a_body_that_was_cut_off_is_shown_as_far_as_it_goes() {
        String whole = "{\"a\":[{\"b\":\"c\\\"d\"},true]}";
        for (int end = 0; end <= whole.length(); end++) {
            String cut = whole.substring(0, end);
            assertThat(JsonLayout.of(cut).replaceAll("\\s", "")).isEqualTo(cut);
        }
        assertThat(JsonLayout.of("{}}]],\"a")).isEqualTo("{}\n}\n]\n],\n\"a");
    }

    @Test
    void what_is_no_object_and_no_list_stays_as_it_is() {
        assertThat(JsonLayout.of("a, b: c\n  d")).isEqualTo("a, b: c\n  d");
        assertThat(JsonLayout.of("")).isEmpty();
        assertThat(JsonLayout.of("{ not  json }")).isEqualTo("{\n  not json\n}");
    }

    @Test
    void a_thousand_brackets_do_not_grow_beyond_the_limit_stated() {
        String deep = "[1,".repeat(10_000);
        assertThat(JsonLayout.of(deep).length()).isLessThan((2 * JsonLayout.DEEPEST + 2) * deep.length());
    }

    @Test
    void laying_out_keeps_the_value() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String json = value(random, 0);
            assertThat(Json.tree(JsonLayout.of("[" + json + "]"))).isEqualTo(Json.tree("[" + json + "]"));
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 50 ? 2 : 4)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> Json.text(random.nextBoolean() ? "a\"b\\ {,}:[]\n" : "");
            case 2 -> "[" + value(random, depth + 1) + " , " + value(random, depth + 1) + "]";
            default -> "{\"k\" :" + value(random, depth + 1) + ",\"{\":{}}";
        };
    }
}
