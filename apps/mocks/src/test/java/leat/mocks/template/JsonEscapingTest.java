package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A JSON template that is valid with placeholders stays valid with every value. */
class JsonEscapingTest {
    private static final List<String> TEMPLATES = List.of(
            "{\"a\": \"{{json-params.x}}\", \"b\": {{json-params.x}}, \"c\": \"<{{json-params.y}}|{{path-params.x}}>\"}",
            "[{% for v in json-params.list %}{\"v\": {{v}}, \"s\": \"{{v}}\"}{% if not forloop.last %},{% endif %}{% endfor %}]",
            "{\"a\": {% if json-params.x %}\"{{json-params.x|upper}}\"{% else %}{{json-params.y|default:1}}{% endif %}}",
            "{\"t\": {{json-params.x|take:3|json}}, \"u\": \"{{json-params.y|json}}\", \"v\": {{json-params|json}}}",
            "[{% cycle json-params.x %}, {% firstof json-params.x json-params.y %}, \"{% firstof path-params.x %}\"]",
            "{\"e\": \"\\\\{{json-params.x}}\\\"{{path-params.x}}\\u0041{{json-params.y|title}}\"}",
            "{\"h\": \"{{json-params.x|linebreaks}}{{json-params.y|addslashes}}\", \"j\": {{json-params.list|join}}}");

    private static final List<String> NASTY = List.of(
            "",
            "\"",
            "\\",
            "\\\"",
            "\n\r\t\b\f",
            "\u2028\u2029",
            "\ud800",
            "\udc00\ud800",
            "\ud83d\ude00",
            "\u0000\u001f\u007f",
            "true",
            "null",
            "12",
            "-0",
            "1e5",
            "007",
            "1.",
            ".5",
            "NaN",
            "Infinity",
            "-",
            "\"quoted\"",
            "{}",
            "</script>",
            "1 ");

    @Test
    void a_json_answer_is_valid_whatever_the_values() {
        long seed = Long.getLong("leat.seed", System.nanoTime());
        System.out.println("JsonEscapingTest: replay with -Dleat.seed=" + seed);
        Random random = new Random(seed);
        for (String source : TEMPLATES) {
            Template template = Template.compile(source, Escaping.JSON);
            for (int i = 0; i < 400; i++) {
                Variables variables =
                        Variables.of(Map.of(Roots.JSON, body(random), Roots.PATH, Map.of("x", text(random))));
                byte[] answer = template.render(variables, Request.context());
                assertThat(RequestJson.read(answer)).as(source).isNotNull();
            }
        }
    }

    @Test
    void a_text_inside_quotes_comes_out_as_it_went_in() {
        Random random = new Random(7);
        Template template = Template.compile("{\"a\": \"{{path-params.x}}\"}", Escaping.JSON);
        for (int i = 0; i < 2_000; i++) {
            String text = text(random);
            byte[] answer = template.render(Variables.of(Map.of(Roots.PATH, Map.of("x", text))), Request.context());
            JsonNode read = RequestJson.read(answer);
            assertThat(read.get("a").stringValue()).isEqualTo(withoutLoneSurrogates(text));
        }
    }

    @Test
    void outside_quotes_text_is_bare_only_when_it_is_a_json_scalar() {
        assertThat(printed("12")).isEqualTo("12");
        assertThat(printed("-1.5e3")).isEqualTo("-1.5e3");
        assertThat(printed("false")).isEqualTo("false");
        assertThat(printed("null")).isEqualTo("null");
        assertThat(printed("007")).isEqualTo("\"007\"");
        assertThat(printed("+1")).isEqualTo("\"+1\"");
        assertThat(printed("\"a\"")).isEqualTo("\"\\\"a\\\"\"");
        assertThat(printed("{}")).isEqualTo("\"{}\"");
        assertThat(printed("")).isEqualTo("\"\"");
        assertThat(printed(null)).isEqualTo("null");
        assertThat(printed(true)).isEqualTo("true");
        assertThat(printed(Double.NaN)).isEqualTo("null");
        assertThat(printed(List.of("12", 12))).isEqualTo("[\"12\",12]");
        assertThat(printed(new Repeated(List.of("x", "y")))).isEqualTo("\"x\"");
    }

    @Test
    void whether_a_value_stands_in_quotes_is_known_behind_escapes_and_tags() {
        Request request = new Request().with(Roots.PATH, Map.of("x", "a"));
        assertThat(request.render("{\"\\\"\": {{path-params.x}}}", Escaping.JSON))
                .isEqualTo("{\"\\\"\": \"a\"}");
        assertThat(request.render("\"\\\\\" {{path-params.x}}", Escaping.JSON)).isEqualTo("\"\\\\\" \"a\"");
        assertThat(request.render("\"{{path-params.y|default:\"}\"}}{{path-params.x}}\"", Escaping.JSON))
                .isEqualTo("\"}a\"");
        assertThat(request.render("{% verbatim %}\"{% endverbatim %}{{path-params.x}}\"", Escaping.JSON))
                .isEqualTo("\"a\"");
        assertThat(request.render("{# \" #}{{path-params.x}}", Escaping.JSON)).isEqualTo("\"a\"");
        assertThat(request.render("{% safe %}{{path-params.x}}{% endsafe %}", Escaping.JSON))
                .isEqualTo("a");
    }

    @Test
    void the_escaping_follows_from_the_content_type() {
        assertThat(Escaping.forContentType("application/json; charset=utf-8")).isEqualTo(Escaping.JSON);
        assertThat(Escaping.forContentType("Application/Problem+JSON")).isEqualTo(Escaping.JSON);
        assertThat(Escaping.forContentType("text/html")).isEqualTo(Escaping.HTML);
        assertThat(Escaping.forContentType("image/svg+xml")).isEqualTo(Escaping.HTML);
        assertThat(Escaping.forContentType("application/xml")).isEqualTo(Escaping.HTML);
        assertThat(Escaping.forContentType("text/plain")).isEqualTo(Escaping.NONE);
        assertThat(Escaping.forContentType("")).isEqualTo(Escaping.NONE);
    }

    private static String printed(@Nullable Object value) {
        return new Request().with(Roots.JSON, value).render("{{json-params}}", Escaping.JSON);
    }

    private static Map<String, @Nullable Object> body(Random random) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("x", text(random));
        body.put("y", value(random, 3));
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, 2));
        }
        body.put("list", list);
        return body;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
            case 4 -> text(random);
            case 5 -> List.of(text(random), random.nextInt(9));
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put(text(random), value(random, depth - 1));
                yield map;
            }
        };
    }

    private static String text(Random random) {
        if (random.nextInt(3) == 0) {
            return NASTY.get(random.nextInt(NASTY.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 2 -> text.append(NASTY.get(random.nextInt(NASTY.size())));
                default -> text.append((char) random.nextInt(128));
            }
        }
        return text.toString();
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return whole.toString();
    }
}
