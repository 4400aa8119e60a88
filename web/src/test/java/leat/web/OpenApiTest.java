package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    record View(
            String id,
            long version,
            Instant at,
            Optional<String> note,
            List<Line> lines,
            Map<String, Integer> counts,
            Colour colour,
            Shape shape,
            Optional<View> parent) {}

    record Line(double price, boolean on) {}

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Shape {
        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}
    }

    private static final List<Route> ROUTES = List.of(
            Route.get("/api/mocks/mocks", Access.signedIn(), request -> Response.noContent())
                    .summary("Lists mocks")
                    .answersPageOf(View.class),
            Route.put(
                            "/api/mocks/mocks/{id}/text",
                            Access.member(Role.EDITOR, request -> Optional.empty()),
                            request -> Response.noContent())
                    .summary("Writes the text")
                    .takes(Line.class)
                    .answers(View.class)
                    .refuses("mock.absent", "mock.stale"),
            Route.delete("/api/notes/notes/{id}", Access.anyone(), request -> Response.noContent())
                    .answers(204),
            Route.get("/mocks", Access.anyone(), request -> Response.noContent()));

    private final OpenApi api = new OpenApi("Leat", "1", ROUTES);
    private final JsonNode document = Json.tree(Json.bytes(api.document()));

    @Test
    void only_api_routes_are_in_it() {
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.path("paths").propertyNames())
                .containsExactly("/api/mocks/mocks", "/api/mocks/mocks/{id}/text", "/api/notes/notes/{id}");
    }

    @Test
    void an_operation_states_parameters_body_answers_and_refusals() {
        JsonNode put = document.path("paths").path("/api/mocks/mocks/{id}/text").path("put");
        assertThat(put.path("summary").asString()).isEqualTo("Writes the text");
        assertThat(put.path("operationId").asString()).isEqualTo("put-mocks-mocks-id-text");
        assertThat(put.path("parameters").toString())
                .isEqualToIgnoringWhitespace(put.path("parameters").toString())
                .contains("\"name\":\"id\"", "\"in\":\"path\"", "\"required\":true");
        assertThat(put.at("/requestBody/content/application~1json/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Line");
        assertThat(put.at("/responses/200/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/View");
        assertThat(put.at("/responses/default/description").asString())
                .contains("mock.absent", "mock.stale", "request.malformed", "forbidden", "sign-in.required");
        assertThat(put.at("/responses/default/content").propertyNames()).containsExactly("application/problem+json");
        assertThat(put.path("security").size()).isEqualTo(2);
        JsonNode list = document.path("paths").path("/api/mocks/mocks").path("get");
        assertThat(list.at("/parameters/0/name").asString()).isEqualTo("after");
        assertThat(list.at("/responses/200/content/application~1json/schema/properties/items/items/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/View");
        JsonNode delete = document.path("paths").path("/api/notes/notes/{id}").path("delete");
        assertThat(delete.at("/responses").propertyNames()).contains("204");
        assertThat(delete.path("security").isMissingNode()).isTrue();
    }

    @Test
    void a_record_becomes_a_schema() {
        JsonNode schemas = document.at("/components/schemas");
        JsonNode view = schemas.path("View");
        assertThat(view.path("required").valueStream().map(JsonNode::asString))
                .containsExactly("id", "version", "at", "lines", "counts", "colour", "shape");
        assertThat(view.path("properties")).isEqualTo(Json.tree("""
                                {"id":{"type":"string"},"version":{"type":"integer","format":"int64"},
                                 "at":{"type":"string","format":"date-time"},"note":{"type":"string"},
                                 "lines":{"type":"array","items":{"$ref":"#/components/schemas/Line"}},
                                 "counts":{"type":"object","additionalProperties":{"type":"integer","format":"int32"}},
                                 "colour":{"$ref":"#/components/schemas/Colour"},
                                 "shape":{"$ref":"#/components/schemas/Shape"},
                                 "parent":{"$ref":"#/components/schemas/View"}}"""));
        assertThat(schemas.at("/Colour/enum").toString()).isEqualTo("[\"RED\",\"GREEN\"]");
        assertThat(schemas.at("/Shape/oneOf").toString())
                .isEqualTo("[{\"$ref\":\"#/components/schemas/Circle\"},{\"$ref\":\"#/components/schemas/Square\"}]");
    }

    @Test
    void every_reference_leads_somewhere() {
        String text = document.toString();
        java.util.regex.Pattern.compile("\"#/components/([A-Za-z0-9]+/[A-Za-z0-9]+)\"")
                .matcher(text)
                .results()
                .forEach(found -> assertThat(
                                document.at("/components/" + found.group(1)).isObject())
                        .as(found.group())
                        .isTrue());
    }

    @Test
    void the_document_is_served_to_anyone_and_a_page_can_show_the_same() {
        try (var running = Running.with(api.route())) {
            assertThat(Running.json(running.get("/api/openapi.json"))).isEqualTo(document);
        }
        assertThat(api.sections()).extracting(OpenApi.Section::module).containsExactly("mocks", "notes");
        OpenApi.Operation put = api.sections().getFirst().operations().getLast();
        assertThat(put.access()).isEqualTo("For members of the organization, at least as editor.");
        assertThat(put.body()).contains("\"price\"");
        assertThat(put.pathParameters()).containsExactly("id");
    }
}
