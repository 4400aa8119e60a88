package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a template does with a request's values, the time and the dice. */
class TemplateTest {
    @Test
    void a_template_without_tags_is_constant_to_the_byte() {
        String text = "{\"a\":{\"b\":1}}\r\n  é€\ud83d\ude00 \\/ }} %} { % ";
        Template template = Template.compile(text, Escaping.JSON);
        assertThat(template.isConstant()).isTrue();
        assertThat(template.constantBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Template.compile("", Escaping.NONE).constantBytes()).isEmpty();
        assertThat(Template.compile("a{# c #}b", Escaping.NONE).isConstant()).isTrue();
        assertThat(Template.compile("{{now}}", Escaping.NONE).isConstant()).isFalse();
    }

    @Test
    void only_the_roots_that_a_template_uses_are_asked_for_and_only_once() {
        Template template = Template.compile(
                "{{path-params.a}}{{path-params.b}}{% if 1 = 2 %}{{json-params}}{% endif %}{{message}}", Escaping.NONE);
        List<String> asked = new ArrayList<>();
        template.render(
                root -> {
                    asked.add(root);
                    return null;
                },
                Request.context());
        assertThat(asked).containsExactly(Roots.PATH, Roots.MESSAGE);
        assertThat(template.uses(Roots.JSON)).isTrue();
        assertThat(template.uses(Roots.QUERY)).isFalse();
    }

    @Test
    void numbers_keep_the_digits_that_were_sent() {
        Request request = Request.json("[1.10, 100000000000000000000000, 0.0000001, -0.0, 1E5, 12]");
        assertThat(request.render("{{json-params}}"))
                .isEqualTo("[1.10,100000000000000000000000,0.0000001,0.0,1E+5,12]");
        assertThat(request.render("{{json-params.0}} {{1.50}} {{json-params.5}}"))
                .isEqualTo("1.10 1.50 12");
    }

    @Test
    void header_names_are_found_in_any_case() {
        Request request =
                new Request().with(Roots.HEADER, Map.of("Content-Type", "a", "x-b", new Repeated(List.of("1", "2"))));
        assertThat(
                        request.render(
                                "{{header-params.content-type}}{{header-params.CONTENT-TYPE}}{{header-params[\"X-B\"]}}{{header-params.none}}"))
                .isEqualTo("aa1");
    }

    @Test
    void a_repeated_value_prints_as_its_first_and_loops_over_all() {
        Request request = new Request().with(Roots.QUERY, Map.of("t", new Repeated(List.of("a", "b")), "u", "c"));
        assertThat(
                        request.render(
                                "{{query-params.t}} {% for t in query-params.t %}{{t}}{% endfor %} {{query-params.t.1}}"
                                        + "{% for u in query-params.u %}{{u}}{% endfor %}{% for v in query-params.v %}v{% endfor %}"))
                .isEqualTo("a ab bc");
        assertThat(request.render("{{query-params.t|upper}}{% if query-params.t = \"a\" %}!{% endif %}"))
                .isEqualTo("A!");
    }

    @Test
    void the_time_is_the_same_in_all_tags_of_an_answer() {
        assertThat(
                        new Request()
                                .render(
                                        "{{now}} {% now \"HH:mm\" %} {{now|date:\"yyyy-MM-dd\"}} {% for i in 2|range %}{{now|date:ss}}{% endfor %}"))
                .isEqualTo("2026-03-04T05:06:07.089Z 05:06 2026-03-04 0707");
    }

    @Test
    void a_time_of_any_year_prints_as_java_prints_it() {
        for (String time : List.of(
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00.000Z",
                "-0001-02-03T04:05:06.007Z",
                "1969-12-31T23:59:59.001Z",
                "2024-02-29T10:20:30.400Z")) {
            assertThat(IsoTime.text(Instant.parse(time))).isEqualTo(time);
        }
        assertThat(IsoTime.text(Instant.parse("2024-02-29T10:20:30.4009999Z"))).isEqualTo("2024-02-29T10:20:30.400Z");
    }

    @Test
    void the_dice_give_the_same_answer_from_the_same_seed_and_new_values_in_one_answer() {
        String source = "{{uuid}} {{uuid}} {{random}} {{random.int}} {{random.float}} {{random.bool}} {{random.hex}}";
        String once = new Request().render(source);
        assertThat(new Request().render(source)).isEqualTo(once);
        List<String> parts = List.of(once.split(" ", -1));
        assertThat(UUID.fromString(parts.get(0)).version()).isEqualTo(4);
        assertThat(UUID.fromString(parts.get(0)).variant()).isEqualTo(2);
        assertThat(parts.get(1)).isNotEqualTo(parts.get(0));
        assertThat(Integer.parseInt(parts.get(2))).isBetween(0, 999_999);
        assertThat(parts.get(4)).matches("0\\.[0-9]{6}");
        assertThat(parts.get(5)).isIn("true", "false");
        assertThat(parts.get(6)).matches("[0-9a-f]{16}");
    }

    @Test
    void comparisons_follow_what_the_values_are() {
        Request request =
                Request.json("{\"one\": 1, \"text\": \"1\", \"list\": [1, \"a\"], \"map\": {\"k\": 0}, \"no\": false}");
        for (String truth : List.of(
                "json-params.one = 1.0",
                "json-params.text = 1",
                "not json-params.text = \"1.0\"",
                "json-params.one != json-params.none",
                "json-params.none = null",
                "not json-params.none > 0",
                "\"10\" > \"9\"",
                "\"b\" > \"a\"",
                "1 in json-params.list",
                "\"k\" in json-params.map",
                "\"b\" in \"abc\"",
                "not json-params.no",
                "not \"\"",
                "not \"false\"",
                "0",
                "json-params.list",
                "(1 = 2 or 1 = 1) and not (1 = 2)",
                "json-params.list|count = 2",
                "1 = 2 or 1 = 1 and 2 = 2",
                "not any json-params.no json-params.none",
                "all 1 json-params.one and 1",
                "json-params.map = json-params.map",
                "true == true",
                "json-params.no = false")) {
            assertThat(Condition.compile(truth).holds(request.variables(), Request.context()))
                    .as(truth)
                    .isTrue();
            assertThat(request.render("{% if " + truth + " %}yes{% endif %}"))
                    .as(truth)
                    .isEqualTo("yes");
        }
        assertThat(Condition.compile("json-params.one = 2").holds(request.variables(), Request.context()))
                .isFalse();
        assertThat(Condition.compile("json-params.one = 2").uses(Roots.JSON)).isTrue();
        assertThatThrownBy(() -> Condition.compile("json-params.one = ")).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Condition.compile("1 = 1 %}")).isInstanceOf(TemplateException.class);
    }

    @Test
    void loops_know_where_they_are_and_who_is_around_them() {
        assertThat(
                        new Request()
                                .render(
                                        "{% for a in 2|range %}{% for b in 3|range %}{{forloop.parentloop.counter}}{{forloop.counter0}}"
                                                + "{{forloop.revcounter}}{{forloop.length}}{% if forloop.first %}f{% endif %} {% endfor %}{{forloop.counter}};{% endfor %}"))
                .isEqualTo("1033f 1123 1213 1;2033f 2123 2213 2;");
    }

    @Test
    void a_loop_takes_maps_and_pairs_apart_in_their_order() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", List.of());
        Request request = new Request().with(Roots.JSON, Map.of("map", map, "pairs", List.of(List.of(1, 2), 3)));
        assertThat(
                        request.render(
                                "{% for k, v in json-params.map %}{{k}}{{v}}{% endfor %} {% for a,b in json-params.pairs %}{{a}}-{{b}} {% endfor %}"))
                .isEqualTo("z1a[] 1-2 3- ");
    }

    @Test
    void filters_count_whole_characters() {
        Request request = new Request().with(Roots.PATH, Map.of("x", "a\ud83d\ude00b"));
        assertThat(
                        request.render(
                                "{{path-params.x|take:2}} {{path-params.x|count}} {{path-params.x|last}} {{path-params.x|subs:1:2}} {{path-params.x|join:\"-\"}}"))
                .isEqualTo("a\ud83d\ude00 3 b \ud83d\ude00 a-\ud83d\ude00-b");
    }

    @Test
    void a_value_that_is_no_template_value_is_refused() {
        Request request = new Request().with(Roots.MESSAGE, new Object());
        assertThatThrownBy(() -> request.render("{{message}}"))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void one_template_serves_many_threads() throws Exception {
        Template template = Template.compile(
                "{% for i in 50|range %}{% cycle 1 2 3 %}{{path-params.x}}{% endfor %}", Escaping.NONE);
        List<Thread> threads = new ArrayList<>();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            String x = "t" + t;
            String expected = new Request()
                    .with(Roots.PATH, Map.of("x", x))
                    .render("{% for i in 50|range %}{% cycle 1 2 3 %}{{path-params.x}}{% endfor %}");
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 200; i++) {
                    String got = new String(
                            template.render(Variables.of(Map.of(Roots.PATH, Map.of("x", x))), Request.context()),
                            StandardCharsets.UTF_8);
                    if (!got.equals(expected)) {
                        wrong.add(got);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }
}
