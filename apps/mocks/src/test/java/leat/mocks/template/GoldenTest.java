package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What moclojer's users rely on: a template, and what its server printed for it, unless ours says more. */
class GoldenTest {
    private static final Request REQUEST = Request.json("""
                    {"n": null, "tags": ["a", "b"], "items": [{"p": "x"}], "active": true, "price": 9.5,
                     "user": {"profile": {"name": "J"}}}""")
            .with(Roots.PATH, Map.of("username", "chico", "age", "10", "project-name", "moclojer"))
            .with(Roots.QUERY, Map.of("q", "a\"b<c>&'d", "page", "2"))
            .with(Roots.HEADER, Map.of("user-agent", "curl"));

    /** Escaping, template, output; one row a line. */
    private static final String SAME_AS_SELMER = """
            HTML ⟶ {{path-params.username}}/{{ path-params.username }} ⟶ chico/chico
            HTML ⟶ [{{path-params.missing}}{{json-params.n}}{{json-params.tags.5}}{{path-params.username.foo}}] ⟶ []
            HTML ⟶ {{query-params.q}} ⟶ a&quot;b&lt;c&gt;&amp;&#39;d
            HTML ⟶ {{query-params.q|safe}} ⟶ a"b<c>&'d
            HTML ⟶ {{json-params.tags.0}} {{json-params.items.0.p}} {{json-params.user.profile.name}} ⟶ a x J
            HTML ⟶ {{json-params.tags|json|safe}} ⟶ ["a","b"]
            HTML ⟶ {{json-params.tags|json}} ⟶ [&quot;a&quot;,&quot;b&quot;]
            HTML ⟶ {{json-params.tags|count}}:{{json-params.tags.length}} ⟶ 2:
            HTML ⟶ {{json-params.active}} {{json-params.price}} ⟶ true 9.5
            HTML ⟶ {{path-params.missing|default:"anon"}} ⟶ anon
            HTML ⟶ {{path-params.username|upper}}-{{path-params.age|add:5}} ⟶ CHICO-15
            HTML ⟶ {% if path-params.project-name = "moclojer" %}t{% else %}f{% endif %} ⟶ t
            HTML ⟶ {% if 1 = 1 %}a{% endif %}{% if query-params.page > 1 %}b{% endif %}{% if 2 >= 3 %}c{% endif %} ⟶ ab
            HTML ⟶ {% if not json-params.n %}n{% endif %}{% if any json-params.n json-params.active %}o{% endif %} ⟶ no
            HTML ⟶ {% if all json-params.n json-params.active %}t{% else %}f{% endif %} ⟶ f
            HTML ⟶ {% for t in json-params.tags %}{{t}},{% endfor %} ⟶ a,b,
            HTML ⟶ {# c #}x{% verbatim %}{{x}}{% endverbatim %}{% now yyyy %} ⟶ x{{x}}2026
            JSON ⟶ {"a":{"b":1}} ⟶ {"a":{"b":1}}
            JSON ⟶ {"a":{"b":{{path-params.age}}}} ⟶ {"a":{"b":10}}""";

    private static final String BETTER_THAN_SELMER = """
            HTML ⟶ {{json-params.tags}} ⟶ [&quot;a&quot;,&quot;b&quot;]
            NONE ⟶ {{query-params.q}} ⟶ a"b<c>&'d
            JSON ⟶ {"q": "{{query-params.q}}"} ⟶ {"q": "a\\"b<c>&'d"}
            JSON ⟶ {"u": {{json-params.user}}} ⟶ {"u": {"profile":{"name":"J"}}}
            JSON ⟶ {"a": {{path-params.x}}} ⟶ {"a": null}
            NONE ⟶ {% if path-params.username = 'chico' and json-params.active = true %}t{% endif %} ⟶ t
            NONE ⟶ {{now}} ⟶ 2026-03-04T05:06:07.089Z
            NONE ⟶ {{header-params.User-Agent}} ⟶ curl""";

    @TestFactory
    Stream<DynamicTest> a_template_prints_what_selmer_printed() {
        return rows(SAME_AS_SELMER);
    }

    @TestFactory
    Stream<DynamicTest> a_template_prints_what_the_documentation_promised() {
        return rows(BETTER_THAN_SELMER);
    }

    private static Stream<DynamicTest> rows(String table) {
        return table.lines().map(line -> {
            String[] row = line.split(" ⟶ ", -1);
            return DynamicTest.dynamicTest(
                    row[1],
                    () -> assertThat(REQUEST.render(row[1], Escaping.valueOf(row[0])))
                            .isEqualTo(row[2]));
        });
    }
}
