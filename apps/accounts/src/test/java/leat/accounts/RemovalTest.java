package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.accounts.Running.Client;
import leat.accounts.Running.Reply;
import leat.kernel.port.Kept;
import leat.kernel.port.StoredEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Removing a person: what asks for it, what goes, and what is left. */
class RemovalTest {
    private static final String MINE = "/api/accounts/me/removal";

    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    private static Map<String, Object> password(String name) {
        return Map.of("current", Running.PASSWORD + name);
    }

    private String idOf(Client person) {
        return person.get("/api/accounts/me").text("id");
    }

    private void awaitForgotten(String userId) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (running.engine
                .keys()
                .find(userId)
                .filter(key -> key.wrapped().isEmpty())
                .isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private List<String> kept() {
        List<String> all = new ArrayList<>();
        running.engine.journal().export(kept -> {
            switch (kept) {
                case Kept.Event(StoredEvent event) -> all.add(new String(event.payload(), StandardCharsets.UTF_8));
                case Kept.Aside aside -> all.add(aside.toString());
            }
        });
        return all;
    }

    @Test
    void somebody_who_removes_themselves_is_out_at_once_and_leaves_no_word() throws Exception {
        Client olga = running.owner();
        Client wilma = running.joined(olga, "wilma", "EDITOR");
        wilma.json("PATCH", "/api/accounts/me", Map.of("displayName", "Wilma W", "email", "wilma@example.org"));
        String id = idOf(wilma);
        String token = wilma.json("POST", "/api/accounts/tokens", Map.of("name", "wilmas", "scopes", List.of("*")))
                .text("token");
        assertThat(kept()).anyMatch(line -> line.contains("wilma"));

        assertThat(wilma.json("PUT", MINE, password("wilma")).status()).isEqualTo(204);
        assertThat(wilma.get("/api/accounts/me").status()).isEqualTo(401);
        awaitForgotten(id);
        assertThat(running.nobody().withToken(token).get("/api/accounts/me").status())
                .isEqualTo(401);
        assertThat(kept())
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("wilma"));
        running.catchUp();
        assertThat(olga.get("/api/accounts/organizations/acme/members").body()).doesNotContain("wilma");
        assertThat(olga.get("/api/accounts/users/wilma").status()).isEqualTo(404);
        assertThat(running.joined(olga, "wilma", "EDITOR")
                        .get("/api/accounts/me")
                        .text("id"))
                .isNotEqualTo(id);
    }

    @Test
    void the_password_is_asked_for_again_and_a_token_does_not_do() {
        Client olga = running.owner();
        Client ada = running.joined(olga, "ada", "EDITOR");
        String token = ada.json("POST", "/api/accounts/tokens", Map.of("name", "all", "scopes", List.of("*")))
                .text("token");

        assertThat(ada.json("PUT", MINE, Map.of("current", "wrong")).text("code"))
                .isEqualTo("password.wrong");
        assertThat(ada.json("PUT", MINE, Map.of()).text("code")).isEqualTo("password.wrong");
        assertThat(running.nobody()
                        .withToken(token)
                        .json("PUT", MINE, password("ada"))
                        .text("code"))
                .isEqualTo("session.required");
        assertThat(ada.get("/api/accounts/me").status()).isEqualTo(200);
    }

    @Test
    void neither_the_owner_of_the_installation_nor_the_last_owner_of_others_vanishes() throws Exception {
        Client olga = running.owner();
        assertThat(olga.json("PUT", MINE, Map.of("current", Running.PASSWORD)).text("code"))
                .isEqualTo("user.owner");
        Client ada = running.joined(olga, "ada", "EDITOR");
        ada.json("POST", "/api/accounts/organizations", Map.of("name", "bakery"));
        String invitation = ada.json("POST", "/api/accounts/organizations/bakery/invitations", Map.of("role", "VIEWER"))
                .text("url");
        Client bob = running.nobody();
        bob.open(invitation);
        bob.form(
                "POST",
                "/invitations/acceptance",
                Map.of("name", "bob", "password", Running.PASSWORD, "repeated", Running.PASSWORD));
        bob.readCsrf();
        running.catchUp();

        Reply refused = ada.json("PUT", MINE, password("ada"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("organization.last-owner");
        assertThat(refused.body()).contains("bakery");
        assertThat(ada.get("/settings/removal").body()).contains("Others need an owner", "bakery");
        ada.json("PUT", "/api/accounts/organizations/bakery/members/bob", Map.of("role", "OWNER"));
        running.catchUp();
        assertThat(ada.json("PUT", MINE, password("ada")).status()).isEqualTo(204);
    }

    @Test
    void who_is_alone_in_an_organization_may_go() throws Exception {
        Client olga = running.owner();
        Client ada = running.joined(olga, "ada", "EDITOR");
        ada.json("POST", "/api/accounts/organizations", Map.of("name", "bakery"));
        String id = idOf(ada);
        running.catchUp();

        assertThat(ada.json("PUT", MINE, password("ada")).status()).isEqualTo(204);
        awaitForgotten(id);
    }

    @Test
    void the_owner_of_the_installation_removes_people_and_others_do_not() throws Exception {
        Client olga = running.owner();
        Client ada = running.joined(olga, "ada", "EDITOR");
        Client bob = running.joined(olga, "bob", "EDITOR");
        String id = idOf(ada);

        assertThat(bob.json("PUT", "/api/accounts/users/ada/removal", Map.of()).status())
                .isEqualTo(403);
        assertThat(olga.json("PUT", "/api/accounts/users/ada/removal", Map.of()).status())
                .isEqualTo(204);
        assertThat(olga.json("PUT", "/api/accounts/users/nobody/removal", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(ada.get("/api/accounts/me").status()).isEqualTo(401);
        awaitForgotten(id);
        running.catchUp();
        assertThat(olga.get("/api/accounts/me/audit").body())
                .contains("removed the account of")
                .doesNotContain("ada");
    }

    @Test
    void the_page_tells_what_goes_and_does_it_by_a_plain_form() throws Exception {
        Client olga = running.owner();
        Client ada = running.joined(olga, "ada", "EDITOR");
        String id = idOf(ada);
        assertThat(ada.get("/settings").body()).contains("/settings/removal");
        assertThat(ada.get("/settings/removal").body()).contains("What goes", "What stays", "Present password");

        Reply wrong = ada.form("POST", "/settings/removal", Map.of("current", "wrong"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("not your present password");
        assertThat(ada.form("POST", "/settings/removal", Map.of("current", Running.PASSWORD + "ada"))
                        .status())
                .isEqualTo(303);
        assertThat(ada.get("/api/accounts/me").status()).isEqualTo(401);
        awaitForgotten(id);
    }
}
