package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final List<Route> ROUTES = List.of(
            route("/api/things/public", Access.anyone()),
            route("/api/things/mine", Access.signedIn()),
            route("/api/things/all", Access.owner()),
            route("/api/things/{id}", member(Role.VIEWER)).refuses("thing.absent"),
            route("/api/things/{id}/text", member(Role.EDITOR)),
            route("/api/things/{id}/members", member(Role.OWNER)),
            Route.put("/api/things/{id}", member(Role.EDITOR), request -> Response.noContent()),
            route("/things/{id}", member(Role.VIEWER)));

    private static Route route(String path, Access access) {
        return Route.get(path, access, request -> Response.text("text/plain", "in"));
    }

    private static Access member(Role role) {
        return Access.member(
                role,
                request -> request.parameter("id").equals("known") ? Optional.of(Running.ACME) : Optional.empty());
    }

    private static Running running() {
        return Running.with(ROUTES.toArray(Route[]::new));
    }

    @Test
    void every_route_admits_whom_it_says_and_no_others() {
        try (var running = running()) {
            assertThat(RouteWalk.walk(ROUTES, (route, standing) -> tried(running, route, standing)))
                    .isEmpty();
        }
    }

    @Test
    void the_walk_finds_a_route_that_admits_too_many() {
        List<Route> claimed = List.of(route("/api/things/public", Access.signedIn()));
        try (var running = running()) {
            assertThat(RouteWalk.walk(claimed, (route, standing) -> tried(running, route, standing)))
                    .hasToString("[GET /api/things/public as NOBODY: expected SIGN_IN, met ADMITTED]");
        }
    }

    private static RouteWalk.Verdict tried(Running running, Route route, RouteWalk.Standing standing) {
        String path = route.path().text().replace("{id}", "known");
        String name = switch (standing) {
            case NOBODY -> "";
            case INSTALLATION_OWNER -> "root";
            default -> standing.name().toLowerCase(java.util.Locale.ROOT);
        };
        HttpResponse<String> answer = name.isEmpty()
                ? running.send(route.method(), path, "")
                : running.send(route.method(), path, "", "Cookie", "as=" + name, "X-CSRF-Token", Running.SECRET);
        String code = answer.headers().firstValue("content-type").orElse("").startsWith("application/problem")
                ? Running.code(answer)
                : "";
        return RouteWalk.verdict(
                answer.statusCode(), answer.headers().firstValue("location").orElse(""), code);
    }

    @Test
    void what_does_not_exist_and_what_is_not_yours_are_answered_alike() {
        try (var running = running()) {
            var absent = Running.json(running.get("/api/things/unknown", "Cookie", "as=viewer"));
            var hidden = Running.json(running.get("/api/things/known", "Cookie", "as=stranger"));
            assertThat(absent.path("code").asString()).isEqualTo("thing.absent");
            for (String member : List.of("code", "status", "detail", "title", "type")) {
                assertThat(hidden.get(member)).isEqualTo(absent.get(member));
            }
        }
    }

    @Test
    void nobody_is_told_401_by_the_api_and_sent_to_sign_in_by_a_page() {
        try (var running = running()) {
            var api = running.get("/api/things/mine", "Accept", "text/html");
            assertThat(api.statusCode()).isEqualTo(401);
            assertThat(api.headers().firstValue("www-authenticate")).hasValue("Bearer");
            var page = running.get("/things/known?tab=1&x=%22", "Accept", "text/html");
            assertThat(page.statusCode()).isEqualTo(303);
            assertThat(page.headers().firstValue("location"))
                    .hasValue("/sign-in?next=%2Fthings%2Fknown%3Ftab%3D1%26x%3D%2522");
            var part = running.get("/things/known", "HX-Request", "true");
            assertThat(part.statusCode()).isEqualTo(401);
            assertThat(part.headers().firstValue("hx-redirect")).hasValue("/sign-in");
        }
    }

    @Test
    void a_token_does_only_what_its_scopes_say() {
        try (var running = running()) {
            assertThat(status(running, "GET", "/api/things/known", "editor/things:read"))
                    .isEqualTo(200);
            assertThat(status(running, "PUT", "/api/things/known", "editor/things:read"))
                    .isEqualTo(403);
            assertThat(status(running, "PUT", "/api/things/known", "editor/things:write"))
                    .isEqualTo(204);
            assertThat(status(running, "GET", "/api/things/known", "editor/things:write"))
                    .isEqualTo(403);
            assertThat(status(running, "GET", "/api/things/known", "editor/notes:read"))
                    .isEqualTo(403);
            assertThat(status(running, "PUT", "/api/things/known", "editor/*")).isEqualTo(204);
            assertThat(status(running, "GET", "/things/known", "editor/things:read"))
                    .isEqualTo(403);
            assertThat(status(running, "PUT", "/api/things/known", "viewer/*")).isEqualTo(403);
            assertThat(status(running, "GET", "/api/things/public", "editor/none"))
                    .isEqualTo(200);
        }
    }

    private static int status(Running running, String method, String path, String token) {
        return running.send(method, path, "", "Authorization", "Bearer " + token)
                .statusCode();
    }

    @Test
    void a_doorkeeper_that_fails_opens_no_door() {
        var failing = new Doorkeeper() {
            @Override
            public Caller whoIs(Request request) {
                throw new IllegalStateException("no database");
            }

            @Override
            public Optional<Role> roleOf(Caller caller, String organizationId) {
                return Optional.empty();
            }
        };
        try (var running = Running.with(ServerSettings.local(0), Site.of(ROUTES, failing))) {
            assertThat(running.get("/api/things/mine").statusCode()).isEqualTo(500);
        }
    }
}
