package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import leat.accounts.Running.Client;
import leat.accounts.Running.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void a_token_is_made_shown_once_and_revoked_by_plain_forms() {
        Client olga = running.owner();
        Reply made = olga.form(
                "POST", "/settings/tokens", Map.of("name", "deploy", "scopes", "accounts:read", "days", "30"));
        assertThat(made.body()).contains("leat_", "deploy", "cannot be shown again");
        Reply listed = olga.get("/settings/tokens");
        assertThat(listed.body()).contains("deploy", "accounts:read").doesNotContain("leat_");
        String id = olga.get("/api/accounts/tokens")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        assertThat(olga.form("DELETE", "/settings/tokens/" + id, Map.of()).status())
                .isEqualTo(303);
        assertThat(olga.get("/settings/tokens").body()).contains("No tokens yet");
    }

    @Test
    void a_token_form_without_scopes_comes_back_as_it_was() {
        Client olga = running.owner();
        Reply reply = olga.form("POST", "/settings/tokens", Map.of("name", "deploy", "days", "30"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("Choose 1 to 20 scopes", "value=\"deploy\"");
    }

    @Test
    void the_profile_and_the_password_are_changed_by_plain_forms() {
        Client olga = running.owner();
        Reply bad = olga.form("POST", "/settings/profile", Map.of("displayName", "Olga", "email", "nowhere"));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body()).contains("field-email-error");
        assertThat(olga.form("POST", "/settings/profile", Map.of("displayName", "<b>Olga</b>", "email", ""))
                        .status())
                .isEqualTo(303);
        assertThat(olga.get("/settings").body()).contains("&lt;b>Olga&lt;/b>").doesNotContain("<b>Olga");
        assertThat(olga.form(
                                "POST",
                                "/settings/password",
                                Map.of(
                                        "current", Running.PASSWORD,
                                        "password", "yet another sentence",
                                        "repeated", "yet another sentense"))
                        .body())
                .contains("The two passwords differ");
        assertThat(olga.form(
                                "POST",
                                "/settings/password",
                                Map.of(
                                        "current", Running.PASSWORD,
                                        "password", "yet another sentence",
                                        "repeated", "yet another sentence"))
                        .header("location"))
                .contains("/settings?saved=password");
        assertThat(running.nobody().signIn("olga", "yet another sentence").status())
                .isEqualTo(201);
    }

    @Test
    void an_organization_is_founded_renamed_staffed_and_left_by_plain_forms() {
        Client olga = running.owner();
        assertThat(olga.form("POST", "/organizations", Map.of("name", "acme")).body())
                .contains("is taken", "field-name-error");
        assertThat(olga.form("POST", "/organizations", Map.of("name", "Works", "displayName", "The Works"))
                        .header("location"))
                .contains("/organizations/works");
        olga.form("PATCH", "/organizations/works", Map.of("displayName", "Water Works"));
        Reply page = olga.get("/organizations/works");
        assertThat(page.body()).contains("Water Works", "Leave", "Make link");

        Reply invited = olga.form("POST", "/organizations/works/invitations", Map.of("role", "EDITOR"));
        assertThat(invited.body()).contains("/invitations?secret=li_");
        Client eva = running.joined(olga, "eva", "VIEWER");
        int mark = invited.body().indexOf("/invitations?secret=");
        String link = invited.body()
                .substring(mark, invited.body().indexOf('<', mark))
                .split("\"", -1)[0];
        assertThat(eva.open(link).body()).contains("Join Water Works", "signed in as <strong>eva");
        assertThat(eva.form("POST", "/invitations/acceptance", Map.of()).header("location"))
                .contains("/organizations/works");
        assertThat(eva.get("/organizations/works").body()).doesNotContain("Make link", "Remove");

        assertThat(olga.form("DELETE", "/organizations/works/members/olga", Map.of())
                        .status())
                .isEqualTo(409);
        olga.form("PUT", "/organizations/works/members/eva", Map.of("role", "OWNER"));
        assertThat(olga.form("DELETE", "/organizations/works/members/olga", Map.of())
                        .header("location"))
                .contains("/organizations");
        assertThat(olga.get("/organizations/works").status()).isEqualTo(404);
        assertThat(eva.get("/organizations/works/audit").body()).contains("member.left", "olga");
    }

    @Test
    void a_name_shown_as_itself_is_shown_once() {
        Client olga = running.owner();
        olga.form("POST", "/organizations", Map.of("name", "works", "displayName", "The Works"));
        assertThat(olga.get("/organizations").body())
                .contains("<strong>acme</strong>", "<strong>The Works</strong>", ">works</span>")
                .doesNotContain(">acme</span>");
    }

    @Test
    void the_audit_log_says_when_nothing_meets_the_filter_and_leads_back() {
        Client olga = running.owner();
        assertThat(olga.get("/organizations/acme/audit").body())
                .contains("organization.founded")
                .doesNotContain("Show all");
        assertThat(olga.get("/organizations/acme/audit?actor=nobody").body())
                .contains("Nothing recorded is by this person", "value=\"nobody\"", "Show all")
                .doesNotContain("<table");
    }

    @Test
    void an_invitation_opens_an_account_only_with_a_name_that_is_free_and_a_good_password() {
        Client olga = running.owner();
        Client guest = running.nobody();
        guest.open(olga.json("POST", "/api/accounts/organizations/acme/invitations", Map.of("role", "VIEWER"))
                .text("url"));
        Reply weak = guest.form(
                "POST",
                "/invitations/acceptance",
                Map.of("name", "eva", "password", "password123", "repeated", "password123"));
        assertThat(weak.body()).contains("field-password-error", "value=\"eva\"");
        Reply taken = guest.form(
                "POST",
                "/invitations/acceptance",
                Map.of("name", "olga", "password", "a fine sentence", "repeated", "a fine sentence"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body()).contains("field-name-error", "is taken");
        assertThat(guest.form(
                                "POST",
                                "/invitations/acceptance",
                                Map.of("name", "eva", "password", "a fine sentence", "repeated", "a fine sentence"))
                        .header("location"))
                .contains("/organizations/acme");
        assertThat(guest.get("/organizations/acme").body()).contains("eva");
    }

    @Test
    void sessions_are_listed_and_ended_and_signing_out_forgets_the_cookie() {
        Client olga = running.owner();
        assertThat(olga.get("/settings/sessions").body()).contains("this one");
        assertThat(olga.get("/settings/activity").body()).contains("session.begun");
        assertThat(olga.form("POST", "/sign-out", Map.of()).header("location")).contains("/sign-in");
        assertThat(olga.cookie("leat")).isEmpty();
        assertThat(olga.send("GET", "/settings", "", "", Map.of("Accept", "text/html"))
                        .header("location"))
                .contains("/sign-in?next=%2Fsettings");
    }
}
