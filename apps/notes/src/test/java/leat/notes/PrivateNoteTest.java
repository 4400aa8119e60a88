package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static leat.notes.NotebooksApiContract.NOTEBOOKS;
import static leat.notes.Running.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.web.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A private note, tried on every path there is by those who are not its author: none shows that it is there. */
final class PrivateNoteTest {
    /** In title, body and tag, so that it is seen wherever a part of the note comes out. */
    private static final String SECRET = "Zwetschgenknoedel";

    private static final List<String> OTHERS = List.of("bob", "eve", "oda", "dan", "zoe", "nia");

    /** With whom it was shared, by itself and by its notebook, before the tests begin. */
    private static final List<String> ONCE = List.of("dan", "oda");

    private static String tomorrow() {
        return LocalDateTime.now(ZoneOffset.UTC).plusDays(1).toString();
    }

    /** What a route needs besides its path, to be refused for nothing but the note. */
    private static final Map<String, Object> BODIES = Map.ofEntries(
            entry("POST /api/notes/notes", Map.of("title", "Another")),
            entry("PUT /api/notes/notes/{id}", Map.of("title", "Another")),
            entry("PUT /api/notes/notes/{id}/status", Map.of("status", "Doing")),
            entry("POST /api/notes/notes/{id}/versions", Map.of("restores", 1)),
            entry("POST /api/notes/notes/{id}/comments", Map.of("body", "Hello")),
            entry("PUT /api/notes/notes/{id}/comments/{comment}", Map.of("body", "Hello")),
            entry("PUT /api/notes/notes/{id}/notebook", Map.of("notebook", "0000000000000")),
            entry("PUT /api/notes/notes/{id}/shares/{user}", Map.of("role", "Viewer")),
            entry("POST /api/notes/notes/{id}/links", Map.of("days", 1)),
            entry("POST /api/notes/notes/{id}/reminders", Map.of("at", tomorrow())),
            entry("PUT /api/notes/notes/{id}/reminders/{reminder}/snooze", Map.of("minutes", 1)),
            entry("POST /api/notes/notebooks", Map.of("name", "another")),
            entry("PUT /api/notes/notebooks/{notebook}", Map.of("name", "another")),
            entry("PUT /api/notes/notebooks/{notebook}/shares/{user}", Map.of("role", "Viewer")),
            entry("POST /api/notes/notebooks/{notebook}/links", Map.of("days", 1)),
            entry("POST /api/notes/tags", Map.of("title", "another", "color", "000000")),
            entry("PUT /api/notes/tags/{tag}", Map.of("color", "000000")));

    /**
     * What viewers do that changes nothing of the note: they follow it, are reminded of it, and link to it from notes that they
     * write.
     */
    private static final Map<String, String> VIEWERS_OWN = Map.of(
            "PUT /api/notes/notes/{id}/following", "204",
            "DELETE /api/notes/notes/{id}/following", "204",
            "POST /api/notes/notes/{id}/reminders", "201",
            "PUT /api/notes/notes/{id}/reminders/{reminder}/snooze", "404 reminder.absent",
            "PUT /api/notes/notes/{id}/reminders/{reminder}/done", "404 reminder.absent",
            "DELETE /api/notes/notes/{id}/reminders/{reminder}", "404 reminder.absent",
            "PUT /api/notes/notes/{id}/backlinks/{from}", "404 note.absent");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String id;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String slug;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String comment;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String attachment;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String notebook;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String reminder;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
        id = running.create(
                "ada",
                Map.of(
                        "title",
                        SECRET,
                        "body",
                        SECRET,
                        "status",
                        "Doing",
                        "due",
                        "2999-01-01T00:00:00Z",
                        "tags",
                        List.of(SECRET)));
        running.as(
                "ada",
                "PUT",
                NOTES + "/" + id,
                Map.of("title", SECRET, "body", SECRET + " again", "tags", List.of(SECRET)));
        slug = running.get("ada", NOTES + "/" + id).text("slug");
        comment = running.as("ada", "POST", NOTES + "/" + id + "/comments", Map.of("body", SECRET))
                .text("id");
        attachment = running.as("ada", "POST", NOTES + "/" + id + "/attachments?name=" + SECRET, SECRET.getBytes(UTF_8))
                .text("id");
        reminder = running.as("ada", "POST", NOTES + "/" + id + "/reminders", Map.of("at", tomorrow()))
                .text("id");
        notebook = running.as("ada", "POST", NOTEBOOKS, Map.of("name", SECRET)).text("id");
        running.as("ada", "PUT", NOTES + "/" + id + "/notebook", Map.of("notebook", notebook));
        sharedOnce("dan", NOTES + "/" + id);
        sharedOnce("oda", NOTEBOOKS + "/" + notebook);
    }

    /** Somebody who saw it, and does no more. */
    private static void sharedOnce(String user, String path) {
        running.as("ada", "PUT", path + "/shares/" + user, Map.of("role", "Editor"));
        assertThat(running.get(user, NOTES + "/" + id).outcome()).isEqualTo("200");
        running.as("ada", "DELETE", path + "/shares/" + user);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Answer tried(String user, Route route, String name) {
        String path = route.path()
                .text()
                .replace("{id}", name)
                .replace("{number}", "1")
                .replace("{person}", "0000000000000")
                .replace("{search}", "0000000000000")
                .replace("{from}", "0000000000000")
                .replace("{comment}", comment)
                .replace("{attachment}", attachment)
                .replace("{reminder}", reminder)
                .replace("{secret}", "ada.x.ics")
                .replace("{sign}", "x")
                .replace("{tag}", "0000000000000")
                .replace("{import}", "0000000000000")
                .replace("{notebook}", notebook)
                .replace("{user}", "bob")
                .replace("{link}", "0000000000000");
        assertThat(path).as("a value for each part of %s", route).doesNotContain("{");
        return running.as(user, route.method(), path, BODIES.getOrDefault(route.toString(), ""));
    }

    private static List<Route> about(boolean one) {
        return running.routes().stream()
                .filter(route -> route.path().text().contains("{id}") == one)
                .filter(route -> route.answers()
                        .filter(it -> it.mediaType().equals("text/event-stream"))
                        .isEmpty())
                .toList();
    }

    @Test
    void every_route_about_a_note_says_that_there_is_none() {
        for (Route route : about(true)) {
            for (String name : List.of(id, slug)) {
                for (String user : OTHERS) {
                    assertThat(tried(user, route, name).outcome())
                            .as("%s as %s", route, user)
                            .isEqualTo("404 note.absent");
                }
                assertThat(tried("", route, name).outcome())
                        .as(route.toString())
                        .isEqualTo("401 sign-in.required");
            }
        }
        assertThat(running.get("ada", NOTES + "/" + id).json().path("number").asInt())
                .isEqualTo(2);
    }

    @Test
    void its_file_is_at_no_other_note_either() {
        for (String user : List.of("bob", "ada")) {
            String other = running.create(user, Running.open("Another of " + user));
            for (String part : List.of("", "/thumbnail")) {
                assertThat(running.get(user, NOTES + "/" + other + "/attachments/" + attachment + part)
                                .outcome())
                        .isEqualTo("404 attachment.absent");
            }
        }
        assertThat(running.get("ada", NOTES + "/" + id + "/attachments/" + attachment)
                        .text())
                .isEqualTo(SECRET);
    }

    @Test
    void no_other_route_has_a_word_of_it() {
        for (Route route : about(false)) {
            for (String user : OTHERS) {
                String text = tried(user, route, "").text();
                assertThat(text).as("%s as %s", route, user).doesNotContain(SECRET);
                if (!ONCE.contains(user) || !route.toString().equals("GET /api/notes/changes")) {
                    assertThat(text).as("%s as %s", route, user).doesNotContain(id);
                }
            }
        }
    }

    @Test
    void those_who_saw_it_once_are_told_that_it_is_gone_and_strangers_are_told_nothing() {
        for (String user : OTHERS) {
            Answer changes = running.get(user, "/api/notes/changes?organization=acme");
            if (ONCE.contains(user)) {
                assertThat(changes.all("id")).contains(id);
                assertThat(changes.all("gone").get(changes.all("id").indexOf(id)))
                        .isEqualTo("true");
            } else {
                assertThat(changes.text()).doesNotContain(id);
            }
        }
    }

    @Test
    void a_viewer_looks_and_does_nothing_and_loses_it_on_every_route_when_it_is_shared_no_more() {
        String word = "Palatschinken";
        String other = running.create("ada", Map.of("title", word, "body", word, "tags", List.of(word)));
        String path = NOTES + "/" + other;
        running.as("ada", "POST", path + "/comments", Map.of("body", word));
        String before = running.get("ada", path).text();
        running.as("ada", "PUT", path + "/shares/eve", Map.of("role", "Viewer"));
        long version = running.get("ada", path).json().path("version").asLong();
        for (Route route : about(true)) {
            Answer answer = tried("eve", route, other);
            if (VIEWERS_OWN.containsKey(route.toString())) {
                assertThat(answer.outcome()).as(route.toString()).isEqualTo(VIEWERS_OWN.get(route.toString()));
            } else if (!route.method().equals("GET")) {
                assertThat(answer.outcome()).as(route.toString()).isEqualTo("403 forbidden");
            } else if (!route.path().text().endsWith("/links")
                    && !route.path().text().contains("{attachment}")) {
                assertThat(answer.outcome()).as(route.toString()).isEqualTo("200");
            }
        }
        assertThat(running.get("ada", path).json().path("version").asLong()).isEqualTo(version);
        assertThat(running.get("eve", "/api/notes/search?q=" + word).text()).contains(other);
        running.as("ada", "DELETE", path + "/shares/eve");
        for (Route route : about(true)) {
            assertThat(tried("eve", route, other).outcome())
                    .as(route.toString())
                    .isEqualTo("404 note.absent");
        }
        for (Route route : about(false)) {
            assertThat(tried("eve", route, "").text()).as(route.toString()).doesNotContain(word);
        }
        assertThat(before).contains(word);
    }

    @Test
    void it_goes_out_with_its_author_alone() throws Exception {
        for (String user : OTHERS.stream().filter(it -> !it.equals("nia")).toList()) {
            for (String path : List.of("/api/notes/export", "/notes/export")) {
                Answer answer = running.get(user, path + "?organization=" + (user.equals("zoe") ? "bolt" : "acme"));
                assertThat(answer.status()).as(user).isEqualTo(200);
                assertThat(Uploads.unzipped(answer.response().body()).toString())
                        .doesNotContain(SECRET);
            }
        }
        Answer own = running.get("ada", "/api/notes/export");
        assertThat(Uploads.unzipped(own.response().body()).toString()).contains(SECRET + " again");
    }

    @Test
    void search_does_not_find_it() {
        for (String user : OTHERS) {
            assertThat(running.get(user, "/api/notes/search?q=" + SECRET).text())
                    .doesNotContain(id);
        }
        assertThat(running.get("ada", "/api/notes/search?q=" + SECRET).text()).contains(id);
    }

    @Test
    void in_the_trash_it_is_as_hidden() {
        String other = running.create("ada", Map.of("title", SECRET + " too", "body", SECRET));
        running.as("ada", "DELETE", NOTES + "/" + other);
        for (String user : OTHERS) {
            assertThat(running.get(user, "/api/notes/trash").text()).doesNotContain(SECRET);
            assertThat(running.as(user, "DELETE", NOTES + "/" + other + "/trash")
                            .outcome())
                    .isEqualTo("404 note.absent");
        }
    }

    @Test
    void its_author_finds_it_by_every_way() {
        for (String list : List.of(NOTES, NOTES + "/mine", NOTES + "?tag=" + SECRET, NOTES + "?q=zwetsch")) {
            assertThat(running.get("ada", list).all("id")).as(list).contains(id);
        }
        assertThat(running.get("ada", NOTES + "/" + slug).text("id")).isEqualTo(id);
    }
}
