package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.mocks.template.TemplateLimitException.Limit;
import org.junit.jupiter.api.Test;

/** Every bound holds, and a template that would never end does end. */
class TemplateLimitsTest {
    private static final Request REQUEST = new Request().with(Roots.PATH, Map.of("x", "y".repeat(1_000)));

    @Test
    void a_template_that_would_loop_for_ages_ends_at_its_limit_of_steps() {
        String loop = "{% for a in 9999|range %}";
        assertThatThrownBy(() -> REQUEST.render(loop.repeat(5) + "{% endfor %}".repeat(5)))
                .isInstanceOfSatisfying(TemplateLimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo(Limit.STEPS);
                    assertThat(e).hasMessageContaining("line 1").hasMessageContaining("100000 steps");
                });
    }

    @Test
    void steps_just_within_the_limit_are_granted() {
        assertThat(REQUEST.render("{% for a in 9000|range %}{% for b in 3|range %}{% endfor %}{% endfor %}."))
                .isEqualTo(".");
    }

    @Test
    void work_on_long_texts_costs_steps() {
        String hashes = "{% for a in 9000|range %}{% if path-params.long|hash:\"sha512\" %}{% endif %}{% endfor %}";
        Request request = new Request().with(Roots.PATH, Map.of("long", "x".repeat(100_000)));
        assertLimit(Limit.STEPS, request, hashes);
    }

    @Test
    void an_output_of_more_than_a_mebibyte_is_refused() {
        String kilobyte = "{{path-params.x|safe}}" + "z".repeat(24);
        assertThat(REQUEST.render("{% for i in 1024|range %}" + kilobyte + "{% endfor %}"))
                .hasSize(1 << 20);
        assertLimit(Limit.OUTPUT, REQUEST, "{% for i in 1024|range %}" + kilobyte + "{% endfor %}!");
    }

    @Test
    void a_filter_cannot_make_a_text_of_more_than_a_mebibyte() {
        String grow = "|replace:\"y\":\"yyyyyyyyyy\"";
        assertLimit(Limit.OUTPUT, REQUEST, "{{path-params.x" + grow.repeat(4) + "|count}}");
    }

    @Test
    void a_range_of_more_than_ten_thousand_is_refused() {
        assertThat(REQUEST.render("{{10000|range|count}}")).isEqualTo("10000");
        assertLimit(Limit.RANGE, REQUEST, "{{10001|range|count}}");
        assertLimit(Limit.RANGE, REQUEST, "{{1e300|range|count}}");
        assertLimit(Limit.RANGE, REQUEST, "{{0|range:-10001:-1|count}}");
    }

    @Test
    void a_value_nested_too_deep_or_in_itself_is_refused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertLimit(Limit.VALUE_NESTING, new Request().with(Roots.JSON, endless), "{{json-params}}");
    }

    @Test
    void tags_nest_thirty_two_deep_and_no_deeper() {
        assertThat(REQUEST.render("{% if 1 %}".repeat(32) + "x" + "{% endif %}".repeat(32)))
                .isEqualTo("x");
        assertProblem("template.too-deep", "{% if 1 %}".repeat(33) + "x" + "{% endif %}".repeat(33));
        assertProblem("template.too-deep", "{% if " + "not ".repeat(100_000) + "1 %}{% endif %}");
        assertProblem("template.too-deep", "{% if " + "(".repeat(100_000) + "1 %}{% endif %}");
    }

    @Test
    void long_chains_without_nesting_do_not_overflow_the_stack() {
        assertThat(REQUEST.render("{{path-params.none" + "|upper".repeat(90_000) + "}}."))
                .isEqualTo(".");
        assertThat(REQUEST.render("{% if 0 = 1" + " or 0 = 1".repeat(20_000) + " %}x{% endif %}."))
                .isEqualTo(".");
        assertThat(REQUEST.render("{% if 0 = 1 %}" + "{% elif 0 = 1 %}".repeat(20_000) + "{% endif %}."))
                .isEqualTo(".");
    }

    @Test
    void a_source_of_more_than_a_mebi_of_characters_is_refused() {
        assertThat(Template.compile("x".repeat(1 << 20), Escaping.NONE).constantBytes())
                .hasSize(1 << 20);
        assertProblem("template.too-large", "x".repeat((1 << 20) + 1));
        assertProblem("template.too-large", "€".repeat(1 << 19));
    }

    @Test
    void a_compilation_reports_at_most_fifty_problems() {
        assertThatThrownBy(() -> Template.compile("{{x}}".repeat(200), Escaping.NONE))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.problems()).hasSize(50));
    }

    @Test
    void arithmetic_refuses_numbers_that_would_take_a_mountain_of_digits() {
        Request request = Request.json("{\"big\": 1e999999, \"small\": 1e-999999}");
        for (String filter : List.of(
                "add:1",
                "multiply:2",
                "divide:3",
                "round",
                "double-format",
                "number-format:\"%.2f\"",
                "currency-format",
                "between?:1:2")) {
            assertThatThrownBy(() ->
                            request.render("{{json-params.big|" + filter + "}}{{json-params.small|" + filter + "}}"))
                    .isInstanceOf(TemplateRenderException.class)
                    .hasMessageContaining("400 digits");
        }
        assertThat(request.render("{% if json-params.big > json-params.small %}{{json-params.big}}{% endif %}"))
                .isEqualTo("1E+999999");
    }

    private static void assertLimit(Limit limit, Request request, String template) {
        assertThatThrownBy(() -> request.render(template))
                .isInstanceOfSatisfying(
                        TemplateLimitException.class, e -> assertThat(e.limit()).isEqualTo(limit));
    }

    private static void assertProblem(String code, String template) {
        assertThatThrownBy(() -> Template.compile(template, Escaping.NONE))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        e -> assertThat(e.problems())
                                .extracting(TemplateProblem::code)
                                .contains(code));
    }
}
