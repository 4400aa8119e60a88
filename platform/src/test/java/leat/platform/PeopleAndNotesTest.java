package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import leat.kernel.Json;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What people do with accounts and notes, by HTTP: every route that one needs for it, with its success and each of its
 * errors, in the order in which one meets them.
 *
 * <p>Olga owns everything. Ada and Bob write in acme, Eve only reads there, Zoe writes in bolt.
 */
final class PeopleAndNotesTest {
    private static final String USERS = "/api/accounts/users";
    private static final String ME = "/api/accounts/me";
    private static final String SESSIONS = "/api/accounts/sessions";
    private static final String TOKENS = "/api/accounts/tokens";
    private static final String NOTES = "/api/notes/notes";
    private static final String TAGS = "/api/notes/tags";
    private static final String NOBODY = "";
    private static final String NO_ID = "0000000000000";

    @TempDir
    static Path folder;

    private static final Map<String, String> tokens = new HashMap<>();
    private static Installation leat;
    private static HttpClient http;

    // --- people ---------------------------------------------------------------------------------------------------

    @Test
    void one_opens_an_account_by_an_invitation() {
        Answer made = call(
                NOBODY,
                "POST",
                USERS,
                Map.of(
                        "invitation", invitation("acme", "EDITOR"),
                        "name", "carl",
                        "displayName", "Carl",
                        "email", "carl@example.org",
                        "password", password("carl"),
                        "born", "1987-05-04",
                        "bio", "Mends roofs."));
        assertThat(made.outcome()).isEqualTo("201");
        assertThat(made.header("Location")).isEqualTo("/api/accounts/users/carl");
        assertThat(made.text("name") + " " + made.text("email") + " " + made.text("born") + " " + made.text("bio"))
                .isEqualTo("carl carl@example.org 1987-05-04 Mends roofs.");

        Answer wrong = call(
                NOBODY,
                "POST",
                USERS,
                Map.of(
                        "invitation", invitation("acme", "EDITOR"),
                        "bio", "x".repeat(1_001),
                        "born", "2999-01-01",
                        "password", "short",
                        "email", "nowhere",
                        "displayName", " ",
                        "name", "-"));
        assertThat(wrong.outcome()).isEqualTo("400 user.invalid");
        assertThat(wrong.violations())
                .as("all at once, in declared order")
                .containsExactly("name", "displayName", "email", "password", "born", "bio");

        assertThat(register("carla", "carl@example.org", invitation("acme", "EDITOR"))
                        .outcome())
                .isEqualTo("409 user.email-taken");
        assertThat(register("carl", "other@example.org", invitation("acme", "EDITOR"))
                        .outcome())
                .isEqualTo("409 user.name-taken");
        String used = invitation("acme", "EDITOR");
        assertThat(register("dora", "dora@example.org", used).outcome()).isEqualTo("201");
        assertThat(register("dirk", "dirk@example.org", used).outcome()).isEqualTo("410 invitation.gone");
        assertThat(call(NOBODY, "POST", USERS, Map.of("name", "x")).outcome()).isEqualTo("400 request.malformed");
    }

    @Test
    void one_changes_what_is_said_of_oneself() {
        Answer changed = call("bob", "PATCH", ME, Map.of("email", "Bob@Example.org", "bio", "Likes lists."));
        assertThat(changed.outcome()).isEqualTo("200");
        assertThat(changed.text("email") + " " + changed.text("bio")).isEqualTo("bob@example.org Likes lists.");
        assertThat(call("bob", "PATCH", ME, Map.of("bio", ""))
                        .json()
                        .path("bio")
                        .isNull())
                .isTrue();

        Answer wrong = call("bob", "PATCH", ME, Map.of("born", "yesterday", "email", "x", "displayName", ""));
        assertThat(wrong.outcome()).isEqualTo("400 user.invalid");
        assertThat(wrong.violations()).containsExactly("displayName", "email", "born");
        assertThat(call(NOBODY, "PATCH", ME, Map.of("bio", "")).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("bob", "PATCH", ME, Map.of("email", "ada@example.org")).outcome())
                .isEqualTo("409 user.email-taken");
        assertThat(call("bob", "PATCH", ME, Map.of("bio", "Late."), "If-Match", "\"1\"")
                        .outcome())
                .isEqualTo("412 version.stale");
    }

    @Test
    void one_sees_oneself_and_those_with_whom_one_shares_an_organization() {
        call("ada", "PATCH", ME, Map.of("born", "1990-01-02", "bio", "Grows oaks."));
        Answer me = call("ada", "GET", ME);
        assertThat(me.outcome() + " " + me.text("name")).isEqualTo("200 ada");
        Answer seen = call("bob", "GET", USERS + "/ada");
        assertThat(seen.outcome() + " " + seen.text("bio")).isEqualTo("200 Grows oaks.");
        assertThat(seen.json().path("born").isNull())
                .as("only ada and olga see it")
                .isTrue();
        assertThat(call("olga", "GET", USERS + "/ada").text("born")).isEqualTo("1990-01-02");
        assertThat(call("bob", "GET", USERS + "/" + me.text("id")).json()).isEqualTo(seen.json());

        assertThat(call(NOBODY, "GET", ME).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call(NOBODY, "GET", USERS + "/ada").outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("bob", "GET", USERS + "/nobody-here").outcome()).isEqualTo("404 user.absent");
        assertThat(call("bob", "GET", USERS + "/" + NO_ID).outcome()).isEqualTo("404 user.absent");
        assertThat(call("zoe", "GET", USERS + "/ada").outcome()).isEqualTo("404 user.absent");
    }

    @Test
    void one_lists_people_page_by_page() {
        assertThat(call("zoe", "GET", USERS).all("name")).containsExactly("olga", "zoe");
        assertThat(call("eve", "GET", USERS).all("name"))
                .contains("ada", "bob", "eve", "olga")
                .doesNotContain("zoe")
                .isSorted();
        assertThat(call("olga", "GET", USERS).all("name")).contains("ada", "zoe");
        Answer first = call("eve", "GET", USERS + "?limit=2");
        assertThat(first.all("name")).containsExactly("ada", "bob");
        assertThat(call("eve", "GET", USERS + "?limit=1&after=" + first.text("next"))
                        .all("name"))
                .hasSize(1)
                .doesNotContain("ada", "bob");
        assertThat(call(NOBODY, "GET", USERS).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("eve", "GET", USERS + "?limit=0").outcome()).startsWith("400 ");
    }

    @Test
    void one_signs_in_lists_ones_sessions_and_ends_them() {
        Answer begun = call(NOBODY, "POST", SESSIONS, Map.of("name", "EVE", "password", password("eve")));
        assertThat(begun.outcome()).isEqualTo("201");
        assertThat(begun.header("Set-Cookie")).contains("HttpOnly", "SameSite");
        assertThat(begun.text("csrfToken")).isNotEmpty();
        assertThat(call(NOBODY, "POST", SESSIONS, Map.of("name", "eve")).outcome())
                .isEqualTo("400 request.malformed");
        assertThat(call(NOBODY, "POST", SESSIONS, Map.of("name", "eve", "password", "not the one"))
                        .outcome())
                .as("the same as for a name that is nobody's")
                .isEqualTo(call(NOBODY, "POST", SESSIONS, Map.of("name", "nobody-here", "password", "not the one"))
                        .outcome())
                .isEqualTo("401 sign-in.failed");

        String session = call("eve", "GET", SESSIONS).all("id").getFirst();
        assertThat(call(NOBODY, "GET", SESSIONS).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("bob", "DELETE", SESSIONS + "/" + session).outcome()).isEqualTo("404 session.absent");
        assertThat(call(NOBODY, "DELETE", SESSIONS + "/" + session).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("eve", "DELETE", SESSIONS + "/" + session).outcome()).isEqualTo("204");
        assertThat(call("eve", "DELETE", SESSIONS + "/" + session).outcome()).isEqualTo("404 session.absent");
        assertThat(call("eve", "GET", SESSIONS).all("id")).doesNotContain(session);
    }

    @Test
    void a_token_does_what_its_scopes_say_until_it_is_revoked() {
        Answer made = call("ada", "POST", TOKENS, Map.of("name", "reader", "scopes", List.of("notes:read")));
        assertThat(made.outcome()).isEqualTo("201");
        tokens.put("ada, reading", made.text("token"));
        assertThat(call("ada, reading", "GET", NOTES).outcome()).isEqualTo("200");
        assertThat(call("ada, reading", "POST", NOTES, Map.of("title", "No")).outcome())
                .startsWith("403 ");
        assertThat(call("ada, reading", "GET", SESSIONS).outcome()).startsWith("403 ");
        assertThat(call("ada", "POST", TOKENS, Map.of("name", "", "scopes", List.of("no such scope")))
                        .outcome())
                .isEqualTo("400 token.invalid");
        assertThat(call("bob", "DELETE", TOKENS + "/" + made.text("id")).outcome())
                .isEqualTo("404 token.absent");
        assertThat(call("ada", "DELETE", TOKENS + "/" + made.text("id")).outcome())
                .isEqualTo("204");
        assertThat(call("ada, reading", "GET", NOTES).outcome()).startsWith("401 ");
    }

    // --- notes ----------------------------------------------------------------------------------------------------

    @Test
    void one_writes_a_note() {
        Map<String, Object> draft = Map.of(
                "title", "Mend the roof",
                "body", "Before *winter*.",
                "due", "2999-10-01T08:00:00Z",
                "status", "ToDo",
                "access", "Public");
        Answer made = call("ada", "POST", NOTES, draft);
        assertThat(made.outcome()).isEqualTo("201");
        assertThat(made.text("slug")).endsWith("-Mend_the_roof");
        assertThat(made.header("Location")).startsWith(NOTES + "/" + made.text("slug"));
        assertThat(call("bob", "GET", made.header("Location")).json()).isEqualTo(made.json());

        Answer wrong = call(
                "ada",
                "POST",
                NOTES,
                Map.of(
                        "color", "red",
                        "access", "Secret",
                        "status", "Never",
                        "due", "2020-01-01T00:00:00Z",
                        "title", ""));
        assertThat(wrong.outcome()).isEqualTo("400 note.invalid");
        assertThat(wrong.violations()).containsExactly("title", "due", "status", "access", "color");
        assertThat(call(NOBODY, "POST", NOTES, draft).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("eve", "POST", NOTES, draft).outcome()).isEqualTo("403 forbidden");
        assertThat(call("ada", "POST", NOTES, draft).outcome()).isEqualTo("409 note.slug-taken");
    }

    @Test
    void one_finds_notes_by_id_by_slug_and_ones_own() {
        Answer made = written("ada", "To be found", "Public");
        Answer hidden = written("ada", "To be hidden", "Private");
        assertThat(call("bob", "GET", path(made)).outcome()).isEqualTo("200");
        assertThat(call("bob", "GET", NOTES + "/" + made.text("slug")).outcome())
                .isEqualTo("200");
        assertThat(call("ada", "GET", NOTES + "/mine").all("title")).contains("To be found", "To be hidden");
        assertThat(call("bob", "GET", NOTES + "/mine").all("title")).doesNotContain("To be found");
        for (String way : List.of(made.text("id"), made.text("slug"), "mine")) {
            assertThat(call(NOBODY, "GET", NOTES + "/" + way).outcome()).isEqualTo("401 sign-in.required");
        }
        assertThat(call("bob", "GET", path(hidden)).outcome()).isEqualTo("404 note.absent");
        assertThat(call("bob", "GET", NOTES + "/" + hidden.text("slug")).outcome())
                .isEqualTo("404 note.absent");
        assertThat(call("zoe", "GET", path(made)).outcome()).isEqualTo("404 note.absent");
        assertThat(call("ada", "GET", NOTES + "/" + NO_ID).outcome()).isEqualTo("404 note.absent");
        assertThat(call("ada", "GET", NOTES + "/2026-01-01-None").outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void one_rewrites_a_note_and_puts_it_into_the_trash() {
        Answer made = written("ada", "To be rewritten", "Public");
        assertThat(call("bob", "PUT", path(made), Map.of("title", "Rewritten")).outcome())
                .isEqualTo("200");
        assertThat(call("ada", "PUT", path(made), Map.of("title", "x".repeat(256)))
                        .outcome())
                .isEqualTo("400 note.invalid");
        assertThat(call(NOBODY, "PUT", path(made), Map.of("title", "x")).outcome())
                .isEqualTo("401 sign-in.required");
        assertThat(call("bob", "PUT", path(made), Map.of("title", "x", "access", "Private"))
                        .outcome())
                .isEqualTo("403 access.not-yours");
        assertThat(call("zoe", "PUT", path(made), Map.of("title", "x")).outcome())
                .isEqualTo("404 note.absent");
        assertThat(call("ada", "PUT", path(made), Map.of("title", "x"), "If-Match", "\"1\"")
                        .outcome())
                .isEqualTo("412 version.stale");

        assertThat(call(NOBODY, "DELETE", path(made)).outcome()).isEqualTo("401 sign-in.required");
        assertThat(call("eve", "DELETE", path(made)).outcome()).isEqualTo("403 forbidden");
        assertThat(call("zoe", "DELETE", path(made)).outcome()).isEqualTo("404 note.absent");
        assertThat(call("ada", "DELETE", path(made)).outcome()).isEqualTo("200");
        assertThat(call("ada", "GET", path(made)).outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void one_comments_on_a_note() {
        String comments = path(written("ada", "To be talked of", "Public")) + "/comments";
        Answer said =
                call("bob", "POST", comments, Map.of("title", "Nice", "body", "Yes.", "color", "3a7f2c", "stars", 5));
        assertThat(said.outcome()).isEqualTo("201");
        assertThat(call("ada", "POST", comments, Map.of("body", "Thanks.", "parent", said.text("id")))
                        .outcome())
                .isEqualTo("201");
        assertThat(call("eve", "GET", comments).all("body")).containsExactly("Yes.", "Thanks.");
        String one = comments + "/" + said.text("id");
        assertThat(call("bob", "PUT", one, Map.of("body", "Yes!", "stars", 4)).outcome())
                .isEqualTo("200");

        Answer wrong = call("bob", "POST", comments, Map.of("stars", 6, "color", "red", "body", ""));
        assertThat(wrong.outcome()).isEqualTo("400 comment.invalid");
        assertThat(wrong.violations()).containsExactly("body", "color", "stars");
        assertThat(call("bob", "PUT", one, Map.of("body", "")).outcome()).isEqualTo("400 comment.invalid");
        for (Answer refused : List.of(
                call(NOBODY, "GET", comments),
                call(NOBODY, "POST", comments, Map.of("body", "x")),
                call(NOBODY, "PUT", one, Map.of("body", "x")),
                call(NOBODY, "DELETE", one))) {
            assertThat(refused.outcome()).isEqualTo("401 sign-in.required");
        }
        assertThat(call("ada", "PUT", one, Map.of("body", "Mine")).outcome()).isEqualTo("403 comment.not-yours");
        assertThat(call("zoe", "POST", comments, Map.of("body", "x")).outcome()).isEqualTo("404 note.absent");
        assertThat(call("bob", "DELETE", one).outcome()).isEqualTo("204");
    }

    @Test
    void one_gives_a_tag_its_colour() {
        assertThat(call("ada", "POST", TAGS, Map.of("title", "house", "color", "3a7f2c"))
                        .outcome())
                .isEqualTo("201");
        assertThat(call("bob", "GET", TAGS).outcome()).isEqualTo("200");
        Answer wrong = call("ada", "POST", TAGS, Map.of("color", "red", "title", "a!b"));
        assertThat(wrong.outcome()).isEqualTo("400 tag.invalid");
        assertThat(wrong.violations()).containsExactly("title", "color");
        assertThat(call(NOBODY, "POST", TAGS, Map.of("title", "x", "color", "3a7f2c"))
                        .outcome())
                .isEqualTo("401 sign-in.required");
        assertThat(call("ada", "POST", TAGS, Map.of("title", "house", "color", "ffffff"))
                        .outcome())
                .isEqualTo("409 tag.taken");
    }

    @Test
    void one_asks_how_it_does_and_what_there_is() {
        assertThat(call(NOBODY, "GET", "/health/live").outcome()).isEqualTo("200");
        assertThat(call(NOBODY, "GET", "/health/ready").outcome()).isEqualTo("200");
        assertThat(call(NOBODY, "GET", "/version").text("version")).isEqualTo(Release.VERSION);
        assertThat(call("eve", "GET", "/api/notes/stati").body())
                .contains("Blank", "New", "Ready", "ToDo", "Doing", "Review", "Completed");
        assertThat(call(NOBODY, "GET", "/api/notes/stati").outcome()).isEqualTo("401 sign-in.required");
    }

    // --- how it is asked ------------------------------------------------------------------------------------------

    /** An answer, and what it says. */
    private record Answer(HttpResponse<String> response) {
        /** Status and code of a refusal, as {@code 404 note.absent}; the status alone of a success. */
        String outcome() {
            return response.statusCode() < 300
                    ? Integer.toString(response.statusCode())
                    : response.statusCode() + " " + text("code");
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return Json.tree(response.body());
        }

        String text(String member) {
            return json().path(member).asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        List<String> all(String member) {
            return json().path("items")
                    .valueStream()
                    .map(item -> item.path(member).asString(""))
                    .toList();
        }

        /** The fields that are wrong. */
        List<String> violations() {
            return json().path("violations")
                    .valueStream()
                    .map(wrong -> wrong.path("field").asString(""))
                    .toList();
        }
    }

    private static Answer call(String person, String method, String path) {
        return call(person, method, path, Map.of());
    }

    /** @param body none when it is empty */
    private static Answer call(String person, String method, String path, Map<String, ?> body, String... headers) {
        var request = HttpRequest.newBuilder(leat.url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body)));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!person.isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.get(person));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer written(String person, String title, String access) {
        return call(person, "POST", NOTES, Map.of("title", title, "body", "Some *text*.", "access", access));
    }

    private static String path(Answer note) {
        return NOTES + "/" + note.text("id");
    }

    private static String password(String name) {
        return "a sentence of one who mends " + name + "s";
    }

    private static String invitation(String organization, String role) {
        return call(
                        "olga",
                        "POST",
                        "/api/accounts/organizations/" + organization + "/invitations",
                        Map.of("role", role))
                .text("secret");
    }

    private static Answer register(String name, String email, String invitation) {
        return call(
                NOBODY,
                "POST",
                USERS,
                Map.of("invitation", invitation, "name", name, "email", email, "password", password(name)));
    }

    // --- who is there ---------------------------------------------------------------------------------------------

    @BeforeAll
    static void people_come() throws Exception {
        Settings settings = Settings.of(Configuration.read(
                List.of("--data", folder.resolve("data").toString(), "--port", "0"), Map.of(), folder));
        leat = Installation.start(settings, any -> new MemoryEngine(), Main::modules);
        http = HttpClient.newHttpClient();
        assertThat(leat.awaitReady(Duration.ofSeconds(30))).isTrue();
        arrive("olga", "acme");
        signIn("olga");
        call("olga", "POST", "/api/accounts/organizations", Map.of("name", "bolt"));
        come("ada", "acme", "EDITOR");
        come("bob", "acme", "EDITOR");
        come("eve", "acme", "VIEWER");
        come("zoe", "bolt", "EDITOR");
    }

    @AfterAll
    static void they_go() {
        http.close();
        leat.close();
    }

    /** The owner comes by the link that the start prints, in a browser. */
    private static void arrive(String name, String organization) throws IOException, InterruptedException {
        try (var browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var link = URI.create(leat.firstSignIn().orElseThrow());
            browser.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
            String form = Map.of(
                            "name",
                            name,
                            "organization",
                            organization,
                            "password",
                            password(name),
                            "repeated",
                            password(name))
                    .entrySet()
                    .stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var sent = HttpRequest.newBuilder(leat.url().resolve("/first-sign-in"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "text/html")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            assertThat(browser.send(sent, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static void come(String name, String organization, String role) {
        assertThat(register(name, name + "@example.org", invitation(organization, role))
                        .outcome())
                .isEqualTo("201");
        signIn(name);
    }

    /** By password, for a token with which everything else is done. */
    private static void signIn(String name) {
        Answer begun = call(NOBODY, "POST", SESSIONS, Map.of("name", name, "password", password(name)));
        String cookie = begun.header("Set-Cookie").split(";", 2)[0];
        Answer made = call(
                NOBODY,
                "POST",
                TOKENS,
                Map.of("name", "everything", "scopes", List.of("*")),
                "Cookie",
                cookie,
                "X-CSRF-Token",
                begun.text("csrfToken"));
        assertThat(made.outcome()).isEqualTo("201");
        tokens.put(name, made.text("token"));
    }
}
