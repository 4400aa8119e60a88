package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.accounts.Running.Client;
import leat.accounts.Running.Reply;
import leat.kernel.port.StoredEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecrecyTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void no_secret_is_in_the_journal_or_the_audit_log() {
        List<String> secrets = new ArrayList<>(List.of(Running.PASSWORD, Running.PASSWORD + "eva"));
        String link = running.firstSignIn().newUrl(running.baseUrl());
        secrets.add(link.substring(link.indexOf("link=") + 5));
        Client olga = running.owner();
        secrets.add(olga.cookie("leat").orElseThrow());
        secrets.add(olga.csrf);
        Reply invitation = olga.json("POST", "/api/accounts/organizations/acme/invitations", Map.of("role", "VIEWER"));
        secrets.add(invitation.text("secret"));
        Client eva = running.joined(olga, "eva", "EDITOR");
        secrets.add(eva.cookie("leat").orElseThrow());
        secrets.add(olga.json("POST", "/api/accounts/tokens", Map.of("name", "t", "scopes", List.of("*")))
                .text("token"));
        Reply login = running.nobody().json("POST", "/api/accounts/logins", Map.of("label", "laptop"));
        secrets.add(login.text("secret"));
        olga.form("POST", "/login/" + login.text("code"), Map.of("answer", "approve"));
        secrets.add(running.nobody()
                .json(
                        "POST",
                        "/api/accounts/logins/" + login.text("id") + "/token",
                        Map.of("secret", login.text("secret")))
                .text("token"));

        String stored = journal() + opened(olga) + opened(eva);
        assertThat(stored).contains("olga", "argon2id");
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(9);
            assertThat(stored).doesNotContain(secret).doesNotContain(secret.substring(secret.length() / 2));
        }
        String audit =
                olga.get("/api/accounts/organizations/acme/audit?limit=200").body()
                        + olga.get("/api/accounts/me/audit?limit=200").body();
        assertThat(audit).contains("token.made", "login.approved", "invitation.made", "session.begun");
        assertThat(audit).doesNotContain("argon2id", "secretHash");
        secrets.forEach(secret -> assertThat(audit).doesNotContain(secret));
    }

    @Test
    void the_audit_log_says_who_did_what_by_which_way_and_pages_and_filters() {
        Client olga = running.owner();
        running.joined(olga, "eva", "EDITOR");
        olga.json("PUT", "/api/accounts/organizations/acme/members/eva", Map.of("role", "OWNER"));
        Reply first = olga.get("/api/accounts/organizations/acme/audit?limit=1");
        var entry = first.json().path("items").path(0);
        assertThat(entry.path("action").asString()).isEqualTo("member.role-changed");
        assertThat(entry.path("words").asString()).isEqualTo("made eva owner");
        assertThat(entry.path("actor").asString()).isEqualTo("olga");
        assertThat(entry.path("via").asString()).startsWith("session ");
        assertThat(entry.path("correlationId").asString()).isNotEmpty();

        List<String> actions = new ArrayList<>();
        String after = "";
        do {
            Reply page = olga.get("/api/accounts/organizations/acme/audit?limit=1" + after);
            page.json()
                    .path("items")
                    .forEach(it -> actions.add(it.path("action").asString()));
            after = page.json().path("next").isString() ? "&after=" + page.text("next") : "";
        } while (!after.isEmpty());
        assertThat(actions)
                .containsExactlyInAnyOrder(
                        "member.role-changed", "member.joined", "invitation.made", "organization.founded");

        assertThat(olga.get("/api/accounts/organizations/acme/audit?action=member.joined&actor=eva")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(olga.get("/api/accounts/organizations/acme/audit?actor=who-knows")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    /** What is encrypted in the journal, as it reads with the person's key. */
    private String opened(Client person) {
        return running.node
                .added(Accounts.class)
                .getFirst()
                .users()
                .history(person.get("/api/accounts/me").text("id"), 0, 100)
                .toString();
    }

    private String journal() {
        var all = new StringBuilder();
        running.engine.journal().heads().forEach((partition, head) -> {
            for (StoredEvent event : running.engine.journal().partition(partition, 0, 10_000)) {
                all.append(new String(event.payload(), StandardCharsets.UTF_8)).append('\n');
            }
        });
        return all.toString();
    }
}
