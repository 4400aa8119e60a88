package leat.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.Json;
import leat.kernel.Lazy;
import leat.kernel.Refusal;

/**
 * The OpenAPI 3.1 document of a route table, and the same as a model for a page to show.
 *
 * <p>Only routes under {@code /api/} are in it. What the document says comes from the routes themselves, so it cannot say
 * anything else than the server does.
 */
public final class OpenApi {
    private final String title;
    private final String version;
    private final List<Route> routes;

    public OpenApi(String title, String version, List<Route> routes) {
        this.title = title;
        this.version = version;
        this.routes = routes.stream()
                .filter(route -> route.path().text().startsWith("/api/"))
                .toList();
    }

    /** {@code GET /api/openapi.json}, which answers the document to anyone; rendered once, when first asked for. */
    public Route route() {
        Lazy<byte[]> bytes = Lazy.of(() -> Json.bytes(document()));
        return Route.get(
                        "/api/openapi.json",
                        Access.anyone(),
                        request -> Response.of(200).body("application/json", bytes.get()))
                .summary("This document");
    }

    /** One module's part of the API: {@code /api/<module>/…}. */
    public record Section(String module, List<Operation> operations) {}

    /**
     * One route as a reader should see it.
     *
     * @param access who may use it, in words
     * @param body the JSON schema of the body, pretty-printed; empty when it takes none
     * @param answer the same of what a success carries
     */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            String access,
            List<String> pathParameters,
            List<Route.Parameter> query,
            String body,
            int status,
            String answer,
            List<String> refusals) {}

    /** The sections by module name, their operations in the order of the table. */
    public List<Section> sections() {
        var schemas = new JsonSchemas();
        return byModule().entrySet().stream()
                .map(entry -> new Section(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(route -> operation(route, schemas))
                                .toList()))
                .toList();
    }

    /** The document as JSON-friendly values. */
    public Map<String, Object> document() {
        var schemas = new JsonSchemas();
        var paths = new LinkedHashMap<String, Map<String, Object>>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path().text(), absent -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), described(route, schemas));
        }
        Map<String, Object> problem = schemas.of(SentProblem.class);
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", title, "version", version));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "schemas",
                        schemas.named(),
                        "responses",
                        Map.of(
                                "Problem",
                                Map.of(
                                        "description",
                                        "What went wrong",
                                        "content",
                                        Map.of(Problem.MEDIA_TYPE, Map.of("schema", problem)))),
                        "securitySchemes",
                        Map.of(
                                "session",
                                Map.of("type", "apiKey", "in", "cookie", "name", "session"),
                                "token",
                                Map.of("type", "http", "scheme", "bearer"))));
        document.put(
                "tags",
                byModule().keySet().stream().map(name -> Map.of("name", name)).toList());
        return document;
    }

    /** The shape of a problem as it is sent; more members may follow. */
    private record SentProblem(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            String code,
            List<Refusal.Violation> violations) {}

    private Map<String, List<Route>> byModule() {
        return routes.stream().collect(Collectors.groupingBy(OpenApi::module, TreeMap::new, Collectors.toList()));
    }

    private static String module(Route route) {
        return PathPattern.split(route.path().text())[1];
    }

    private Map<String, Object> described(Route route, JsonSchemas schemas) {
        var described = new LinkedHashMap<String, Object>();
        described.put("operationId", id(route));
        described.put("tags", List.of(module(route)));
        if (!route.summary().isEmpty()) {
            described.put("summary", route.summary());
        }
        described.put("description", access(route));
        List<Object> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        route.takes()
                .ifPresent(type -> described.put(
                        "requestBody",
                        Map.of(
                                "required",
                                true,
                                "content",
                                Map.of("application/json", Map.of("schema", schemas.of(type))))));
        described.put("responses", responses(route, schemas));
        if (!(route.access() instanceof Access.Anyone)) {
            described.put("security", List.of(Map.of("session", List.of()), Map.of("token", List.of())));
        }
        return described;
    }

    private static List<Object> parameters(Route route) {
        var parameters = new ArrayList<Object>();
        for (String name : route.path().names()) {
            parameters.add(Map.of("name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        for (Route.Parameter parameter : route.query()) {
            parameters.add(Map.of(
                    "name",
                    parameter.name(),
                    "in",
                    "query",
                    "description",
                    parameter.description(),
                    "schema",
                    Map.of("type", "string")));
        }
        return parameters;
    }

    private static Map<String, Object> responses(Route route, JsonSchemas schemas) {
        var responses = new LinkedHashMap<String, Object>();
        var success = new LinkedHashMap<String, Object>();
        success.put("description", Status.phrase(route.status()));
        route.answers()
                .ifPresent(answer -> success.put(
                        "content", Map.of(answer.mediaType(), Map.of("schema", answered(answer, schemas)))));
        responses.put(Integer.toString(route.status()), success);
        List<String> refusals = refusals(route);
        if (refusals.isEmpty()) {
            responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        } else {
            responses.put(
                    "default",
                    Map.of(
                            "description",
                            "A problem; its code may be " + String.join(", ", refusals),
                            "content",
                            Map.of(Problem.MEDIA_TYPE, Map.of("schema", schemas.of(SentProblem.class)))));
        }
        return responses;
    }

    private static Map<String, Object> answered(Route.Answer answer, JsonSchemas schemas) {
        Map<String, Object> item = schemas.of(answer.type());
        if (!answer.paged()) {
            return item;
        }
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of("items", Map.of("type", "array", "items", item), "next", Map.of("type", "string")),
                "required",
                List.of("items"));
    }

    private Operation operation(Route route, JsonSchemas schemas) {
        return new Operation(
                id(route),
                route.method(),
                route.path().text(),
                route.summary(),
                access(route),
                route.path().names(),
                route.query(),
                route.takes().map(type -> shown(schemas.of(type), schemas)).orElse(""),
                route.status(),
                route.answers()
                        .map(answer -> shown(answered(answer, schemas), schemas))
                        .orElse(""),
                refusals(route));
    }

    /** A schema with the one it refers to in its place, as indented JSON. */
    private static String shown(Map<String, Object> schema, JsonSchemas schemas) {
        Object shown = schema.get("$ref") instanceof String reference
                ? schemas.named().getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), schema)
                : schema;
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(shown);
    }

    /** What the route declares, and what its access and its body bring along. */
    private static List<String> refusals(Route route) {
        var codes = new TreeSet<>(route.refuses());
        if (route.takes().isPresent()) {
            codes.add("request.malformed");
        }
        switch (route.access()) {
            case Access.Anyone anyone -> {}
            case Access.SignedIn signedIn -> codes.addAll(List.of("sign-in.required", "token.scope"));
            case Access.Owner owner -> codes.addAll(List.of("sign-in.required", "token.scope", "forbidden"));
            case Access.Member member ->
                codes.addAll(List.of("sign-in.required", "token.scope", "forbidden", route.absentCode()));
        }
        return List.copyOf(codes);
    }

    private static String access(Route route) {
        return switch (route.access()) {
            case Access.Anyone anyone -> "For anyone.";
            case Access.SignedIn signedIn -> "For everyone who is signed in.";
            case Access.Owner owner -> "For owners of the installation.";
            case Access.Member member ->
                "For members of the organization, at least as "
                        + member.atLeast().name().toLowerCase(Locale.ROOT) + ".";
        };
    }

    /** Unique, because method and path are: {@code put-mocks-mocks-id-publication}. */
    private static String id(Route route) {
        return route.method().toLowerCase(Locale.ROOT) + "-"
                + Stream.of(PathPattern.split(route.path().text()))
                        .skip(1)
                        .map(segment -> segment.replaceAll("[{}]", ""))
                        .collect(Collectors.joining("-"));
    }

    /** A record as JSON Schema by itself; the schemas that it refers to stand in {@code components}. */
    public static Map<String, Object> schemaOf(Class<? extends Record> type) {
        var schemas = new JsonSchemas();
        var schema = new LinkedHashMap<String, Object>(schemas.of(type));
        schema.put("components", Map.of("schemas", schemas.named()));
        return schema;
    }
}
