package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What belongs to one organization cannot be read, changed or even named by a member of another. */
final class TenancyJourneyTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Paths, or routes, whose parameters name nothing of an organization's, each with its reason. */
    private static final Map<String, String> FOR_EVERYBODY = Map.of(
            "/api/accounts/users/{name}", "who somebody is, by name, may be asked by anybody who is signed in",
            "delete /api/notes/people/{person}/following", "whom one no longer follows is one's own affair",
            "/api/accounts/logins/{id}/token", "a login that is waiting is opened by its own secret alone");

    @TempDir
    static Path folder;

    private static Product product;
    private static Api ada;
    private static Api eve;
    private static String mock;
    private static Map<String, String> names = Map.of();

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
        var workshop = Workshop.founded(product);
        ada = workshop.ada();
        ada.post("/api/accounts/organizations", Map.of("name", "grange")).with(201);
        eve = workshop.joined("grange", "OWNER", "eve");
        mock = Workshop.published(ada, "workshop", "jewels", Workshop.answering("/is", "mine"));
        Wire.get(product.port(), "jewels-workshop.localhost", "/is?sapphire").with(200);
        String invitation = ada.post("/api/accounts/organizations/workshop/invitations", Map.of("role", "VIEWER"))
                .with(201)
                .text("id");
        String token = ada.get("/api/accounts/tokens")
                .with(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString("");
        String session = ada.get("/api/accounts/sessions")
                .with(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString("");
        String note = ada.post(
                        "/api/notes/notes?organization=workshop",
                        Map.of("title", "Where the jewels are", "body", "in the mill", "access", "Public"))
                .with(201)
                .text("id");
        String comment = ada.post("/api/notes/notes/" + note + "/comments", Map.of("body", "under the wheel"))
                .with(201)
                .text("id");
        String attachment = ada.send(
                        "POST",
                        "/api/notes/notes/" + note + "/attachments?name=map.txt",
                        Map.of("Content-Type", "application/octet-stream"),
                        "left of the wheel".getBytes(StandardCharsets.UTF_8))
                .with(201)
                .text("id");
        String tag = ada.post("/api/notes/tags?organization=workshop", Map.of("title", "jewels", "color", "aa8800"))
                .with(201)
                .text("id");
        String notebook = ada.post("/api/notes/notebooks?organization=workshop", Map.of("name", "Jewels"))
                .with(201)
                .text("id");
        String link = ada.post("/api/notes/notes/" + note + "/links", Map.of())
                .with(201)
                .text("id");
        String imported = ada.post("/api/notes/imports?organization=workshop", Map.of("name", "jewels.zip"))
                .with(201)
                .text("id");
        String hook = ada.post(
                        "/api/webhooks/organizations/workshop/hooks",
                        Map.of("url", "https://example.org/jewels", "types", java.util.List.of("note.created")))
                .with(201)
                .json()
                .path("webhook")
                .path("id")
                .asString("");
        String reminder = ada.post(
                        "/api/notes/notes/" + note + "/reminders",
                        Map.of(
                                "at",
                                java.time.LocalDateTime.now(java.time.ZoneOffset.UTC)
                                        .plusDays(2)
                                        .toString()))
                .with(201)
                .text("id");
        names = Map.ofEntries(
                Map.entry("import", imported),
                Map.entry("notebook", notebook),
                Map.entry("link", link),
                Map.entry("reminder", reminder),
                Map.entry("hook", hook),
                Map.entry("mock", mock),
                Map.entry("invitation", invitation),
                Map.entry("token", token),
                Map.entry("session", session),
                Map.entry("note", note),
                Map.entry("comment", comment),
                Map.entry("attachment", attachment),
                Map.entry("tag", tag));
    }

    @AfterAll
    static void end() {
        assertThat(product.errors()).isEmpty();
        product.close();
    }

    /** A route's path with what belongs to the first organization in its places. */
    private static String filled(String path) {
        String id = path.contains("/invitations/")
                ? "invitation"
                : path.contains("/tokens/") ? "token" : path.contains("/sessions/") ? "session" : "mock";
        if (path.startsWith("/api/notes/")) {
            id = "note";
        }
        return path.replace("{org}", "workshop")
                .replace("{user}", "ada")
                .replace("{name}", "ada")
                .replace("{number}", "1")
                .replace("{person}", "0000000000000")
                .replace("{search}", "0000000000000")
                .replace("{from}", "0000000000000")
                .replace("{delivery}", "1")
                .replace("{reminder}", names.getOrDefault("reminder", ""))
                .replace("{hook}", names.getOrDefault("hook", ""))
                .replace("{comment}", names.getOrDefault("comment", ""))
                .replace("{attachment}", names.getOrDefault("attachment", ""))
                .replace("{sign}", "%F0%9F%91%8D")
                .replace("{notebook}", names.getOrDefault("notebook", ""))
                .replace("{link}", names.getOrDefault("link", ""))
                .replace("{import}", names.getOrDefault("import", ""))
                .replace("{tag}", names.getOrDefault("tag", ""))
                .replace("{id}", names.getOrDefault(id, ""));
    }

    private static Api.Answer tried(Api who, String method, String path) throws IOException {
        return who.send(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                Map.of("Content-Type", "application/json"),
                method.equals("get") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_route_of_the_api_about_anothers_thing_says_that_there_is_none_and_does_nothing() throws Exception {
        tryEveryRoute();
        JsonNode kept = ada.get("/api/mocks/mocks/" + mock).with(200).json();
        assertThat(kept.path("head").asInt()).isEqualTo(1);
        assertThat(kept.path("status").asString("")).isEqualTo("published");
        assertThat(Wire.get(product.port(), "jewels-workshop.localhost", "/is")
                        .with(200)
                        .body())
                .isEqualTo("mine");
        assertThat(ada.get("/api/accounts/organizations/workshop/members")
                        .with(200)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    private static void tryEveryRoute() throws IOException {
        JsonNode paths = eve.get("/api/openapi.json").with(200).json().path("paths");
        List<String> open = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (!path.getKey().contains("{")
                    || FOR_EVERYBODY.containsKey(path.getKey())
                    || path.getKey().startsWith("/api/operations")) {
                continue;
            }
            for (String method : path.getValue().propertyNames()) {
                if (METHODS.contains(method) && !FOR_EVERYBODY.containsKey(method + " " + path.getKey())) {
                    count++;
                    Api.Answer answer;
                    try {
                        answer = tried(eve, method, filled(path.getKey()));
                    } catch (IOException stream) {
                        open.add(method + " " + path.getKey() + ": answers without an end");
                        continue;
                    }
                    if (answer.status() != 404 && answer.status() != 403) {
                        open.add(method + " " + path.getKey() + ": " + answer.status() + " " + answer.body());
                    }
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(count).as("routes tried").isGreaterThan(25);
    }

    @Test
    void what_is_anothers_and_what_is_not_there_look_the_same() throws Exception {
        for (String path : List.of("", "/source", "/revisions", "/publication", "/requests", "/events")) {
            Api.Answer anothers = eve.get("/api/mocks/mocks/" + mock + path);
            Api.Answer none = eve.get("/api/mocks/mocks/0123456789ABC" + path);
            assertThat(anothers.status()).as(path).isEqualTo(none.status());
            assertThat(anothers.code()).as(path).isEqualTo(none.code());
            assertThat(anothers.text("detail")).as(path).isEqualTo(none.text("detail"));
        }
    }

    @Test
    void no_list_and_no_page_names_what_is_anothers() throws Exception {
        for (String path : List.of(
                "/api/mocks/mocks",
                "/api/mocks/mocks?q=jewels",
                "/api/accounts/organizations",
                "/api/accounts/organizations/grange/audit",
                "/api/accounts/me",
                "/api/accounts/me/audit",
                "/mocks",
                "/mocks?q=jewel",
                "/organizations",
                "/organizations/grange",
                "/organizations/grange/audit",
                "/settings/activity",
                "/settings/sessions")) {
            assertThat(eve.get(path).with(200).body())
                    .as(path)
                    .doesNotContain(mock)
                    .doesNotContain("jewels-workshop")
                    .doesNotContain("sapphire")
                    .doesNotContain(">workshop<");
        }
        for (String path : List.of(
                "/mocks/" + mock,
                "/mocks/" + mock + "/revisions",
                "/mocks/" + mock + "/requests/1",
                "/mocks/" + mock + "/events",
                "/organizations/workshop",
                "/organizations/workshop/members",
                "/organizations/workshop/audit",
                "/operations")) {
            assertThat(eve.get(path).status()).as(path).isIn(403, 404);
        }
        eve.get("/api/mocks/mocks?organization=workshop").with(404);
    }
}
