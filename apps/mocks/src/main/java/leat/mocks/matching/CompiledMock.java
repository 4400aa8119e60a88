package leat.mocks.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import leat.mocks.definition.BodyCompiler;
import leat.mocks.definition.BodyRenderException;
import leat.mocks.definition.MockDefinition;
import leat.mocks.definition.ParameterType;
import leat.mocks.definition.PathPattern.Parameter;
import leat.mocks.definition.PathPattern.Rest;
import leat.mocks.definition.PathPattern.Segment;
import leat.mocks.definition.ResponseDefinition;
import leat.mocks.definition.RouteDefinition;
import leat.mocks.definition.RouteDefinition.QueryParameter;
import leat.mocks.matching.Problem.RequestError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * A published mock: give it a request and it gives the answer, without waiting for anything.
 *
 * <p>Safe for use by many threads. A route's templates are compiled when it is first asked for, so that a mock with
 * many routes is live at once; routes that answer alike share what is compiled.
 */
public final class CompiledMock {
    private static final byte[] NOTHING = {};

    private final RouteTable table;
    private final BodyCompiler bodies;
    private final AtomicReferenceArray<CompiledRoute> compiled;
    private final Map<ResponseDefinition, CompiledResponse> responses = new ConcurrentHashMap<>();

    private CompiledMock(MockDefinition definition, BodyCompiler bodies) {
        this.table = RouteTable.compile(definition.routes());
        this.bodies = bodies;
        this.compiled = new AtomicReferenceArray<>(definition.routes().size());
    }

    /** @param bodies the one that the definition was checked with */
    public static CompiledMock compile(MockDefinition definition, BodyCompiler bodies) {
        return new CompiledMock(definition, bodies);
    }

    public RouteTable table() {
        return table;
    }

    /** Always answers: what no route takes gets a problem that says why. */
    public MockAnswer answer(MockRequest request) {
        if (request.rawQuery().length() > QueryText.CHARACTERS) {
            return refuse(
                    request,
                    Optional.empty(),
                    Problem.of(
                            414,
                            "The query is too long",
                            "mock.query-too-long",
                            "A query has at most " + QueryText.CHARACTERS + " characters."));
        }
        return switch (table.match(request.host(), request.method(), request.rawPath())) {
            case Match.Found(int index, RouteDefinition route, Captures captures) ->
                answer(request, compiled(index), captures);
            case Match.WrongType(RouteDefinition route, Captures captures) ->
                refuse(request, Optional.of(route), wrongType(route, captures));
            case Match.WrongMethod(List<String> allowed) -> wrongMethod(request, allowed);
            case Match.None none -> refuse(request, Optional.empty(), noRoute(request));
            case Match.Refused(Match.Reason reason) -> refuse(request, Optional.empty(), refused(reason));
        };
    }

    /**
     * The routes most like this request, the closest first, each with what keeps it from taking it; a route that takes
     * it comes alone and without reasons.
     */
    public List<NearRoute> explain(MockRequest request) {
        if (table.match(request.host(), request.method(), request.rawPath()) instanceof Match.Found found) {
            return List.of(new NearRoute(found.route(), List.of()));
        }
        return nearest(request);
    }

    private CompiledRoute compiled(int index) {
        CompiledRoute known = compiled.get(index);
        if (known == null) {
            RouteDefinition route = table.routes().get(index);
            known = new CompiledRoute(
                    route,
                    responses.computeIfAbsent(route.response(), response -> new CompiledResponse(response, bodies)));
            compiled.set(index, known);
        }
        return known;
    }

    private MockAnswer answer(MockRequest request, CompiledRoute route, Captures captures) {
        var parts = new RequestParts(request, captures);
        if (route.asks()) {
            Optional<Problem> problem = queryProblem(route.route(), parts).or(() -> bodyProblem(route, parts));
            if (problem.isPresent()) {
                return refuse(request, Optional.of(route.route()), problem.get());
            }
        }
        try {
            CompiledResponse response = route.response();
            return new MockAnswer(
                    response.status(),
                    response.headers(parts),
                    response.body(parts),
                    request.method().equals("HEAD"),
                    Optional.of(route.route()),
                    Optional.empty());
        } catch (BodyRenderException e) {
            String place = "Line " + e.line() + ", column " + e.column() + " of its template: ";
            return refuse(
                    request,
                    Optional.of(route.route()),
                    Problem.of(500, "The answer could not be built", "mock.template-failed", place + e.getMessage()));
        }
    }

    private static Optional<Problem> queryProblem(RouteDefinition route, RequestParts parts) {
        if (route.query().isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> sent = parts.queryParameters();
        var errors = new ArrayList<RequestError>();
        boolean missing = false;
        for (QueryParameter parameter : route.query()) {
            List<String> values = sent.get(parameter.name());
            if (values == null) {
                missing = true;
                errors.add(error("query", parameter.name(), "nothing", parameter.type()));
            } else if (parameter.type().kind() != ParameterType.Kind.STRING
                    && !parameter.type().accepts(values.getFirst())) {
                errors.add(error("query", parameter.name(), values.getFirst(), parameter.type()));
            }
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.badRequest(
                        missing ? "mock.query-missing" : "mock.query-type", sentence(errors), errors));
    }

    private static Optional<Problem> bodyProblem(CompiledRoute route, RequestParts parts) {
        if (route.shape().isEmpty() && !route.response().usesJson()) {
            return Optional.empty();
        }
        JsonNode body;
        try {
            body = parts.readJson();
        } catch (JacksonException e) {
            return route.shape().isEmpty() && !parts.claimsJson() ? Optional.empty() : Optional.of(malformed(e));
        }
        if (route.shape().isEmpty()) {
            return Optional.empty();
        }
        if (body.isMissingNode()) {
            return Optional.of(Problem.badRequest(
                    "mock.body-shape",
                    "This route needs a JSON body.",
                    List.of(new RequestError("body", "", "nothing", "JSON like the sample of this route"))));
        }
        List<RequestError> errors = route.shape().get().errors(body);
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.badRequest("mock.body-shape", sentence(errors), errors));
    }

    private static Problem malformed(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        String at = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return Problem.badRequest(
                "mock.body-malformed",
                "The body is not JSON" + at + ": " + (end < 0 ? message : message.substring(0, end)),
                List.of());
    }

    private static Problem wrongType(RouteDefinition route, Captures captures) {
        var errors = new ArrayList<RequestError>();
        int at = 0;
        for (Segment segment : route.path().segments()) {
            if (segment instanceof Parameter(String name, ParameterType type)) {
                String value = captures.value(at++);
                if (!type.accepts(value)) {
                    errors.add(error("path", name, value, type));
                }
            } else if (segment instanceof Rest) {
                at++;
            }
        }
        return Problem.badRequest("mock.parameter-type", sentence(errors), errors);
    }

    private static RequestError error(String in, String name, String value, ParameterType type) {
        return new RequestError(in, name, shortened(value), type.meaning());
    }

    private static String sentence(List<RequestError> errors) {
        RequestError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        String name = first.name().isEmpty() ? "The body" : "The " + first.in() + " parameter `" + first.name() + "`";
        if (first.in().equals("body") && !first.name().isEmpty()) {
            name = "The body's member `" + first.name() + "`";
        }
        return name + " is " + first.expected() + ", not " + first.value() + more + ".";
    }

    private static MockAnswer wrongMethod(MockRequest request, List<String> allowed) {
        String allow = String.join(", ", allowed);
        if (request.method().equals("OPTIONS")) {
            return new MockAnswer(204, List.of("Allow", allow), NOTHING, false, Optional.empty(), Optional.empty());
        }
        var problem = Problem.of(
                405,
                "The method is not allowed",
                "mock.wrong-method",
                "Routes take this path with " + allow + ", not with " + shortened(request.method()) + ".");
        return new MockAnswer(
                405,
                List.of("Content-Type", Problem.CONTENT_TYPE, "Allow", allow),
                problem.json(),
                false,
                Optional.empty(),
                Optional.of(problem));
    }

    private Problem noRoute(MockRequest request) {
        List<NearRoute> nearest = nearest(request);
        String title = request.method() + " " + request.rawPath();
        String detail = "No route takes " + shortened(title) + ". "
                + (nearest.isEmpty()
                        ? (table.routes().size() == 1
                                ? "Its one route is not like it."
                                : "None of the " + table.routes().size() + " routes is like it.")
                        : "The nearest is " + nearest.getFirst().route().title() + " on line "
                                + nearest.getFirst().route().line() + ".");
        return new Problem(404, "No route matches", "mock.no-route", detail, List.of(), nearest);
    }

    private List<NearRoute> nearest(MockRequest request) {
        return table.nearest(new MatchRequest(request.host(), request.method(), request.rawPath()));
    }

    private static Problem refused(Match.Reason reason) {
        return switch (reason) {
            case TOO_LONG ->
                Problem.of(
                        414,
                        "The path is too long",
                        "mock.path-too-long",
                        "A path has at most " + RouteTable.PATH_CHARACTERS + " characters.");
            case MALFORMED ->
                Problem.of(
                        400,
                        "The path is malformed",
                        "mock.path-malformed",
                        "A path begins with a slash, and what follows a percent sign must be UTF-8 in hexadecimal.");
            case TOO_COSTLY ->
                Problem.of(
                        400,
                        "The path is too costly",
                        "mock.path-too-costly",
                        "Finding the route for this path takes more than " + RouteTable.STEPS + " steps.");
        };
    }

    private static MockAnswer refuse(MockRequest request, Optional<RouteDefinition> route, Problem problem) {
        return new MockAnswer(
                problem.status(),
                List.of("Content-Type", Problem.CONTENT_TYPE),
                problem.json(),
                request.method().equals("HEAD"),
                route,
                Optional.of(problem));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 99) + "…";
    }
}
