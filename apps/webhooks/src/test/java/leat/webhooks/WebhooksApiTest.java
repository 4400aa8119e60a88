package leat.webhooks;

import static leat.webhooks.Running.HOOKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.web.Access;
import leat.web.Route;
import leat.webhooks.Running.Added;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route of webhooks, as an owner and as everybody else. */
final class WebhooksApiTest {
    private static final String URL = "https://example.org/leat";

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Answer add(Object draft, String... headers) {
        return running.as("oda", "POST", HOOKS, draft, headers);
    }

    private static void removed(Added hook) {
        assertThat(running.as("oda", "DELETE", hook.path()).status()).isEqualTo(204);
    }

    @Test
    void nobody_but_an_owner_of_the_organization_learns_or_changes_anything() {
        Added hook = running.add(URL);
        for (Route route : running.routes()) {
            if (!(route.access() instanceof Access.Member)) {
                continue;
            }
            String path = route.path()
                    .toString()
                    .replace("{org}", "acme")
                    .replace("{hook}", hook.id())
                    .replace("{delivery}", "1");
            Object body = List.of("POST", "PUT").contains(route.method())
                    ? Map.of("url", URL, "types", List.of("bell.rang"))
                    : "";
            assertThat(running.as("", route.method(), path, body).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(running.as("ada", route.method(), path, body).status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(running.as("zoe", route.method(), path, body).status())
                    .as(path)
                    .isEqualTo(404);
            if (path.contains(hook.id())) {
                String through = path.replace("/acme/", "/bolt/");
                assertThat(running.as("zoe", route.method(), through, body).outcome())
                        .as(through)
                        .isEqualTo("404 webhook.absent");
            }
        }
        assertThat(running.get("oda", hook.path()).status()).isEqualTo(200);
        removed(hook);
    }

    @Test
    void what_there_is_to_be_told_of_is_listed_with_its_shape() {
        Answer types = running.get("ada", "/api/webhooks/event-types");
        assertThat(types.all("name")).containsExactly("bell.cracked", "bell.rang");
        assertThat(types.text()).contains("\"times\":{");
    }

    @Test
    void a_webhook_is_added_shown_changed_and_removed_and_its_secret_is_shown_once() {
        Answer added = add(Map.of("url", URL, "types", List.of("bell.rang"), "description", "A chat"));
        assertThat(added.outcome()).isEqualTo("201");
        assertThat(added.text("secret")).startsWith("whsec_");
        String path = added.header("Location");
        Answer shown = running.get("oda", path);
        assertThat(shown.text()).doesNotContain("whsec_").contains("A chat");
        Answer changed = running.as(
                "oda",
                "PUT",
                path,
                Map.of("url", URL + "/2", "types", List.of("bell.rang", "bell.cracked")),
                "If-Match",
                shown.header("ETag"));
        assertThat(changed.text("url")).isEqualTo(URL + "/2");
        assertThat(running.as(
                                "oda",
                                "PUT",
                                path,
                                Map.of("url", URL, "types", List.of("bell.rang")),
                                "If-Match",
                                shown.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(running.as("oda", "PUT", path + "/pause", Map.of()).text("off"))
                .contains("person");
        assertThat(running.as("oda", "POST", path + "/tests", Map.of()).outcome())
                .isEqualTo("409 webhook.off");
        assertThat(running.as("oda", "DELETE", path + "/pause").text("off")).isEmpty();
        assertThat(running.as("oda", "POST", path + "/deliveries/7/repetitions", Map.of())
                        .outcome())
                .isEqualTo("404 delivery.absent");
        assertThat(running.get("oda", path + "/deliveries?after=x").outcome()).isEqualTo("400 paging.cursor");
        assertThat(running.as("oda", "DELETE", path).outcome()).isEqualTo("204");
        assertThat(running.get("oda", path).outcome()).isEqualTo("404 webhook.absent");
        assertThat(running.get("oda", HOOKS).text()).doesNotContain(path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void what_is_wrong_is_told_with_where_it_stands() {
        assertThat(add(Map.of("url", "ftp://x", "types", List.of())).violations())
                .containsExactly("url url.shape", "types types.number");
        assertThat(add(Map.of("url", URL, "types", List.of("bell.rang", "bell.flew")))
                        .violations())
                .containsExactly("types.1 type.unknown");
        Answer both = add(Map.of("url", "ftp://x", "types", List.of("bell.flew")));
        assertThat(both.violations()).containsExactly("url url.shape", "types.0 type.unknown");
        assertThat(both.text()).contains("There is no event type called \\\"bell.flew\\\".");
        Added hook = running.add(URL + "/wrong");
        Answer changed =
                running.as("oda", "PUT", hook.path(), Map.of("url", URL, "types", List.of("bell.rang", "bell.flew")));
        assertThat(changed.violations()).containsExactly("types.1 type.unknown");
        running.as("oda", "DELETE", hook.path());
    }

    @Test
    void the_same_request_sent_twice_adds_one() {
        String key = "11111111-2222-4333-8444-555555555555";
        Map<String, Object> draft = Map.of("url", URL + "/once", "types", List.of("bell.rang"));
        Answer first = add(draft, "Idempotency-Key", key);
        Answer second = add(draft, "Idempotency-Key", key);
        assertThat(second.json()).isEqualTo(first.json());
        running.as("oda", "DELETE", first.header("Location"));
    }

    @Test
    void pages_show_the_same_to_owners() {
        Added hook = running.add(URL);
        Answer list = running.page("oda", "/organizations/acme/webhooks");
        assertThat(list.text()).contains(URL).contains("bell.rang").doesNotContain("whsec_");
        Answer page = running.page("oda", "/organizations/acme/webhooks/" + hook.id());
        assertThat(page.text()).contains("Nothing has been sent here yet").doesNotContain("whsec_");
        assertThat(running.page("ada", "/organizations/acme/webhooks").status()).isEqualTo(403);
        Answer added = running.form(
                "oda", "POST", "/organizations/acme/webhooks", Map.of("url", URL + "/page", "types", "bell.rang"));
        assertThat(added.text()).contains("whsec_");
        Answer refused =
                running.form("oda", "POST", "/organizations/acme/webhooks", Map.of("url", "<b>", "types", "bell.rang"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("Use an http or https address").doesNotContain("<b>");
        String path = "/organizations/acme/webhooks/" + hook.id();
        assertThat(running.form("oda", "PUT", path + "/secret", Map.of()).text())
                .contains("whsec_");
        assertThat(running.form("oda", "DELETE", path, Map.of()).status()).isLessThan(400);
        assertThat(running.page("oda", path).status()).isEqualTo(404);
    }
}
