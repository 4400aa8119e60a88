package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is written as a template, and whatever it meets, only the promised exceptions come out. */
class TemplateFuzzTest {
    private static final List<Escaping> ESCAPINGS = List.of(Escaping.values());

    private static final List<String> PIECES = Stream.concat(
                    Filters.ALL.keySet().stream().map(name -> "|" + name),
                    Stream.of(
                            "{{",
                            "}}",
                            "{%",
                            "%}",
                            "{#",
                            "#}",
                            "{",
                            "}",
                            "\"",
                            "'",
                            "\\",
                            "|",
                            ":",
                            ".",
                            "[",
                            "]",
                            "@",
                            "(",
                            ")",
                            " ",
                            "\n",
                            "if ",
                            "elif ",
                            "else",
                            "endif",
                            "for x in ",
                            "for a, b in ",
                            "endfor",
                            "empty",
                            "with y=",
                            "endwith",
                            "ifequal ",
                            "endifequal",
                            "comment",
                            "endcomment",
                            "verbatim",
                            "endverbatim",
                            "safe",
                            "endsafe",
                            "now \"yyyy\"",
                            "cycle ",
                            "firstof ",
                            "include",
                            "= ",
                            "!= ",
                            "> ",
                            "<= ",
                            "not ",
                            "and ",
                            "or ",
                            "in ",
                            "any ",
                            "all ",
                            "json-params",
                            "json-params.list",
                            "json-params.map",
                            "path-params.x",
                            "header-params.A",
                            "forloop.counter",
                            "x",
                            "y",
                            "a",
                            "now",
                            "uuid",
                            "random.hex",
                            "1",
                            "-2.5",
                            "1e9",
                            "true",
                            "null",
                            "\"text\"",
                            ":1",
                            ":\"a\"",
                            ":2:3",
                            ":@x",
                            ":yyyy",
                            "é€\ud83d\ude00",
                            "\ud800",
                            "{{x}}",
                            "{{json-params.map}}",
                            "{% if x %}",
                            "{% endif %}",
                            "{% for x in json-params.list %}",
                            "{% endfor %}"))
            .toList();

    private static final Request REQUEST = Request.ofRoots("""
            {"json-params": {"list": [1, "two", null, [3, {"a": 4}], {"b": true}, 1e400, "2024-02-29"], "map": {"k": "v"}},
             "path-params": {"x": "12"}, "header-params": {"a": "b@c.de"}}""");

    @Test
    void random_pieces_never_throw_anything_but_the_promised_exceptions() {
        long seed = Long.getLong("leat.seed", System.nanoTime());
        System.out.println("TemplateFuzzTest: replay with -Dleat.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder source = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                source.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            survives(source.toString(), random);
        }
    }

    @Test
    void every_filter_takes_every_value_or_refuses_it_politely() {
        Random random = new Random(3);
        List<String> values = List.of(
                "json-params",
                "json-params.list",
                "json-params.map",
                "path-params.x",
                "path-params.none",
                "now",
                "true",
                "1.50",
                "\"a 'b' <c>\"",
                "1e300",
                "-7",
                "\"\"",
                "json-params.list|json",
                "\"\ud800\"");
        List<String> arguments = List.of(
                "",
                ":1",
                ":1:2",
                ":\"a\"",
                ":a:b",
                ":@json-params.list",
                ":@path-params.x",
                ":-1",
                ":yyyy",
                ":md5",
                ":\"%d\"");
        for (String value : values) {
            for (String filter : Filters.ALL.keySet()) {
                for (String argument : arguments) {
                    survives("{{" + value + "|" + filter + argument + "}}", random);
                    survives("{{" + value + "|" + filter + argument + "|" + filter + argument + "|upper}}", random);
                }
            }
        }
    }

    private static void survives(String source, Random random) {
        Escaping escaping = ESCAPINGS.get(random.nextInt(ESCAPINGS.size()));
        assertThatCode(() -> {
                    try {
                        Template.compile(source, escaping).render(REQUEST.variables(), Request.context());
                    } catch (TemplateException | TemplateRenderException promised) {
                        // Either may come out of any source.
                    }
                })
                .as(source)
                .doesNotThrowAnyException();
    }
}
