package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leat.accounts.Running.Client;
import leat.accounts.Running.Reply;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.OrganizationsOf;
import leat.kernel.Json;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Headers;
import leat.web.OpenApi;
import leat.web.Request;
import leat.web.Role;
import leat.web.Route;
import leat.web.RouteWalk;
import leat.web.RouteWalk.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void every_route_lets_in_whom_it_says_and_no_others() {
        Map<Standing, Client> people = new EnumMap<>(Standing.class);
        people.put(Standing.NOBODY, running.nobody());
        Client olga = running.owner();
        people.put(Standing.INSTALLATION_OWNER, olga);
        Client wanda = running.joined(olga, "wanda", "OWNER");
        wanda.json("POST", "/api/accounts/organizations", Map.of("name", "works"));
        people.put(Standing.OWNER, wanda);
        for (var member :
                Map.of(Standing.VIEWER, "VIEWER", Standing.EDITOR, "EDITOR").entrySet()) {
            Client client = running.joined(olga, member.getValue().toLowerCase(Locale.ROOT) + "-x", "VIEWER");
            client.json(
                    "POST",
                    "/api/accounts/invitations/acceptance",
                    Map.of("secret", secret(wanda, "works", member.getValue())));
            people.put(member.getKey(), client);
        }
        people.put(Standing.STRANGER, running.joined(olga, "strange", "VIEWER"));
        running.catchUp();

        // Those that end the session come last.
        List<Route> routes = running.routes().stream()
                .sorted(Comparator.comparing(AccessTest::endsSession))
                .toList();
        assertThat(routes).hasSizeGreaterThan(40);
        assertThat(RouteWalk.walk(
                        routes,
                        (route, standing) -> tried(
                                route,
                                Objects.requireNonNull(people.get(standing)).copy())))
                .isEmpty();
    }

    private static boolean endsSession(Route route) {
        String path = route.path().text();
        return path.equals("/sign-out") || path.equals("/api/accounts/sessions/current");
    }

    /** Sends an empty body or one that changes nothing, so that all may be tried one after the other. */
    private static RouteWalk.Verdict tried(Route route, Client client) {
        String path = route.path()
                .text()
                .replace("{org}", "works")
                .replace("{user}", "nobody-here")
                .replace("{name}", "olga")
                .replace("{id}", "0H2X7G0000001")
                .replace("{code}", "BBBB-BBBB");
        Reply reply;
        if (path.startsWith("/api/")) {
            reply = route.takes().isPresent()
                    ? client.json(route.method(), path, Map.of())
                    : client.send(route.method(), path, "", "", Map.of());
        } else if (route.method().equals("GET")) {
            reply = client.send("GET", path, "", "", Map.of("Accept", "text/html"));
        } else {
            reply = client.form(route.method(), path, Map.of());
        }
        if (path.equals("/sign-out") || path.equals("/sign-in")) {
            return RouteWalk.Verdict.ADMITTED;
        }
        // What is absent behind the gate is another thing than the organization: it was admitted.
        boolean behind =
                List.of("nobody-here", "0H2X7G0000001", "/users/olga").stream().anyMatch(path::contains);
        if (behind && reply.status() == 404 && !reply.body().contains("not yours to see")) {
            return RouteWalk.Verdict.ADMITTED;
        }
        return RouteWalk.verdict(reply.status(), reply.header("location").orElse(""), reply.code());
    }

    private static String secret(Client owner, String organization, String role) {
        return owner.json("POST", "/api/accounts/organizations/" + organization + "/invitations", Map.of("role", role))
                .text("secret");
    }

    @Test
    void a_token_acts_within_its_scopes_until_it_is_revoked() {
        Client olga = running.owner();
        Reply made =
                olga.json("POST", "/api/accounts/tokens", Map.of("name", "reader", "scopes", List.of("accounts:read")));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("token")).startsWith("leat_");
        Client program = running.nobody().withToken(made.text("token"));
        assertThat(program.get("/api/accounts/me").text("name")).isEqualTo("olga");
        assertThat(program.json("PATCH", "/api/accounts/me", Map.of("displayName", "Eve"))
                        .code())
                .isEqualTo("token.scope");
        assertThat(program.get("/settings").status()).isEqualTo(403);
        String listed = olga.get("/api/accounts/tokens").body();
        assertThat(listed).contains("reader").doesNotContain(made.text("token"));
        assertThat(olga.delete("/api/accounts/tokens/" + made.text("id")).status())
                .isEqualTo(204);
        assertThat(program.get("/api/accounts/me").status()).isEqualTo(401);
    }

    @Test
    void a_token_makes_no_token_that_may_do_more_and_sets_no_password() {
        Client olga = running.owner();
        Client program = running.nobody().withToken(token(olga, "accounts:read", "accounts:write"));
        assertThat(program.json("POST", "/api/accounts/tokens", Map.of("name", "more", "scopes", List.of("*")))
                        .code())
                .isEqualTo("token.scope");
        assertThat(program.json(
                                "POST",
                                "/api/accounts/tokens",
                                Map.of("name", "same", "scopes", List.of("accounts:read")))
                        .status())
                .isEqualTo(201);
        Client almighty = running.nobody().withToken(token(olga, "*"));
        assertThat(almighty.json(
                                "PUT",
                                "/api/accounts/me/password",
                                Map.of("current", Running.PASSWORD, "password", "some other sentence"))
                        .code())
                .isEqualTo("session.required");
    }

    @Test
    void a_token_expires() {
        Client olga = running.owner();
        String end = running.clock.instant().plusSeconds(3600).toString();
        Reply made = olga.json(
                "POST", "/api/accounts/tokens", Map.of("name", "short", "scopes", List.of("*"), "expiresAt", end));
        Client program = running.nobody().withToken(made.text("token"));
        assertThat(program.get("/api/accounts/me").status()).isEqualTo(200);
        running.clock.advance(Duration.ofHours(1));
        assertThat(program.get("/api/accounts/me").status()).isEqualTo(401);
    }

    @Test
    void a_demoted_or_removed_member_is_held_to_it_from_the_next_request_on() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "OWNER");
        assertThat(eva.get("/api/accounts/organizations/acme/audit").status()).isEqualTo(200);
        assertThat(olga.json("PUT", "/api/accounts/organizations/acme/members/eva", Map.of("role", "VIEWER"))
                        .status())
                .isEqualTo(200);
        assertThat(eva.get("/api/accounts/organizations/acme/audit").status()).isEqualTo(403);
        assertThat(eva.delete("/api/accounts/organizations/acme/members/olga").status())
                .isEqualTo(403);
        assertThat(olga.delete("/api/accounts/organizations/acme/members/eva").status())
                .isEqualTo(204);
        assertThat(eva.get("/api/accounts/organizations/acme").status()).isEqualTo(404);
    }

    @Test
    void a_suspended_person_is_nobody_from_the_next_request_on_and_comes_back_when_restored() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "VIEWER");
        Client program = running.nobody().withToken(token(eva, "*"));
        assertThat(olga.send("PUT", "/api/accounts/users/eva/suspension", "", "", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(eva.get("/api/accounts/me").status()).isEqualTo(401);
        assertThat(program.get("/api/accounts/me").status()).isEqualTo(401);
        olga.delete("/api/accounts/users/eva/suspension");
        assertThat(eva.get("/api/accounts/me").status()).isEqualTo(200);
        assertThat(olga.send("PUT", "/api/accounts/users/olga/suspension", "", "", Map.of())
                        .code())
                .isEqualTo("user.owner");
    }

    @Test
    void people_see_those_whom_they_share_an_organization_with_and_nobody_else() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "VIEWER");
        Client adam = running.joined(olga, "adam", "VIEWER");
        assertThat(eva.get("/api/accounts/users/adam").text("name")).isEqualTo("adam");
        olga.delete("/api/accounts/organizations/acme/members/adam");
        assertThat(eva.get("/api/accounts/users/adam").code()).isEqualTo("user.absent");
        assertThat(adam.get("/api/accounts/users/adam").status()).isEqualTo(200);
        assertThat(olga.get("/api/accounts/users/adam").status()).isEqualTo(200);
    }

    @Test
    void of_many_who_want_one_name_exactly_one_gets_it() throws Exception {
        Client olga = running.owner();
        int many = 24;
        var barrier = new CyclicBarrier(many);
        List<Integer> statuses = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Callable<Integer> found = () -> {
                    Client copy = olga.copy();
                    barrier.await();
                    return copy.json("POST", "/api/accounts/organizations", Map.of("name", "wanted"))
                            .status();
                };
                all.add(pool.submit(found));
            }
            for (var one : all) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(many - 1);
    }

    @Test
    void a_repeated_idempotency_key_founds_once_and_belongs_to_its_sender() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "VIEWER");
        var key = Map.of("Idempotency-Key", "018f3a3e-0000-7000-8000-000000000001");
        Reply first = olga.json("POST", "/api/accounts/organizations", Map.of("name", "once"), key);
        Reply second = olga.json("POST", "/api/accounts/organizations", Map.of("name", "once"), key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        Reply hers = eva.json("POST", "/api/accounts/organizations", Map.of("name", "hers"), key);
        assertThat(hers.text("name")).isEqualTo("hers");
    }

    @Test
    void an_organization_is_changed_at_the_version_one_has_seen() {
        Client olga = running.owner();
        String etag =
                olga.get("/api/accounts/organizations/acme").header("etag").orElseThrow();
        var match = Map.of("If-Match", etag);
        assertThat(olga.json("PATCH", "/api/accounts/organizations/acme", Map.of("displayName", "Acme"), match)
                        .status())
                .isEqualTo(200);
        assertThat(olga.json("PATCH", "/api/accounts/organizations/acme", Map.of("displayName", "Bcme"), match)
                        .code())
                .isEqualTo("version.stale");
    }

    @Test
    void an_invitation_works_once_and_not_after_it_was_withdrawn() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "VIEWER");
        olga.json("POST", "/api/accounts/organizations", Map.of("name", "works"));
        String secret = secret(olga, "works", "EDITOR");
        Reply accepted = eva.json("POST", "/api/accounts/invitations/acceptance", Map.of("secret", secret));
        assertThat(accepted.text("role")).isEqualTo("EDITOR");
        assertThat(eva.json("POST", "/api/accounts/invitations/acceptance", Map.of("secret", secret))
                        .code())
                .isEqualTo("invitation.gone");
        Reply second = olga.json("POST", "/api/accounts/organizations/works/invitations", Map.of("role", "VIEWER"));
        assertThat(olga.get("/api/accounts/organizations/works/invitations").body())
                .contains(second.text("id"))
                .doesNotContain(second.text("secret"));
        olga.delete("/api/accounts/organizations/works/invitations/" + second.text("id"));
        assertThat(running.nobody().open(second.text("url")).status()).isEqualTo(410);
    }

    @Test
    void a_command_line_gets_its_token_once_after_a_person_approved() {
        Client olga = running.owner();
        Client line = running.nobody();
        Reply login = line.json("POST", "/api/accounts/logins", Map.of("label", "laptop"));
        assertThat(login.status()).isEqualTo(201);
        assertThat(login.text("code")).matches("[B-Z]{4}-[B-Z]{4}");
        assertThat(login.text("url")).isEqualTo(running.baseUrl() + "/login/" + login.text("code"));
        assertThat(login.json().path("intervalSeconds").asInt()).isEqualTo(2);
        String collect = "/api/accounts/logins/" + login.text("id") + "/token";
        var secret = Map.of("secret", login.text("secret"));
        assertThat(line.json("POST", collect, secret).status()).isEqualTo(202);

        String page = "/login/" + login.text("code");
        assertThat(olga.get(page).body()).contains("laptop", login.text("code"));
        assertThat(olga.form("POST", page, Map.of("answer", "approve")).status())
                .isEqualTo(200);

        assertThat(line.json("POST", collect, Map.of("secret", "guessed")).status())
                .isEqualTo(410);
        Reply collected = line.json("POST", collect, secret);
        assertThat(collected.status()).isEqualTo(200);
        assertThat(collected.json().path("user").path("name").asString()).isEqualTo("olga");
        assertThat(running.nobody()
                        .withToken(collected.text("token"))
                        .get("/api/accounts/me")
                        .text("name"))
                .isEqualTo("olga");
        assertThat(line.json("POST", collect, secret).status()).isEqualTo(410);
    }

    @Test
    void a_denied_or_late_login_gives_nothing() {
        Client olga = running.owner();
        Client line = running.nobody();
        Reply denied = line.json("POST", "/api/accounts/logins", Map.of("label", "laptop"));
        olga.form("POST", "/login/" + denied.text("code"), Map.of("answer", "deny"));
        assertThat(line.json(
                                "POST",
                                "/api/accounts/logins/" + denied.text("id") + "/token",
                                Map.of("secret", denied.text("secret")))
                        .status())
                .isEqualTo(410);
        Reply late = line.json("POST", "/api/accounts/logins", Map.of("label", "laptop"));
        running.clock.advance(Login.LIFE);
        assertThat(olga.get("/login/" + late.text("code")).status()).isEqualTo(410);
        assertThat(line.json(
                                "POST",
                                "/api/accounts/logins/" + late.text("id") + "/token",
                                Map.of("secret", late.text("secret")))
                        .status())
                .isEqualTo(410);
    }

    @Test
    void the_doorkeeper_tells_person_credential_and_role() {
        Client olga = running.owner();
        var doorkeeper = running.node.added(Doorkeeper.class).getFirst();
        var headers = Headers.of("Authorization", "Bearer " + token(olga, "mocks:read"));
        Caller caller = doorkeeper.whoIs(Request.of("GET", "/", headers, new byte[0]));
        assertThat(caller).isInstanceOf(Caller.Person.class);
        var person = (Caller.Person) caller;
        assertThat(person.owner()).isTrue();
        assertThat(((Credential.Token) person.credential()).scopes()).containsExactly("mocks:read");
        String acme = running.node
                .asks()
                .ask(FindOrganization.byName("acme"))
                .organization()
                .orElseThrow()
                .id();
        assertThat(doorkeeper.roleOf(caller, acme)).contains(Role.OWNER);
        assertThat(doorkeeper.roleOf(caller, "0H2X7G0000001")).isEmpty();
        assertThat(doorkeeper.roleOf(new Caller.Nobody(), acme)).isEmpty();
    }

    @Test
    void other_modules_find_organizations_by_id_name_and_member() {
        Client olga = running.owner();
        String userId = olga.get("/api/accounts/me").text("id");
        var asks = running.node.asks();
        var found = asks.ask(FindOrganization.byName("acme")).organization().orElseThrow();
        assertThat(asks.ask(FindOrganization.byId(found.id())).organization()).contains(found);
        assertThat(asks.ask(FindOrganization.byName("nothing")).organization()).isEqualTo(Optional.empty());
        assertThat(asks.ask(new OrganizationsOf(userId)).memberships())
                .containsExactly(new OrganizationsOf.Membership(found, Role.OWNER));
    }

    @Test
    void a_person_has_two_hundred_organizations_and_sees_them_all() {
        Client olga = running.owner();
        String userId = olga.get("/api/accounts/me").text("id");
        for (int i = 1; i < Organization.MAX_MEMBERSHIPS - 1; i++) {
            found(olga, "o" + i, Map.of());
        }
        var key = Map.of("Idempotency-Key", "018f3a3e-0000-7000-8000-000000000002");
        assertThat(found(olga, "last", key).status()).isEqualTo(201);

        assertThat(found(olga, "more", Map.of()).code()).isEqualTo("organization.too-many");
        assertThat(found(olga, "last", key).text("name")).as("asked again").isEqualTo("last");
        assertThat(olga.form("POST", "/organizations", Map.of("name", "more")).body())
                .contains("the most there may be");
        assertThat(olga.get("/api/accounts/organizations").json().path("items")).hasSize(Organization.MAX_MEMBERSHIPS);
        assertThat(running.node.asks().ask(new OrganizationsOf(userId)).memberships())
                .hasSize(Organization.MAX_MEMBERSHIPS);
    }

    private static Reply found(Client by, String name, Map<String, String> headers) {
        return by.json("POST", "/api/accounts/organizations", Map.of("name", name), headers);
    }

    @Test
    void every_api_route_says_what_it_is_and_stands_in_the_document() {
        List<Route> api = running.routes().stream()
                .filter(route -> route.path().text().startsWith("/api/"))
                .toList();
        assertThat(api)
                .allSatisfy(route ->
                        assertThat(route.summary()).as(route.toString()).isNotBlank());
        String document = Json.text(new OpenApi("Leat", "0.1", api).document());
        assertThat(document).contains("/api/accounts/organizations/{org}/members/{user}", "sign-in.failed");
    }

    private static String token(Client owner, String... scopes) {
        return owner.json("POST", "/api/accounts/tokens", Map.of("name", "t", "scopes", List.of(scopes)))
                .text("token");
    }
}
