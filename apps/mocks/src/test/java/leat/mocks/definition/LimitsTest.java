package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static void refused(String code, String source) {
        ParsedMock parsed = Sources.parse(source);
        assertThat(Sources.codes(parsed)).containsOnly(code);
        assertThat(parsed.definition()).isEmpty();
    }

    private static String routes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "- endpoint: {path: /r" + i + "}\n")
                .collect(Collectors.joining());
    }

    private static String endpoint(String lines) {
        return "- endpoint:\n    path: /a\n    " + lines.replace("\n", "\n    ");
    }

    @Test
    void a_file_beyond_its_bytes_is_refused_before_it_is_read() {
        var bytes = new byte[Limits.FILE_BYTES + 1];
        assertThat(Sources.codes(MockDefinition.parse(bytes))).containsExactly("yaml.too-large");

        String full = "# " + "x".repeat(Limits.FILE_BYTES - 30) + "\n- endpoint: {path: /a}";
        Sources.valid(full);
    }

    @Test
    void aliases_are_counted() {
        String anchor = "- endpoint: {path: /first, response: {headers: &h {A: b}}}\n";
        String uses = IntStream.range(0, Limits.ALIASES)
                .mapToObj(i -> "- endpoint: {path: /r" + i + ", response: {headers: *h}}\n")
                .collect(Collectors.joining());
        Sources.valid(anchor + uses);
        refused("yaml.alias-limit", anchor + uses + "- endpoint: {path: /more, response: {headers: *h}}\n");
    }

    @Test
    void a_bomb_of_aliases_is_refused_without_expanding_it() {
        var bomb = new StringBuilder("- endpoint:\n    path: /a\n    response:\n      body:\n        a0: &a0 [")
                .append("lol,".repeat(100))
                .append("]\n");
        for (int i = 1; i <= 7; i++) {
            bomb.append("        a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(7) + "]\n");
        }
        refused("yaml.alias-limit", bomb.toString());
    }

    @Test
    void a_long_text_cannot_be_repeated_by_aliases_beyond_measure() {
        String text = "x".repeat(1_000_000);
        refused("yaml.alias-limit", endpoint("response:\n  body: [&t " + text + ", *t, *t, *t, *t, *t]\n"));
    }

    @Test
    void an_alias_that_holds_itself_is_refused() {
        refused("yaml.syntax", endpoint("response:\n  body: &b [*b]\n"));
    }

    @Test
    void nesting_is_counted() {
        // The list, the item, the endpoint and the response are four levels.
        int free = Limits.DEPTH - 4;
        Sources.valid(endpoint("response:\n  body: " + "[".repeat(free) + "]".repeat(free)));
        refused("limit.exceeded", endpoint("response:\n  body: " + "[".repeat(free + 1) + "]".repeat(free + 1)));
        refused("limit.exceeded", "[".repeat(1_000_000));
    }

    @Test
    void routes_are_counted() {
        assertThat(Sources.valid(routes(Limits.ROUTES)).routes()).hasSize(Limits.ROUTES);
        refused("limit.exceeded", routes(Limits.ROUTES + 1));
    }

    @Test
    void a_path_has_a_length_and_a_number_of_segments() {
        Sources.valid("- endpoint:\n    path: /" + "a".repeat(Limits.PATH_CHARACTERS - 1));
        refused("limit.exceeded", "- endpoint:\n    path: /" + "a".repeat(Limits.PATH_CHARACTERS));
        Sources.valid("- endpoint:\n    path: " + "/a".repeat(Limits.PATH_SEGMENTS));
        refused("limit.exceeded", "- endpoint:\n    path: " + "/a".repeat(Limits.PATH_SEGMENTS + 1));
    }

    @Test
    void the_choices_of_an_enum_are_counted() {
        String choices =
                IntStream.range(0, Limits.ENUM_CHOICES).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        Sources.valid("- endpoint:\n    path: /a/:x|enum(" + choices + ")");
        refused("path.type-unknown", "- endpoint:\n    path: /a/:x|enum(" + choices + ",more)");
    }

    @Test
    void query_parameters_are_counted() {
        String parameters = IntStream.range(0, Limits.QUERY_PARAMETERS)
                .mapToObj(i -> "  p" + i + ": int\n")
                .collect(Collectors.joining());
        Sources.valid(endpoint("query:\n" + parameters));
        refused("limit.exceeded", endpoint("query:\n" + parameters + "  more: int\n"));
    }

    @Test
    void headers_are_counted_each_time_they_are_sent() {
        String values = "[" + "v,".repeat(Limits.HEADERS) + "]";
        assertThat(Sources.valid(endpoint("response:\n  headers:\n    Content-Type: " + values))
                        .routes()
                        .getFirst()
                        .response()
                        .headers())
                .hasSize(Limits.HEADERS);
        refused("limit.exceeded", endpoint("response:\n  headers:\n    A: " + values + "\n    B: c"));
        refused(
                "limit.exceeded",
                endpoint("response:\n  headers:\n    A: " + "v".repeat(Limits.HEADER_CHARACTERS + 1)));
    }

    @Test
    void a_body_and_a_sample_have_a_size_in_bytes() {
        String most = "\"" + "\u00e9".repeat(Limits.BODY_BYTES / 2 - 1) + "\"";
        Sources.valid(endpoint("response:\n  body: '" + most + "'"));
        refused("limit.exceeded", endpoint("response:\n  body: '" + most + " '"));
        Sources.valid(endpoint("body: '" + most + "'"));
        refused("limit.exceeded", endpoint("body: '" + most + " '"));
    }

    @Test
    void findings_are_counted_and_errors_come_before_warnings() {
        String warning = "- endpoint: {path: /w%d, response: {body: OK}}\n";
        String error = "- endpoint: {path: e%d}\n";
        String source = IntStream.range(0, 150).mapToObj(warning::formatted).collect(Collectors.joining())
                + IntStream.range(0, 60).mapToObj(error::formatted).collect(Collectors.joining());
        ParsedMock parsed = Sources.parse(source);

        assertThat(parsed.diagnostics()).hasSize(Limits.DIAGNOSTICS + 1);
        assertThat(Sources.codes(parsed)).filteredOn("path.syntax"::equals).hasSize(60);
        assertThat(parsed.diagnostics().getLast().code()).isEqualTo("diagnostics.more");
        assertThat(parsed.diagnostics().getLast().message()).startsWith("110 more");
    }
}
