package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import leat.accounts.Running.Client;
import leat.accounts.Running.Reply;
import leat.kernel.Envelope;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void the_owner_arrives_by_the_link_once_and_its_secret_leaves_the_address() {
        String url = running.firstSignIn().url(running.baseUrl()).orElseThrow();
        Client olga = running.nobody();
        Reply exchanged = olga.get(url.replace(running.baseUrl(), ""));
        assertThat(exchanged.status()).isEqualTo(303);
        assertThat(exchanged.header("location")).contains("/first-sign-in");
        assertThat(exchanged.header("set-cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax");
        Client second = running.nobody();
        second.open(url);

        Map<String, String> form = Map.of("name", "Olga", "organization", "acme", "password", "", "repeated", "");
        assertThat(olga.form("POST", "/first-sign-in", form).status()).isEqualTo(303);
        Reply me = olga.get("/api/accounts/me");
        assertThat(me.text("name")).isEqualTo("olga");
        assertThat(me.json().path("owner").asBoolean()).isTrue();
        assertThat(me.json().path("organizations").path(0).path("role").asString())
                .isEqualTo("OWNER");

        assertThat(second.form("POST", "/first-sign-in", form).status()).isEqualTo(410);
        assertThat(running.nobody().get(url.replace(running.baseUrl(), "")).status())
                .isEqualTo(410);
    }

    @Test
    void the_link_of_an_earlier_node_or_start_stays_good_until_one_of_them_is_used() {
        String first = running.firstSignIn().url(running.baseUrl()).orElseThrow();
        String second = running.firstSignIn().url(running.baseUrl()).orElseThrow();
        Client late = running.nobody();
        late.open(second);
        Client olga = running.nobody();
        olga.open(first);
        assertThat(olga.form("POST", "/first-sign-in", Map.of("name", "olga", "organization", "acme"))
                        .status())
                .isEqualTo(303);

        assertThat(late.form("POST", "/first-sign-in", Map.of()).status()).isEqualTo(410);
        assertThat(running.nobody().get(second.replace(running.baseUrl(), "")).status())
                .isEqualTo(410);
    }

    @Test
    void a_link_that_was_asked_for_is_the_only_one() {
        String first = running.firstSignIn().url(running.baseUrl()).orElseThrow();
        String asked = running.firstSignIn().newUrl(running.baseUrl());
        assertThat(running.nobody().get(first.replace(running.baseUrl(), "")).status())
                .isEqualTo(410);
        assertThat(running.nobody().get(asked.replace(running.baseUrl(), "")).status())
                .isEqualTo(303);
    }

    @Test
    void what_is_wrong_with_the_first_form_stands_at_its_fields_and_nothing_typed_is_lost() {
        Client olga = running.nobody();
        olga.open(running.firstSignIn().newUrl(running.baseUrl()));
        Reply reply = olga.form(
                "POST",
                "/first-sign-in",
                Map.of("name", "olga", "organization", "admin", "password", "short", "repeated", "short"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("field-organization-error", "field-password-error", "value=\"olga\"", "value=\"admin\"")
                .doesNotContain("\"short\"");
    }

    @Test
    void a_half_arrived_owner_finishes_by_the_next_link() {
        Client half = running.nobody();
        half.open(running.firstSignIn().newUrl(running.baseUrl()));
        // The name of the organization is taken away in between, so the account is opened and nothing else.
        Client taker = running.nobody();
        takeOrganization("acme");
        assertThat(half.form("POST", "/first-sign-in", Map.of("name", "olga", "organization", "acme"))
                        .status())
                .isEqualTo(409);
        String again = running.firstSignIn().url(running.baseUrl()).orElseThrow();
        assertThat(taker.open(again).body()).contains("Your account is <strong>olga</strong>");
        assertThat(taker.form("POST", "/first-sign-in", Map.of("organization", "acme-two"))
                        .status())
                .isEqualTo(303);
        assertThat(taker.get("/api/accounts/me").text("name")).isEqualTo("olga");
    }

    @Test
    void a_new_link_comes_at_start_only_while_the_owner_could_not_come_in_otherwise() {
        assertThat(running.firstSignIn().url(running.baseUrl())).isPresent();
        Client olga = running.nobody();
        olga.open(running.firstSignIn().newUrl(running.baseUrl()));
        olga.form("POST", "/first-sign-in", Map.of("name", "olga", "organization", "acme"));
        assertThat(running.firstSignIn().url(running.baseUrl()))
                .as("has a session")
                .isEmpty();
        olga.readCsrf();
        olga.delete("/api/accounts/sessions/current");
        assertThat(running.firstSignIn().url(running.baseUrl()))
                .as("has neither session nor password")
                .isPresent();
    }

    @Test
    void the_owner_comes_back_by_a_recovery_link() {
        running.owner();
        Client back = running.nobody();
        assertThat(back.open(running.firstSignIn().newUrl(running.baseUrl())).body())
                .contains("Welcome back, olga");
        assertThat(back.form("POST", "/first-sign-in", Map.of()).status()).isEqualTo(303);
        assertThat(back.get("/api/accounts/me").text("name")).isEqualTo("olga");
    }

    @Test
    void one_signs_in_by_name_or_email_and_out_again() {
        Client olga = running.owner();
        olga.json("PATCH", "/api/accounts/me", Map.of("email", "Olga@Example.org"));
        for (String name : List.of("olga", " OLGA ", "olga@example.ORG")) {
            Client again = running.nobody();
            assertThat(again.signIn(name, Running.PASSWORD).status()).as(name).isEqualTo(201);
            assertThat(again.delete("/api/accounts/sessions/current").status()).isEqualTo(204);
            assertThat(again.get("/api/accounts/me").status()).isEqualTo(401);
        }
    }

    @Test
    void wrong_password_unknown_name_and_suspended_account_are_answered_alike_after_the_same_work() {
        Client olga = running.owner();
        running.joined(olga, "eva", "VIEWER");
        olga.send("PUT", "/api/accounts/users/eva/suspension", "", "", Map.of());
        for (var attempt : Map.of(
                        "olga", "wrong password", "nobody-here", "some password", "eva", Running.PASSWORD + "eva")
                .entrySet()) {
            long before = hashes();
            Reply reply = running.nobody().signIn(attempt.getKey(), attempt.getValue());
            assertThat(reply.status()).as(attempt.getKey()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("sign-in.failed");
            assertThat(hashes() - before).as("hashes for " + attempt.getKey()).isEqualTo(1);
        }
    }

    @Test
    void the_eleventh_attempt_on_one_name_waits() {
        running.owner();
        Client eve = running.nobody();
        for (int i = 0; i < SignIn.BY_NAME; i++) {
            assertThat(eve.signIn("olga", "guess number " + i).status()).isEqualTo(401);
        }
        Reply limited = eve.signIn("olga", Running.PASSWORD);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("retry-after").orElseThrow()))
                .isBetween(1, 300);
        assertThat(eve.form("POST", "/sign-in", Map.of("name", "olga", "password", "x"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void the_thirty_first_attempt_from_one_address_waits() {
        Client eve = running.nobody();
        for (int i = 0; i < SignIn.BY_ADDRESS; i++) {
            assertThat(eve.signIn("somebody-" + i, "guess").status()).isEqualTo(401);
        }
        assertThat(eve.signIn("somebody-else", "guess").status()).isEqualTo(429);
    }

    @Test
    void a_session_that_is_ended_is_refused_from_the_next_request_on() {
        Client olga = running.owner();
        Client phone = running.nobody();
        phone.signIn("olga", Running.PASSWORD);
        assertThat(phone.get("/api/accounts/me").status()).isEqualTo(200);
        String phoneSession = olga.get("/api/accounts/sessions")
                .json()
                .path("items")
                .valueStream()
                .filter(it -> !it.path("current").asBoolean())
                .map(it -> it.path("id").asString())
                .findFirst()
                .orElseThrow();
        assertThat(olga.delete("/api/accounts/sessions/" + phoneSession).status())
                .isEqualTo(204);
        assertThat(phone.get("/api/accounts/me").status()).isEqualTo(401);
        assertThat(olga.get("/api/accounts/me").status()).isEqualTo(200);
    }

    @Test
    void nobody_ends_the_session_of_another() {
        Client olga = running.owner();
        Client eva = running.joined(olga, "eva", "VIEWER");
        String session = olga.get("/api/accounts/sessions")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        assertThat(eva.delete("/api/accounts/sessions/" + session).code()).isEqualTo("session.absent");
        assertThat(olga.get("/api/accounts/me").status()).isEqualTo(200);
    }

    @Test
    void a_session_dies_of_rest_and_of_age() {
        Client olga = running.owner();
        running.clock.advance(Duration.ofDays(13));
        assertThat(olga.get("/api/accounts/me").status()).isEqualTo(200);
        running.clock.advance(Duration.ofDays(13));
        assertThat(olga.get("/api/accounts/me").status()).isEqualTo(200);
        running.clock.advance(Duration.ofDays(4));
        assertThat(olga.get("/api/accounts/me").status()).as("30 days old").isEqualTo(401);
        olga.signIn("olga", Running.PASSWORD);
        running.clock.advance(Duration.ofDays(14));
        assertThat(olga.get("/api/accounts/me").status()).as("rested 14 days").isEqualTo(401);
    }

    @Test
    void a_new_password_ends_the_other_sessions_and_needs_the_present_one() {
        Client olga = running.owner();
        Client phone = running.nobody();
        phone.signIn("olga", Running.PASSWORD);
        String better = "another long sentence";
        assertThat(olga.json("PUT", "/api/accounts/me/password", Map.of("current", "wrong one", "password", better))
                        .code())
                .isEqualTo("password.wrong");
        assertThat(olga.json("PUT", "/api/accounts/me/password", Map.of("password", better))
                        .code())
                .isEqualTo("password.wrong");
        assertThat(olga.json(
                                "PUT",
                                "/api/accounts/me/password",
                                Map.of("current", Running.PASSWORD, "password", "password123"))
                        .code())
                .isEqualTo("password.weak");
        assertThat(olga.json(
                                "PUT",
                                "/api/accounts/me/password",
                                Map.of("current", Running.PASSWORD, "password", better))
                        .status())
                .isEqualTo(204);
        assertThat(phone.get("/api/accounts/me").status()).isEqualTo(401);
        assertThat(olga.get("/api/accounts/me").status()).isEqualTo(200);
        assertThat(phone.signIn("olga", Running.PASSWORD).status()).isEqualTo(401);
        assertThat(phone.signIn("olga", better).status()).isEqualTo(201);
    }

    @Test
    void a_change_without_the_csrf_token_or_from_another_site_is_refused() {
        Client olga = running.owner();
        String csrf = olga.csrf;
        olga.csrf = "";
        assertThat(olga.json("PATCH", "/api/accounts/me", Map.of("displayName", "Eve"))
                        .code())
                .isEqualTo("csrf.token");
        assertThat(olga.form("POST", "/settings/profile", Map.of("displayName", "Eve"))
                        .status())
                .isEqualTo(403);
        assertThat(olga.json(
                                "PATCH",
                                "/api/accounts/me",
                                Map.of("displayName", "Eve"),
                                Map.of("X-CSRF-Token", csrf, "Origin", "http://evil.example"))
                        .code())
                .isEqualTo("csrf.cross-site");
        olga.csrf = csrf;
        assertThat(olga.get("/api/accounts/me").text("displayName")).isEqualTo("olga");
    }

    @Test
    void sessions_tokens_and_names_outlive_a_restart() {
        Client olga = running.owner();
        String session = olga.cookie("leat").orElseThrow();
        try (var engine = new MemoryEngine()) {
            var before = new Running(engine, running.clock);
            Client hers = before.owner();
            String token = hers.json("POST", "/api/accounts/tokens", Map.of("name", "t", "scopes", List.of("*")))
                    .text("token");
            before.stop();
            var after = new Running(engine, running.clock);
            assertThat(after.firstSignIn().url(after.baseUrl())).isEmpty();
            Client again = after.nobody();
            hers.cookie("leat").ifPresent(cookie -> again.keep("leat", cookie));
            assertThat(again.get("/api/accounts/me").text("name")).isEqualTo("olga");
            assertThat(after.nobody().withToken(token).get("/api/accounts/me").status())
                    .isEqualTo(200);
            Client foreign = after.nobody();
            foreign.keep("leat", session);
            assertThat(foreign.get("/api/accounts/me").status()).isEqualTo(401);
            after.stop();
        }
    }

    @Test
    void a_made_up_cookie_or_token_is_nobody() {
        Client olga = running.owner();
        String session = olga.get("/api/accounts/sessions")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        Reply made = olga.json("POST", "/api/accounts/tokens", Map.of("name", "t", "scopes", List.of("*")));
        Client guess = running.nobody();
        guess.keep("leat", Secret.make(Secret.SESSION, session).text());
        assertThat(guess.get("/api/accounts/me").status()).isEqualTo(401);
        assertThat(running.nobody()
                        .withToken(Secret.make(Secret.TOKEN, made.text("id")).text())
                        .get("/api/accounts/me")
                        .status())
                .isEqualTo(401);
        Client eve = running.nobody();
        for (String cookie : List.of(
                "", "x", "ls_", Secret.make(Secret.SESSION, "0H2X7G0000001").text())) {
            eve.keep("leat", cookie);
            assertThat(eve.get("/api/accounts/me").status()).isEqualTo(401);
        }
        Client program = running.nobody();
        for (String token :
                List.of("x", "leat_", Secret.make(Secret.TOKEN, "0H2X7G0000001").text())) {
            assertThat(program.withToken(token).get("/api/accounts/me").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void the_sign_in_page_goes_on_to_where_one_wanted_to_be_and_never_to_another_site() {
        running.owner();
        Client olga = running.nobody();
        Reply reply = olga.form(
                "POST", "/sign-in", Map.of("name", "olga", "password", Running.PASSWORD, "next", "/organizations"));
        assertThat(reply.header("location")).contains("/organizations");
        Reply evil = running.nobody()
                .form(
                        "POST",
                        "/sign-in",
                        Map.of("name", "olga", "password", Running.PASSWORD, "next", "//evil.example"));
        assertThat(evil.header("location")).contains("/");
    }

    private void takeOrganization(String name) {
        var accounts = running.node.added(Accounts.class).getFirst();
        accounts.organizations()
                .tell(
                        accounts.ids().next(),
                        new Organization.Command.Found(name, name, "somebody", 0),
                        new Envelope(accounts.ids().nextCommand(), "test", "system", running.clock.instant()));
    }

    private long hashes() {
        return running.node.added(Accounts.class).getFirst().passwords().computed();
    }
}
