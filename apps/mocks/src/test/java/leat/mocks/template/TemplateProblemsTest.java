package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mistakes are found when a template is compiled, all of them, each with its place and what to do. */
class TemplateProblemsTest {
    @Test
    void an_unknown_name_is_reported_with_what_was_meant() {
        assertProblem("{{path-param.x}}", "template.unknown-variable", "path-params", 1, 3);
        assertProblem("a\n {{path-params.x|uper}}", "template.unknown-filter", "upper", 2, 18);
        assertProblem("{% fro x in json-params %}", "template.unknown-tag", "for", 1, 4);
        assertProblem("{{random.integer}}", "template.unknown-variable", "random.int", 1, 3);
        assertProblem("{% for item in json-params %}{{itme}}{% endfor %}", "template.unknown-variable", "item", 1, 32);
    }

    @Test
    void a_name_is_unknown_again_after_its_tag() {
        assertProblem("{% for t in json-params %}{{t}}{% endfor %}{{t}}", "template.unknown-variable", "", 1, 46);
        assertProblem("{% with t=1 %}{{t}}{% endwith %}{{forloop.counter}}", "template.unknown-variable", "", 1, 35);
    }

    @Test
    void all_mistakes_are_reported_at_once_in_their_order() {
        assertThat(problems("{{x}} {{path-params.y|nope}}\n{% wrong %}{% if %}{{ }}{% endif %}{{path-params.a b}}"))
                .extracting(TemplateProblem::code)
                .containsExactly(
                        "template.unknown-variable",
                        "template.unknown-filter",
                        "template.unknown-tag",
                        "template.syntax",
                        "template.empty-tag",
                        "template.syntax");
    }

    @Test
    void a_broken_loop_does_not_make_its_names_unknown() {
        assertThat(problems("{% for x of json-params %}{{x}}{{y}}{% endfor %}"))
                .extracting(TemplateProblem::code)
                .containsExactly("template.syntax");
    }

    @Test
    void braces_that_are_no_tag_are_reported_where_they_stand() {
        assertProblem("{{}\n \"hello\": \"{{path-params.username}}!\"", "template.syntax", "", 1, 3);
        assertProblem("{{}}", "template.empty-tag", "blank between the braces", 1, 1);
        assertProblem("{{{path-params.x}}}", "template.syntax", "safe", 1, 1);
        assertProblem("x {{path-params.x", "template.unclosed", "}}", 1, 18);
        assertProblem("{{path-params.x|default:\"y}}", "template.syntax", "\"", 1, 25);
        assertProblem("{# never closed", "template.unclosed", "#}", 1, 1);
    }

    @Test
    void handlebars_tags_are_refused_with_their_translation() {
        assertProblem("{{#if x}}A{{/if}}", "template.handlebars", "{% if name %}", 1, 1);
        assertProblem("{{> part}}", "template.handlebars", "safe", 1, 1);
    }

    @Test
    void tags_that_touch_files_are_refused_with_the_reason() {
        assertProblem("{% include \"/etc/passwd\" %}", "template.unsupported-tag", "reads no files", 1, 4);
        assertThat(problems("{% block a %}x{% endblock %}")).hasSize(1);
        assertProblem("{% debug %}", "template.unsupported-tag", "json", 1, 4);
    }

    @Test
    void tags_must_be_closed_in_their_order() {
        assertProblem("{% if 1 %}x", "template.unclosed", "{% endif %}", 1, 1);
        assertProblem("{% for x in json-params %}{% if x %}{% endfor %}", "template.unclosed", "{% endif %}", 1, 27);
        assertProblem("x{% endif %}", "template.unexpected-tag", "", 1, 5);
        assertProblem("{% verbatim %}{{x}}", "template.unclosed", "{% endverbatim %}", 1, 1);
        assertProblem("{% comment %}", "template.unclosed", "{% endcomment %}", 1, 1);
    }

    @Test
    void arguments_are_checked_when_they_are_constants() {
        assertProblem("{{path-params.x|center}}", "template.wrong-arguments", "value|center:integer", 1, 17);
        assertProblem("{{path-params.x|center:wide}}", "template.wrong-arguments", "", 1, 17);
        assertProblem("{{path-params.x|upper:1}}", "template.wrong-arguments", "", 1, 17);
        assertProblem("{{path-params.x|hash:crc}}", "template.wrong-arguments", "", 1, 17);
        assertProblem("{{now|date:\"bad{\"}}", "template.wrong-arguments", "", 1, 7);
        assertProblem("{{path-params.x|number-format:\"%99999999d\"}}", "template.wrong-arguments", "", 1, 17);
        assertProblem("{{path-params.x|divide:0}}", "template.wrong-arguments", "", 1, 17);
        assertProblem("{% now \"bad{\" %}", "template.wrong-arguments", "", 1, 1);
    }

    @Test
    void in_json_a_tag_must_not_leave_a_string_open_on_one_way_only() {
        for (String source : List.of(
                "{% if 1 %}\"a{% endif %}\"",
                "{% for x in json-params %}\"{% endfor %}", "{% if 1 %}\"a\"{% else %}\"{% endif %}")) {
            assertThat(jsonProblems(source)).extracting(TemplateProblem::code).containsExactly("template.open-string");
            assertThat(Template.compile(source, Escaping.NONE)).isNotNull();
        }
        assertThat(jsonProblems("\"\\{{path-params.x}}\""))
                .extracting(TemplateProblem::code)
                .containsExactly("template.inside-escape");
        assertThat(jsonProblems("\"\\u00{{path-params.x}}\""))
                .extracting(TemplateProblem::code)
                .containsExactly("template.inside-escape");
        assertThat(Template.compile("\"{% for x in json-params %}{{x}}\", \"{% endfor %}\"", Escaping.JSON))
                .isNotNull();
    }

    @Test
    void a_value_that_a_filter_cannot_use_fails_with_its_line_and_column() {
        Request request = new Request().with(Roots.PATH, Map.of("x", "abc"));
        assertThatThrownBy(() -> request.render("line\n  {{path-params.x|multiply:2}}"))
                .isInstanceOfSatisfying(TemplateRenderException.class, e -> {
                    assertThat(e.code()).isEqualTo("template.not-a-number");
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(19);
                });
        assertThatThrownBy(() -> request.render("{{path-params.x|date:yyyy}}")).hasMessageContaining("ISO-8601");
        assertThatThrownBy(() -> request.render("{{path-params.x|email}}")).hasMessageContaining("e-mail");
        assertThatThrownBy(() -> request.render("{{true|count}}")).hasMessageContaining("length");
        assertThatThrownBy(() -> request.render("{{1|add:1|center:@path-params.x}}"))
                .hasMessageContaining("whole number");
    }

    private static List<TemplateProblem> problems(String source) {
        return catchThrowableOfType(TemplateException.class, () -> Template.compile(source, Escaping.NONE))
                .problems();
    }

    private static List<TemplateProblem> jsonProblems(String source) {
        return catchThrowableOfType(TemplateException.class, () -> Template.compile(source, Escaping.JSON))
                .problems();
    }

    private static void assertProblem(String source, String code, String advice, int line, int column) {
        TemplateProblem problem = problems(source).getFirst();
        assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
        assertThat(problem.advice()).contains(advice);
        assertThat(List.of(problem.line(), problem.column()))
                .as(problem.toString())
                .containsExactly(line, column);
    }
}
