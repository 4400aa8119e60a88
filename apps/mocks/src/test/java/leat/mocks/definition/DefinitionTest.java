package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import leat.mocks.definition.ResponseDefinition.Header;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    private static RouteDefinition route(String lines) {
        return Sources.valid("- endpoint:\n    " + lines.replace("\n", "\n    ") + "\n")
                .routes()
                .getFirst();
    }

    private static String body(String yaml) {
        return route("path: /a\nresponse:\n  body:" + yaml.replace("\n", "\n  "))
                .response()
                .body();
    }

    @Test
    void a_route_without_a_response_answers_200_and_no_body() {
        RouteDefinition route = route("path: /a");
        assertThat(route.method()).isEqualTo("GET");
        assertThat(route.response().status()).isEqualTo(200);
        assertThat(route.response().body()).isEmpty();
        assertThat(route.response().headers()).containsExactly(new Header("Content-Type", "application/json"));
    }

    @Test
    void a_method_may_be_written_in_any_case() {
        assertThat(route("method: pAtCh\npath: /a").method()).isEqualTo("PATCH");
    }

    @Test
    void a_host_is_kept_in_lower_case() {
        assertThat(route("path: /a\nhost: Sub.Example.COM").host()).isEqualTo(Optional.of("sub.example.com"));
    }

    @Test
    void a_text_is_kept_byte_for_byte_as_yaml_gives_it() {
        assertThat(body(" |\n  {\"a\" : 1.10,\n   \"u\": \"\u00e9/\"}"))
                .isEqualTo("{\"a\" : 1.10,\n \"u\": \"\u00e9/\"}\n");
        assertThat(body(" >\n  {\"a\":\n  1}")).isEqualTo("{\"a\": 1}\n");
        assertThat(body(" '\"x\"'")).isEqualTo("\"x\"");
    }

    @Test
    void a_map_becomes_json_with_its_order_and_digits() {
        assertThat(body("\n  z: 1.10\n  a: [true, null, ~, -0.5e+3, 12345678901234567890]\n  m: {k: text}"))
                .isEqualTo("{\"z\":1.10,\"a\":[true,null,null,-0.5e+3,12345678901234567890],\"m\":{\"k\":\"text\"}}");
    }

    @Test
    void what_json_would_not_read_as_a_number_stays_text() {
        assertThat(
                        body(
                                "\n  - 007\n  - 1_000\n  - 0x1F\n  - .inf\n  - +1\n  - yes\n  - '5'\n  - 2024-01-15\n  - !!str 5"))
                .isEqualTo("[\"007\",\"1_000\",\"0x1F\",\".inf\",\"+1\",\"yes\",\"5\",\"2024-01-15\",\"5\"]");
    }

    @Test
    void text_in_a_map_is_escaped_but_expressions_in_it_are_not() {
        assertThat(body("\n  a: \"say \\\"hi\\\"\\n\\u0001\"\n  b: '{{name|default:\"anon\"}} \"x\"'"))
                .isEqualTo("{\"a\":\"say \\\"hi\\\"\\n\\u0001\",\"b\":\"{{name|default:\"anon\"}} \\\"x\\\"\"}");
    }

    @Test
    void a_list_of_values_sends_a_header_several_times() {
        assertThat(route("path: /a\nresponse:\n  headers:\n    Set-Cookie: [a=1, b=2]\n    content-type: text/plain")
                        .response()
                        .headers())
                .containsExactly(
                        new Header("Set-Cookie", "a=1"),
                        new Header("Set-Cookie", "b=2"),
                        new Header("content-type", "text/plain"));
    }

    @Test
    void an_answer_without_a_body_gets_no_content_type() {
        assertThat(route("path: /a\nresponse:\n  status: 204").response().headers())
                .isEmpty();
    }

    @Test
    void the_default_content_type_holds_for_text_that_is_no_json_too() {
        ParsedMock parsed = Sources.parse("- endpoint:\n    path: /a\n    response:\n      body: OK\n");
        assertThat(Sources.codes(parsed)).containsExactly("body.not-json");
        assertThat(parsed.definition()
                        .orElseThrow()
                        .routes()
                        .getFirst()
                        .response()
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void templates_are_not_taken_for_broken_json() {
        for (String body : List.of(
                "{\"a\": {{x}}, \"b\": \"ORD-{{x}}-{{now}}\", \"c\": -{{x}}.5}",
                "{% if x = \"1\" %}{\"a\":1}{% else %}[]{% endif %}",
                "{{x}}")) {
            assertThat(Sources.parse("- endpoint:\n    path: /a\n    response:\n      body: '" + body + "'\n")
                            .diagnostics())
                    .isEmpty();
        }
    }

    @Test
    void anchors_and_merge_keys_work() {
        MockDefinition mock = Sources.valid("""
                - endpoint: &first
                    path: /a
                    tag: shared
                    response: {status: 201}
                - endpoint:
                    <<: *first
                    path: /b
                """);
        RouteDefinition second = mock.routes().get(1);
        assertThat(second.path().text()).isEqualTo("/b");
        assertThat(second.tag()).isEqualTo(Optional.of("shared"));
        assertThat(second.response().status()).isEqualTo(201);
    }

    @Test
    void paths_that_differ_in_a_type_or_a_slash_are_different_routes() {
        Sources.valid("""
                - endpoint: {path: '/a/:x'}
                - endpoint: {path: '/a/:x|int'}
                - endpoint: {path: '/a/:x/'}
                - endpoint: {path: '/a/*x'}
                - endpoint: {path: '/a/:x', method: POST}
                - endpoint: {path: '/a/:x', host: h.example}
                """);
    }

    @Test
    void spellings_of_one_type_or_one_text_are_the_same_route() {
        for (String path : List.of("/a/:y|double", "/%61/:x|float")) {
            ParsedMock parsed =
                    Sources.parse("- endpoint: {path: '/a/:x|float'}\n- endpoint: {path: '" + path + "'}\n");
            assertThat(Sources.codes(parsed)).containsExactly("route.duplicate");
        }
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_do_no_harm() {
        MockDefinition mock = Sources.valid("\uFEFF- endpoint:\r\n    path: /a\r\n");
        assertThat(mock.routes()).hasSize(1);
        Diagnostic found = Sources.parse("- endpoint:\r\n    path: /a\r\n    nope: 1\r\n")
                .diagnostics()
                .getFirst();
        assertThat(List.of(found.line(), found.column())).isEqualTo(List.of(3, 5));
    }
}
