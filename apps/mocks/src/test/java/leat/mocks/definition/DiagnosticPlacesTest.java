package leat.mocks.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each mistake is reported with its code at the characters to blame, which the sources mark with « and ». */
class DiagnosticPlacesTest {
    private static Diagnostic only(String code, String source) {
        ParsedMock parsed = Sources.parse(Sources.unmarked(source));
        assertThat(Sources.codes(parsed)).containsExactly(code);
        Diagnostic found = parsed.diagnostics().getFirst();
        Place expected = Sources.marked(source);
        Place place = new Place(found.line(), found.column(), found.endLine(), found.endColumn());
        if (source.contains("»")) {
            assertThat(place).isEqualTo(expected);
        } else {
            assertThat(List.of(place.line(), place.column())).isEqualTo(List.of(expected.line(), expected.column()));
        }
        assertThat(found.message()).isNotBlank().endsWith(".");
        assertThat(found.advice()).isNotBlank();
        return found;
    }

    private static Diagnostic inEndpoint(String code, String lines) {
        return only(code, "- endpoint:\n    " + lines.replace("\n", "\n    ") + "\n");
    }

    @Test
    void an_unknown_key_is_marked_and_the_likely_one_suggested() {
        assertThat(inEndpoint("key.unknown", "path: /a\n«metod»: GET").advice()).isEqualTo("Did you mean `method`?");
        assertThat(inEndpoint("key.unknown", "path: /a\nresponse:\n  «stauts»: 200")
                        .advice())
                .isEqualTo("Did you mean `status`?");
    }

    @Test
    void a_key_at_the_wrong_level_is_told_where_it_belongs() {
        assertThat(inEndpoint("key.unknown", "path: /a\n«status»: 200").advice())
                .isEqualTo("Move it below `response:`.");
        assertThat(inEndpoint("key.unknown", "path: /a\nresponse:\n  «method»: GET")
                        .advice())
                .contains("out of `response:`");
        assertThat(only("key.unknown", "- endpoint:\n    path: /a\n  «method»: GET\n")
                        .advice())
                .isEqualTo("Indent it further, below `endpoint:`.");
    }

    @Test
    void a_missing_path_is_reported_at_its_endpoint() {
        only("key.missing", "- «endpoint»:\n    method: GET\n");
        only("key.missing", "- «endpoint»:\n");
    }

    @Test
    void an_item_without_endpoint_is_marked() {
        only("value.type", "- «hello»\n");
        only("key.missing", "- «{}»\n");
    }

    @Test
    void a_file_that_is_no_list_says_what_to_write() {
        assertThat(only("value.type", "«endpoint:\n  path: /a\n").advice()).contains("`- endpoint:`");
        assertThat(only("feature.unsupported", "«openapi»: 3.1.0\n").message()).contains("`openapi`");
        assertThat(only("feature.unsupported", "«{:endpoint {:path \"/a\"}}").message())
                .contains("EDN");
    }

    @Test
    void a_status_out_of_range_is_marked() {
        inEndpoint("value.range", "path: /a\nresponse:\n  status: «99»");
        inEndpoint("value.range", "path: /a\nresponse:\n  status: «100»");
        inEndpoint("value.range", "path: /a\nresponse:\n  status: «600»");
        inEndpoint("value.type", "path: /a\nresponse:\n  status: «ok»");
        inEndpoint("value.type", "path: /a\nresponse:\n  «status»:");
    }

    @Test
    void an_unknown_method_is_marked() {
        assertThat(inEndpoint("value.range", "path: /a\nmethod: «GTE»").advice())
                .isEqualTo("Did you mean `GET`?");
    }

    @Test
    void a_mistake_within_a_path_is_marked_within_it() {
        inEndpoint("path.type-unknown", "path: /users/:id|«itn»");
        assertThat(inEndpoint("path.type-unknown", "path: /users/:id|«itn»").advice())
                .isEqualTo("Did you mean `int`?");
        inEndpoint("path.syntax", "path: «users»");
        inEndpoint("path.syntax", "path: /users/«{»id}");
        inEndpoint("path.syntax", "path: /users«?page=1»");
        inEndpoint("path.syntax", "path: '/it''s/a«//»b'");
        inEndpoint("path.syntax", "path: \"/\\x61/\\u00e9/«*»/b\"");
        inEndpoint("path.syntax", "path: /a/:x/b/«:x»");
        inEndpoint("path.syntax", "path: /a/:«x.json»");
        inEndpoint("path.syntax", "path: /a/«%zz»");
        inEndpoint("path.syntax", "path: /a/«..»/b");
        inEndpoint("feature.unsupported", "path: /a/:x|«regex([a-z]+)»");
    }

    @Test
    void columns_count_what_editors_count() {
        // The figure before the mistake is one code point and two UTF-16 units.
        inEndpoint("path.syntax", "path: /𝄞/é/«{»x}");
    }

    @Test
    void a_query_of_the_wrong_form_is_marked() {
        inEndpoint("query.type-unknown", "path: /a\nquery:\n  page: «number»");
        inEndpoint("value.type", "path: /a\nquery: «page»");
        inEndpoint("value.type", "path: /a\nquery:\n  «page»:");
    }

    @Test
    void a_host_with_more_than_a_name_is_marked() {
        inEndpoint("host.syntax", "path: /a\nhost: «http://a.example»");
        inEndpoint("host.syntax", "path: /a\nhost: «a.example:80»");
        inEndpoint("feature.unsupported", "path: /a\nhost: «'*.example'»");
    }

    @Test
    void headers_that_cannot_be_sent_are_marked() {
        inEndpoint("header.syntax", "path: /a\nresponse:\n  headers:\n    «My Header»: x");
        inEndpoint("header.syntax", "path: /a\nresponse:\n  headers:\n    X-A: «\"a\\nb\"»");
        inEndpoint("header.reserved", "path: /a\nresponse:\n  headers:\n    «Content-Length»: 3");
        inEndpoint("value.type", "path: /a\nresponse:\n  headers: «[a, b]»");
        inEndpoint("value.type", "path: /a\nresponse:\n  headers:\n    X-A: «{a: b}»");
    }

    @Test
    void a_sample_that_is_no_json_is_marked_where_it_breaks() {
        inEndpoint("body.sample", "path: /a\nbody: '{\"a\": 1,«,» 2}'");
        inEndpoint("body.sample", "path: /a\nbody: |\n  {\n    \"a\": «n»ope\n  }");
    }

    @Test
    void a_template_mistake_is_marked_however_its_text_is_written() {
        inEndpoint("template.syntax", "path: /a\nresponse:\n  body: '{{«W»RONG}}'");
        inEndpoint(
                "template.syntax",
                "path: /a\nresponse:\n  headers:\n    X-A: \"\\u00e9 \\\" \\U0001D11E {{«W»RONG}}\"");
        inEndpoint("template.syntax", "path: /a\nresponse:\n  body: |\n    {\n      \"a\": \"{{«W»RONG}}\"\n    }");
        inEndpoint(
                "template.syntax",
                "path: /a\nresponse:\n  body: >\n    {\n\n      \"a\":\n    \"it's\",\n    \"b\": \"{{«W»RONG}}\"\n    }");
        inEndpoint(
                "template.syntax",
                "path: /a\nresponse:\n  headers:\n    Content-Type: text/plain\n  body: plain text\n    that goes on {{«W»RONG}}");
        inEndpoint("template.syntax", "path: /a\nresponse:\n  headers:\n    X-A: '{{«W»RONG}}'");
    }

    @Test
    void a_body_that_is_no_json_is_marked_where_it_stops_being() {
        inEndpoint("body.not-json", "path: /a\nresponse:\n  body: \"«O»K\"");
        inEndpoint(
                "body.not-json",
                "path: /a\nresponse:\n  body: >\n    {\"id\": {{path-params.id}},\n     \"b\": 1 «+» 2}");
    }

    @Test
    void a_body_that_http_does_not_send_is_a_warning() {
        inEndpoint("body.ignored", "path: /a\nresponse:\n  status: 204\n  body: «'{}'");
    }

    @Test
    void the_second_of_two_equal_routes_is_marked_and_names_the_first() {
        Diagnostic found = only("route.duplicate", """
                - endpoint:
                    path: /a/:x
                - endpoint:
                    method: get
                    path: «/a/:y»
                """);
        assertThat(found.message()).contains("GET /a/:x").contains("line 1");
    }

    @Test
    void a_key_that_stands_twice_is_marked() {
        assertThat(inEndpoint("key.duplicate", "path: /a\n«path»: /b").message())
                .contains("first on line 2");
    }

    @Test
    void a_tab_is_explained() {
        assertThat(only("yaml.syntax", "- endpoint:\n«\tpath: /a\n").advice()).contains("tab");
    }

    @Test
    void an_unquoted_expression_is_explained() {
        assertThat(inEndpoint("yaml.syntax", "path: /a\nresponse:\n  body: {«{id: 1}»: 2}")
                        .advice())
                .contains("quotes");
    }

    @Test
    void a_second_document_is_refused() {
        only("yaml.multiple-documents", "- endpoint:\n    path: /a\n«---»\n- endpoint:\n    path: /b\n");
    }

    @Test
    void a_foreign_tag_is_refused() {
        only("yaml.tag", "- endpoint:\n    path: «!!python/object /a»\n");
    }

    @Test
    void an_alias_without_anchor_is_marked() {
        only("yaml.syntax", "- endpoint:\n    path: «*nowhere»\n");
    }

    @Test
    void bytes_that_are_no_utf8_are_marked_at_their_line() {
        byte[] bytes = "- endpoint:\n    path: /caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Diagnostic found = MockDefinition.parse(bytes).diagnostics().getFirst();

        assertThat(found.code()).isEqualTo("yaml.encoding");
        assertThat(List.of(found.line(), found.column())).isEqualTo(List.of(2, 15));
        assertThat(found.message()).contains("0xE9").contains("offset 26");
    }

    @Test
    void a_router_name_is_mentioned_but_does_no_harm() {
        ParsedMock parsed = Sources.parse("- endpoint:\n    router-name: all\n    path: /a\n");
        assertThat(Sources.codes(parsed)).containsExactly("key.ignored");
        assertThat(parsed.definition()).isPresent();
    }

    @Test
    void an_empty_file_is_a_mock_without_routes() {
        for (String source : List.of("", "# nothing\n", "---\n", "[]", "null")) {
            ParsedMock parsed = Sources.parse(source);
            assertThat(Sources.codes(parsed)).containsExactly("mock.empty");
            assertThat(parsed.definition().orElseThrow().routes()).isEmpty();
        }
    }

    @Test
    void all_mistakes_are_found_in_one_pass_and_in_the_order_of_the_file() {
        ParsedMock parsed = Sources.parse("""
                - endpoint:
                    metod: GET
                    path: /a|b c
                    response:
                      status: 999
                - websocket:
                    path: /ws
                - endpoint:
                    path: /b/:id|nope
                """);
        assertThat(Sources.codes(parsed))
                .containsExactly(
                        "key.unknown", "path.syntax", "value.range", "feature.unsupported", "path.type-unknown");
    }
}
