package leat.mocks.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import leat.kernel.Json;
import leat.mocks.definition.MockDefinition;
import leat.mocks.definition.ParsedMock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CompiledMockTest {
    private static CompiledMock mock(String yaml) {
        var templates = new SmallTemplates();
        ParsedMock parsed = MockDefinition.parse(yaml.getBytes(StandardCharsets.UTF_8), templates);
        return CompiledMock.compile(
                parsed.definition().orElseThrow(() -> new AssertionError(parsed.diagnostics())), templates);
    }

    private static final CompiledMock USERS = mock("""
            - endpoint:
                path: /users/:id|int
                query: {page: int, q: string}
                response:
                  headers: {X-Page: "{{query-params.page}}", X-Fixed: a}
                  body: '{"id":"{{path-params.id}}","other":"{{query-params.other}}","agent":"{{header-params.User-Agent}}"}'
            - endpoint:
                method: POST
                path: /users
                body: '{"name": "string", "age": 1, "tags": ["a"]}'
                response: {status: 201, body: {name: "{{json-params.name}}"}}
            - endpoint: {method: POST, path: /echo, response: {body: '"{{json-params.name}}"'}}
            - endpoint: {path: /broken, response: {body: '"{{nothing}}"'}}
            - endpoint: {path: /empty, response: {status: 204}}
            - endpoint: {path: /bare}
            - endpoint: {path: /v1/resource, host: api.example.com, response: {body: '{"domain": "api"}'}}
            """);

    private static JsonNode problem(MockAnswer answer, int status, String code) {
        JsonNode body = Json.tree(answer.body());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).hasValue("application/problem+json");
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("code").asString()).isEqualTo(code);
        assertThat(answer.problem().orElseThrow().code()).isEqualTo(code);
        return body;
    }

    @Test
    void a_route_answers_with_its_status_headers_and_rendered_body() {
        MockAnswer answer = USERS.answer(
                SimpleRequest.get("/users/7?q=x&page=2&page=3&other=o%20p+q").header("user-agent", "test"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsExactly("Content-Type", "application/json", "X-Page", "2", "X-Fixed", "a");
        assertThat(answer.bodyText()).isEqualTo("{\"id\":\"7\",\"other\":\"o p q\",\"agent\":\"test\"}");
        assertThat(answer.route().orElseThrow().line()).isEqualTo(1);
        assertThat(answer.bodyOmitted()).isFalse();
    }

    @Test
    void an_endpoint_without_a_response_answers_200_and_nothing() {
        MockAnswer answer = USERS.answer(SimpleRequest.get("/bare"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_status_without_body_sends_none() {
        MockAnswer answer = USERS.answer(SimpleRequest.get("/empty"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_header_made_of_a_request_stays_one_line() {
        MockAnswer answer = USERS.answer(SimpleRequest.get("/users/7?q=&page=1"));
        assertThat(answer.header("X-Page")).hasValue("1");
        CompiledMock echo = mock("- endpoint: {path: /a, response: {headers: {X: '{{query-params.x}}'}}}");
        assertThat(echo.answer(SimpleRequest.get("/a?x=1%0d%0aSet-Cookie:%20a")).header("X"))
                .hasValue("1  Set-Cookie: a");
    }

    @Test
    void head_is_derived_from_get_and_says_so() {
        MockAnswer answer = USERS.answer(SimpleRequest.of("HEAD", "/users/7?q=x&page=2"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.bodyOmitted()).isTrue();
    }

    @Test
    void options_is_answered_unless_declared() {
        MockAnswer answer = USERS.answer(SimpleRequest.of("OPTIONS", "/users"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).containsExactly("Allow", "POST, OPTIONS");
        CompiledMock declared = mock("- endpoint: {path: /a, method: options, response: {status: 200}}");
        assertThat(declared.answer(SimpleRequest.of("OPTIONS", "/a")).status()).isEqualTo(200);
    }

    @Test
    void another_method_is_refused_with_those_allowed() {
        MockAnswer answer = USERS.answer(SimpleRequest.of("DELETE", "/users"));
        problem(answer, 405, "mock.wrong-method");
        assertThat(answer.header("Allow")).hasValue("POST, OPTIONS");
    }

    @Test
    void a_path_parameter_of_the_wrong_type_is_named_with_its_value_and_what_is_expected() {
        JsonNode body = problem(USERS.answer(SimpleRequest.get("/users/abc")), 400, "mock.parameter-type");
        JsonNode error = body.path("errors").get(0);
        assertThat(error.path("in").asString()).isEqualTo("path");
        assertThat(error.path("name").asString()).isEqualTo("id");
        assertThat(error.path("value").asString()).isEqualTo("abc");
        assertThat(error.path("expected").asString()).isEqualTo("a whole number");
        assertThat(body.path("detail").asString()).isEqualTo("The path parameter `id` is a whole number, not abc.");
    }

    @Test
    void a_declared_query_parameter_must_be_there() {
        JsonNode body = problem(USERS.answer(SimpleRequest.get("/users/7?page=1")), 400, "mock.query-missing");
        assertThat(body.path("errors").get(0).path("name").asString()).isEqualTo("q");
    }

    @Test
    void a_declared_query_parameter_must_fit_but_a_string_may_be_empty() {
        JsonNode body = problem(USERS.answer(SimpleRequest.get("/users/7?page=one&q=")), 400, "mock.query-type");
        assertThat(body.path("errors")).hasSize(1);
        assertThat(body.path("errors").get(0).path("value").asString()).isEqualTo("one");
    }

    @Test
    void a_body_with_the_samples_shape_is_accepted_and_may_hold_more() {
        MockAnswer answer = USERS.answer(SimpleRequest.of("POST", "/users")
                .with("{\"name\":\"Ada\",\"age\":36.5,\"tags\":[],\"more\":{\"x\":1}}"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.bodyText()).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void a_body_of_another_shape_is_refused_with_every_difference() {
        JsonNode body = problem(
                USERS.answer(SimpleRequest.of("POST", "/users").with("{\"age\":\"old\",\"tags\":[\"a\",2]}")),
                400,
                "mock.body-shape");
        assertThat(body.path("errors").valueStream().map(e -> e.path("name").asString()))
                .containsExactly("/name", "/age", "/tags/1");
        problem(USERS.answer(SimpleRequest.of("POST", "/users").with("[]")), 400, "mock.body-shape");
        problem(USERS.answer(SimpleRequest.of("POST", "/users")), 400, "mock.body-shape");
    }

    @Test
    void malformed_json_is_refused_with_its_place_where_the_route_needs_json() {
        JsonNode body = problem(
                USERS.answer(SimpleRequest.of("POST", "/users").with("{\n  \"name\": nope}")),
                400,
                "mock.body-malformed");
        assertThat(body.path("detail").asString()).contains("line 2").contains("column");
        problem(USERS.answer(SimpleRequest.of("POST", "/echo").with("{")), 400, "mock.body-malformed");
        problem(USERS.answer(SimpleRequest.of("POST", "/echo").with("{} {}")), 400, "mock.body-malformed");
    }

    @Test
    void a_template_reads_json_whatever_its_content_type_says() {
        SimpleRequest form =
                SimpleRequest.of("POST", "/echo").header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(USERS.answer(form.with("{\"name\":\"Ada\"}")).bodyText()).isEqualTo("\"Ada\"");
        assertThat(USERS.answer(form.with("name=Ada")).bodyText()).isEqualTo("\"\"");
        assertThat(USERS.answer(form.with("")).bodyText()).isEqualTo("\"\"");
    }

    @Test
    void a_body_that_no_template_reads_is_not_parsed() {
        SimpleRequest odd = SimpleRequest.get("/bare").with("{ not json");
        assertThat(USERS.answer(odd).status()).isEqualTo(200);
    }

    @Test
    void a_template_that_fails_is_a_500_with_its_place() {
        JsonNode body = problem(USERS.answer(SimpleRequest.get("/broken")), 500, "mock.template-failed");
        assertThat(body.path("detail").asString()).contains("Line 1, column 3");
    }

    @Test
    void a_route_with_a_host_answers_only_to_it() {
        assertThat(USERS.answer(SimpleRequest.get("http://API.example.com:8000/v1/resource"))
                        .bodyText())
                .isEqualTo("{\"domain\": \"api\"}");
        JsonNode body = problem(USERS.answer(SimpleRequest.get("http://localhost/v1/resource")), 404, "mock.no-route");
        assertThat(body.path("nearest").get(0).path("reasons").get(0).asString())
                .isEqualTo("It answers only to the host api.example.com, not to localhost.");
    }

    @Test
    void a_path_that_no_route_takes_gets_the_nearest_with_reasons() {
        JsonNode body = problem(USERS.answer(SimpleRequest.get("/user/7")), 404, "mock.no-route");
        JsonNode nearest = body.path("nearest").get(0);
        assertThat(nearest.path("route").asString()).isEqualTo("GET /users/:id|int");
        assertThat(nearest.path("line").asInt()).isEqualTo(1);
        assertThat(nearest.path("reasons").get(0).asString()).isEqualTo("Its segment 1 is “users”, not “user”.");
    }

    @Test
    void paths_and_queries_beyond_their_limits_are_refused() {
        problem(USERS.answer(SimpleRequest.get("/" + "a".repeat(10_000))), 414, "mock.path-too-long");
        problem(USERS.answer(SimpleRequest.get("/bare?" + "a".repeat(20_000))), 414, "mock.query-too-long");
        problem(USERS.answer(SimpleRequest.get("/%zz")), 400, "mock.path-malformed");
    }

    @Test
    void explaining_a_request_that_is_answered_names_its_route_alone() {
        assertThat(USERS.explain(SimpleRequest.get("/bare"))).satisfiesExactly(near -> {
            assertThat(near.route().title()).isEqualTo("GET /bare");
            assertThat(near.reasons()).isEmpty();
        });
        assertThat(USERS.explain(SimpleRequest.of("PUT", "/bare")))
                .first()
                .satisfies(near -> assertThat(near.reasons()).isEqualTo(List.of("It takes GET, not PUT.")));
    }
}
