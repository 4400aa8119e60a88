package leat.notes;

import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages as a browser without scripts uses them, and what their scripts ask for. */
@Timeout(60)
final class NotePagesTest {
    private static final String SECRET = "Zwetschgenknoedel";

    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    @BeforeEach
    void start() {
        running = Running.inMemory();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    // --- reading -------------------------------------------------------------------------------------------------

    @Test
    void empty_pages_say_what_to_do_next() {
        assertThat(running.page("ada", "/notes").text()).contains("No notes yet", "Write the first note");
        assertThat(running.page("ada", "/notes/board").text()).contains("Nothing on the board yet");
        assertThat(running.page("ada", "/notes/tags").text()).contains("No tags yet");
        assertThat(running.page("ada", "/notes/trash").text()).contains("The trash is empty");
        assertThat(running.page("ada", "/notes/calendar").text()).contains("Nothing is due in this month");
        assertThat(running.page("nia", "/notes").text()).contains("Go to organizations");
        assertThat(running.page("eve", "/notes").text())
                .contains("No notes yet")
                .doesNotContain("Write the first note");
    }

    @Test
    void a_note_is_shown_as_markdown_in_which_nothing_acts() {
        String id =
                running.create("ada", note("Roof", "Some **text**<script>alert(1)</script> [x](javascript:alert(1))"));
        assertThat(running.page("bob", "/notes/" + id).text())
                .contains("<h1>Roof</h1>", "Some <strong>text</strong>", "Ada")
                .doesNotContain("<script>alert", "javascript:alert");
    }

    @Test
    void a_link_leads_to_the_note_that_its_reader_may_see_or_to_a_new_one() {
        String roof = running.create("ada", open("Roof"));
        running.create("ada", closed("Cellar"));
        String id = running.create("ada", note("Links", "[[roof]] and [[Cellar]] and [[Attic]]"));
        assertThat(running.page("ada", "/notes/" + id).text())
                .contains("href=\"/notes/" + roof + "\" class=\"note-link\"")
                .contains("href=\"/notes/new?title&#61;Attic\" class=\"note-link note-missing\"");
        assertThat(running.page("bob", "/notes/" + id).text())
                .contains("href=\"/notes/new?title&#61;Cellar\" class=\"note-link note-missing\"");
        assertThat(running.page("eve", "/notes/" + id).text()).contains("[[Attic]]");
    }

    @Test
    void a_note_names_the_notes_that_link_to_it_as_far_as_they_may_be_seen() {
        String roof = running.create("ada", open("Roof"));
        assertThat(running.page("bob", "/notes/" + roof).text()).contains("No note links here yet");
        running.create("ada", note("Builder", "Mends the [[roof]]."));
        var secret = new HashMap<String, Object>(closed(SECRET));
        secret.put("body", "[[Roof]]");
        running.create("ada", secret);
        assertThat(running.page("bob", "/notes/" + roof).text())
                .contains("Builder")
                .doesNotContain(SECRET);
        assertThat(running.page("ada", "/notes/" + roof).text()).contains("Builder", SECRET);
    }

    @Test
    void the_list_is_narrowed_and_names_who_wrote() {
        running.create(
                "ada", Map.of("title", "Roof", "access", "Public", "tags", List.of("house/roof"), "status", "Doing"));
        running.create("ada", open("Cellar"));
        assertThat(running.page("bob", "/notes").text()).contains("Roof", "Cellar", "Ada", "2 notes");
        assertThat(running.page("bob", "/notes?q=roo").text()).contains("Roof").doesNotContain("Cellar");
        assertThat(running.page("bob", "/notes?tag=house").text())
                .contains("Roof")
                .doesNotContain("Cellar");
        assertThat(running.page("bob", "/notes?status=Doing&kind=Note").text())
                .contains("Roof")
                .doesNotContain("Cellar");
        assertThat(running.page("bob", "/notes?q=nothing").text()).contains("Show all notes");
    }

    @Test
    void the_list_is_searched_in_titles_tags_and_texts_the_best_first_with_what_was_found_marked() {
        running.create("ada", note("Cellar", "Below the **roof** there is [wine](https://example.org/roofless)."));
        running.create("ada", open("Roof"));
        String found = running.page("bob", "/notes?q=roo").text();
        assertThat(found.indexOf("<mark>Roof</mark>"))
                .isPositive()
                .isLessThan(found.indexOf("Below the <mark>roof</mark> there is wine."));
        assertThat(running.page("bob", "/notes?q=roo+-wine").text())
                .contains("<mark>Roof</mark>")
                .doesNotContain("Cellar");
        assertThat(running.page("bob", "/notes?q=%22below+the+roof%22&author=bob")
                        .text())
                .contains("Nothing has “\"below the roof\"”", "Look in the archive", "Write a note about it");
        assertThat(running.page("eve", "/notes?q=cellarage").text())
                .contains("Nothing has")
                .doesNotContain("Write a note about it");
        assertThat(running.page("bob", "/notes?q=roo&after=x").status()).isEqualTo(400);
    }

    @Test
    void the_list_is_narrowed_to_a_persons_notes_and_to_days() {
        running.create("ada", Map.of("title", "Roof", "access", "Public", "due", "2999-06-02T08:00:00Z"));
        running.create("bob", open("Cellar"));
        running.create("oda", closed(SECRET));
        assertThat(running.page("eve", "/notes").text())
                .contains("<option value=\"ada\">Ada</option><option value=\"bob\">Bob</option>")
                .doesNotContain("Oda");
        assertThat(running.page("eve", "/notes?author=bob").text())
                .contains("Cellar", "<option value=\"bob\" selected>Bob</option>")
                .doesNotContain("Roof");
        assertThat(running.page("eve", "/notes?dueFrom=2999-06-02&dueBefore=2999-06-03")
                        .text())
                .contains("Roof")
                .doesNotContain("Cellar");
        assertThat(running.page("eve", "/notes?dueFrom=2999-06-03").text())
                .contains("No note is like that")
                .doesNotContain("Roof");
        assertThat(running.page("eve", "/notes?dueFrom=soon").status()).isEqualTo(400);
    }

    @Test
    void a_private_note_is_on_no_page_of_anybody_else() {
        var draft = new HashMap<String, Object>(closed(SECRET));
        draft.putAll(Map.of("body", SECRET, "tags", List.of(SECRET), "status", "Doing", "due", "2999-01-01T00:00:00Z"));
        String id = running.create("ada", draft);
        for (String user : List.of("bob", "eve", "oda", "dan", "zoe", "nia")) {
            for (Route route : running.pageRoutes()) {
                String path = route.path()
                        .text()
                        .replace("{id}", id)
                        .replace("{comment}", id)
                        .replace("{attachment}", id)
                        .replace("{from}", id)
                        .replace("{search}", id)
                        .replace("{import}", id)
                        .replace("{person}", "nobody")
                        .replace("{reminder}", id)
                        .replace("{notebook}", "0000000000000")
                        .replace("{user}", user)
                        .replace("{link}", id)
                        .replace("{token}", id)
                        .replace("{note}", id);
                if (path.endsWith("/events") && !path.contains(id)) {
                    continue;
                }
                boolean isOne = path.contains(id);
                Answer answer = route.method().equals("GET")
                        ? running.page(user, path)
                        : running.form(
                                user, route.method(), path, Map.of("title", "x", "status", "Doing", "body", "x"));
                assertThat(answer.text()).as("%s of %s", route, user).doesNotContain(SECRET);
                if (isOne) {
                    assertThat(answer.status()).as("%s of %s", route, user).isEqualTo(404);
                }
            }
        }
        assertThat(running.page("bob", "/notes/calendar?month=2999-01").text()).doesNotContain(SECRET);
        assertThat(running.page("ada", "/notes/" + id).text()).contains(SECRET);
    }

    @Test
    void who_only_looks_is_offered_nothing_to_change() {
        String id = running.create("ada", open("Roof"));
        assertThat(running.page("eve", "/notes/" + id).text())
                .contains("Roof")
                .doesNotContain("/edit", "/pin", "/archive", "/status");
        assertThat(running.page("eve", "/notes/" + id + "/edit").status()).isEqualTo(403);
        assertThat(running.form("eve", "POST", "/notes/" + id, Map.of("title", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(running.form("eve", "DELETE", "/notes/" + id, Map.of()).status())
                .isEqualTo(403);
    }

    // --- writing -------------------------------------------------------------------------------------------------

    @Test
    void a_form_creates_a_note() {
        Answer created = running.form(
                "ada",
                "POST",
                "/notes",
                Map.of(
                        "title",
                        " Roof ",
                        "body",
                        "one\r\ntwo",
                        "tags",
                        "House/Roof, to read",
                        "due",
                        "2999-01-02T03:04",
                        "status",
                        "Doing",
                        "access",
                        "Public",
                        "url",
                        "",
                        "color",
                        "d9483b",
                        "start",
                        "",
                        "end",
                        ""));
        assertThat(created.status()).isEqualTo(303);
        var note = running.get("ada", "/api/notes" + created.header("Location")).json();
        assertThat(note.path("title").asString()).isEqualTo("Roof");
        assertThat(note.path("body").asString()).isEqualTo("one\ntwo");
        assertThat(note.path("due").asString()).isEqualTo("2999-01-02T03:04:00Z");
        assertThat(note.path("tags").toString()).isEqualTo("[\"house/roof\",\"to-read\"]");
        assertThat(note.path("status").asString()).isEqualTo("Doing");
    }

    @Test
    void a_refused_form_comes_back_as_it_was_with_all_that_is_wrong() {
        Answer refused = running.form(
                "ada",
                "POST",
                "/notes",
                Map.of("title", "", "body", "kept text", "due", "2001-01-01T00:00", "color", "x"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains(
                        "Give the note a title.",
                        "Choose a moment in the future.",
                        "Use six hexadecimal digits",
                        "kept text");
    }

    @Test
    void what_two_wrote_in_different_lines_comes_together() {
        String id = running.create("ada", note("Roof", "a\nb\nc"));
        String version = version(id);
        assertThat(save("ada", id, version, "A\nb\nc").status()).isEqualTo(303);
        assertThat(save("bob", id, version, "a\nb\nC").status()).isEqualTo(303);
        assertThat(body(id)).isEqualTo("A\nb\nC");
    }

    @Test
    void what_two_wrote_in_the_same_line_comes_back_with_both_texts_and_is_saved_once_decided() {
        String id = running.create("ada", note("Roof", "a\nb\nc"));
        String version = version(id);
        save("ada", id, version, "a\nAda's\nc");
        Answer both = save("bob", id, version, "a\nBob's\nc");
        assertThat(both.status()).isEqualTo(409);
        assertThat(both.text()).contains("Ada&#39;s", "Bob&#39;s", "Ada wrote here at the same time");
        assertThat(body(id)).isEqualTo("a\nAda's\nc");
        assertThat(save("bob", id, version(id), "a\nboth\nc").status()).isEqualTo(303);
        assertThat(body(id)).isEqualTo("a\nboth\nc");
    }

    @Test
    void a_script_gets_the_note_as_it_stands_or_both_texts() {
        String id = running.create("ada", note("Roof", "a\nb\nc"));
        String version = version(id);
        Answer saved = scripted("ada", id, version, "a\nb\nc", "A\nb\nc");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.json().path("fields").path("body").asString()).isEqualTo("A\nb\nc");
        Answer merged = scripted("bob", id, version, "a\nb\nc", "a\nb\nC");
        assertThat(merged.json().path("fields").path("body").asString()).isEqualTo("A\nb\nC");
        Answer both = scripted("bob", id, version, "a\nb\nc", "a\nb\nother");
        assertThat(both.status()).isEqualTo(409);
        assertThat(both.json().path("both").asString()).contains("C", "other");
        assertThat(both.json().path("fields").path("body").asString()).isEqualTo("A\nb\nC");
    }

    @Test
    void what_is_typed_on_while_a_merge_is_under_way_is_no_conflict() {
        String id = running.create("ada", note("Roof", "a\nb\nc"));
        String version = version(id);
        save("ada", id, version, "a\nb\nAda's");
        String merged = scripted("bob", id, version, "a\nb\nc", "Bo\nb\nc")
                .json()
                .path("version")
                .asString();
        Answer on = scripted("bob", id, merged, "Bo\nb\nc", "Bob's\nb\nc");
        assertThat(on.status()).isEqualTo(200);
        assertThat(body(id)).isEqualTo("Bob's\nb\nAda's");
    }

    @Test
    void a_text_with_other_line_breaks_stays_untouched_until_it_is_changed() {
        String id = running.create("ada", note("Roof", "a\r\nb\r\nc"));
        running.form(
                "ada", "POST", "/notes/" + id, Map.of("version", version(id), "title", "Roofs", "body", "a\r\nb\r\nc"));
        assertThat(body(id)).isEqualTo("a\r\nb\r\nc");
        String version = version(id);
        save("ada", id, version, "A\r\nb\r\nc");
        save("bob", id, version, "a\r\nb\r\nC");
        assertThat(body(id)).isEqualTo("A\nb\nC");
    }

    @Test
    void only_the_author_is_asked_who_sees_it() {
        String id = running.create("ada", open("Roof"));
        assertThat(running.page("ada", "/notes/" + id + "/edit").text()).contains("Who sees it");
        assertThat(running.page("bob", "/notes/" + id + "/edit").text()).doesNotContain("Who sees it");
        assertThat(save("bob", id, version(id), "changed").status()).isEqualTo(303);
    }

    @Test
    void a_preview_is_rendered_like_the_note() {
        Answer preview = running.form(
                "ada", "POST", "/notes/preview", Map.of("body", "*a* <script>b</script>"), "HX-Request", "true");
        assertThat(preview.text()).contains("<em>a</em>").doesNotContain("<script");
    }

    @Test
    void days_and_times_of_forms_and_lists_are_those_of_the_readers_zone() {
        String berlin = "leat-zone=Europe/Berlin";
        assertThat(running.page("ada", "/notes/new").text()).contains("Due, in UTC");
        assertThat(running.page("ada", "/notes/new", "Cookie", berlin).text())
                .contains("Due, in Europe/Berlin", "name=\"zone\" value=\"Europe/Berlin\"");
        var fields = Map.of("title", "Roof", "due", "2999-02-01T00:30", "zone", "Europe/Berlin");
        String path = running.form("ada", "POST", "/notes", fields).header("Location");
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(running.get("ada", Running.NOTES + "/" + id).text("due")).isEqualTo("2999-01-31T23:30:00Z");
        assertThat(running.page("ada", path + "/edit", "Cookie", berlin).text()).contains("2999-02-01T00:30");
        assertThat(running.page("ada", path + "/edit").text()).contains("2999-01-31T23:30");
        assertThat(running.page("ada", path + "/edit?zone=Europe/Berlin", "Accept", "application/json")
                        .json()
                        .path("fields")
                        .path("due")
                        .asString(""))
                .isEqualTo("2999-02-01T00:30");

        String calendar = "/notes/calendar?month=2999-02";
        assertThat(running.page("ada", calendar).text())
                .contains("in UTC")
                .containsPattern("(?s)2999-01-31\"(?:(?!2999-02-01).)*23:30 Roof");
        assertThat(running.page("ada", calendar, "Cookie", berlin).text())
                .contains("in Europe/Berlin")
                .containsPattern("(?s)2999-02-01\"(?:(?!2999-02-02).)*00:30 Roof");
        assertThat(running.page("ada", path + "/reminders", "Cookie", berlin).text())
                .contains("value=\"Europe/Berlin\" selected");
        assertThat(running.page("ada", path + "/reminders", "Cookie", "leat-zone=Etc/GMT+5")
                        .text())
                .contains("value=\"UTC\" selected");
        String days = "/notes?dueFrom=2999-02-01&dueBefore=2999-02-02";
        assertThat(running.page("ada", days).text()).doesNotContain(id);
        assertThat(running.page("ada", days, "Cookie", berlin).text()).contains(id);
        assertThat(running.as("ada", "GET", "/api" + days.replace("/notes", "/notes/notes"), "", "Cookie", berlin)
                        .all("id"))
                .as("the days of the interface are those of UTC")
                .isEmpty();
    }

    @Test
    void a_form_stays_in_the_zone_in_which_it_was_opened() {
        String id = running.create("ada", Map.of("title", "Roof", "due", "2999-01-02T03:04:05.678Z"));
        String version = running.get("ada", Running.NOTES + "/" + id)
                .json()
                .path("version")
                .asString("");
        var fields = Map.of(
                "title", "New roof", "due", "2999-01-02T04:04:05.678", "zone", "Europe/Berlin", "version", version);
        assertThat(running.form("ada", "POST", "/notes/" + id, fields, "Cookie", "leat-zone=Asia/Tokyo")
                        .status())
                .isEqualTo(303);
        var note = running.get("ada", Running.NOTES + "/" + id);
        assertThat(note.text("title")).isEqualTo("New roof");
        assertThat(note.text("due")).isEqualTo("2999-01-02T03:04:05.678Z");
    }

    // --- board, calendar, tags -----------------------------------------------------------------------------------

    @Test
    void a_card_moves_with_and_without_scripts() {
        String id = running.create("ada", Map.of("title", "Roof", "access", "Public", "status", "ToDo"));
        assertThat(running.page("bob", "/notes/board").text()).contains("Move Roof to Doing", "Move Roof to Ready");
        Answer moved = running.form("bob", "PUT", "/notes/" + id + "/status", Map.of("status", "Doing"));
        assertThat(moved.header("Location")).isEqualTo("/notes/board");
        Answer columns = running.form(
                "bob", "PUT", "/notes/" + id + "/status", Map.of("status", "Review"), "HX-Request", "true");
        assertThat(columns.text()).startsWith("<section").contains("Move Roof to Completed");
        assertThat(running.get("ada", Running.NOTES + "/" + id).text("status")).isEqualTo("Review");
    }

    @Test
    void the_calendar_shows_what_is_due_in_a_month() {
        running.create("ada", Map.of("title", "Roof", "access", "Public", "due", "2999-02-03T14:30:00Z"));
        assertThat(running.page("bob", "/notes/calendar?month=2999-02").text()).contains("February 2999", "14:30 Roof");
        assertThat(running.page("bob", "/notes/calendar?month=2999-04").text()).doesNotContain("Roof");
        assertThat(running.page("bob", "/notes/calendar?month=nonsense").status())
                .isEqualTo(200);
    }

    @Test
    void tags_are_larger_the_more_notes_have_them() {
        for (int i = 0; i < 10; i++) {
            running.create(
                    "ada",
                    Map.of(
                            "title",
                            "Note " + i,
                            "access",
                            "Public",
                            "tags",
                            i == 0 ? List.of("rare", "often") : List.of("often")));
        }
        assertThat(running.page("bob", "/notes/tags").text())
                .contains("class=\"cloud-1\" href=\"/notes?tag=rare\"", "class=\"cloud-5\" href=\"/notes?tag=often\"");
    }

    // --- comments ------------------------------------------------------------------------------------------------

    @Test
    void people_talk_about_a_note_answer_react_and_take_back_what_is_their_own() {
        String id = running.create("ada", open("Roof"));
        String note = "/notes/" + id;
        Answer said = running.form(
                "bob", "POST", note + "/comments", Map.of("body", "Is it **dry**?<script>x</script>", "stars", "4"));
        String comment =
                said.header("Location").substring(said.header("Location").indexOf("#comment-") + 9);
        running.form("ada", "POST", note + "/comments", Map.of("body", "It is.", "parent", comment, "stars", "0"));
        running.form("ada", "PUT", note + "/comments/" + comment + "/reaction", Map.of("sign", "👍"));
        assertThat(running.page("eve", note).text())
                .contains("Is it <strong>dry</strong>?", "4 of 5 stars", "It is.", "👍")
                .doesNotContain("<script>x", "id=\"say\"");
        assertThat(running.page("ada", note + "?answer=" + comment).text()).contains("You answer Bob.");
        assertThat(running.page("bob", note + "?reword=" + comment).text()).contains("You change your comment.");
        assertThat(running.page("ada", note + "?reword=" + comment).text()).doesNotContain("You change your comment.");
        assertThat(running.form("ada", "POST", note + "/comments/" + comment, Map.of("body", "no"))
                        .status())
                .isEqualTo(403);
        running.form("bob", "POST", note + "/comments/" + comment, Map.of("body", "Is it wet?", "stars", "0"));
        assertThat(running.page("ada", note).text()).contains("Is it wet?", "changed");
        running.form("bob", "DELETE", note + "/comments/" + comment, Map.of());
        assertThat(running.page("ada", note).text())
                .contains("This comment was removed.", "It is.")
                .doesNotContain("Is it wet?");
    }

    @Test
    void answers_to_answers_without_end_are_shown() {
        String id = running.create("ada", open("Roof"));
        String parent = "";
        for (int i = 0; i < 12; i++) {
            String location = running.form(
                            "ada",
                            "POST",
                            "/notes/" + id + "/comments",
                            Map.of("body", "Answer " + i, "parent", parent))
                    .header("Location");
            parent = location.substring(location.indexOf("#comment-") + 9);
        }
        assertThat(running.page("bob", "/notes/" + id).text()).contains("Answer 0", "Answer 11");
    }

    // --- history and trash ---------------------------------------------------------------------------------------

    @Test
    void the_history_shows_what_changed_and_brings_it_back() {
        String id = running.create("ada", note("Roof", "Mend the old roof."));
        save("bob", id, version(id), "Mend the new roof.");
        assertThat(running.page("eve", "/notes/" + id + "/history").text())
                .contains("<mark>old</mark>", "<mark>new</mark>", "Version 2", "Bob")
                .doesNotContain("Bring back");
        assertThat(running.page("bob", "/notes/" + id + "/history?number=1").text())
                .contains("Bring back version 1");
        Answer restored = running.form("bob", "POST", "/notes/" + id + "/history?restores=1", Map.of());
        assertThat(restored.header("Location")).isEqualTo("/notes/" + id);
        assertThat(body(id)).isEqualTo("Mend the old roof.");
        assertThat(running.page("bob", "/notes/" + id + "/history").text()).contains("brings back 1");
    }

    @Test
    void a_note_goes_to_the_trash_and_comes_back() {
        String id = running.create("ada", open("Roof"));
        Answer gone = running.form("bob", "DELETE", "/notes/" + id, Map.of());
        assertThat(gone.header("Location")).isEqualTo("/notes?trashed=" + id);
        assertThat(running.page("bob", gone.header("Location")).text()).contains("The note is in the trash.", "Undo");
        assertThat(running.page("bob", "/notes/trash").text()).contains("Roof", "Recover");
        assertThat(running.page("bob", "/notes/" + id).text()).contains("This note is in the trash.");
        assertThat(running.form("bob", "DELETE", "/notes/" + id + "/trash", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(running.page("bob", "/notes").text()).contains("Roof");
    }

    // --- live ----------------------------------------------------------------------------------------------------

    @Test
    void a_list_that_is_followed_shows_a_new_note() throws Exception {
        try (var lines = running.follow("bob", "/notes/events?q=roof").body()) {
            var seen = lines.iterator();
            running.create("ada", open("Roof"));
            while (!seen.next().contains("<mark>Roof</mark></a>")) {
                // The list as it was before comes first.
            }
        }
    }

    @Test
    void a_note_that_is_followed_ends_when_it_becomes_private() throws Exception {
        String id = running.create("ada", open("Roof"));
        try (var lines = running.follow("bob", "/notes/" + id + "/events").body()) {
            var seen = lines.iterator();
            while (!seen.next().startsWith("event: note")) {
                // The version comes first.
            }
            running.as("ada", "PUT", Running.NOTES + "/" + id, Map.of("title", SECRET, "access", "Private"));
            var told = new StringBuilder();
            for (String line = seen.next(); !line.equals("event: end"); line = seen.next()) {
                told.append(line).append('\n');
            }
            assertThat(told.toString())
                    .contains("event: comments\ndata: \n", "You see this note no more")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void what_an_editor_saves_by_itself_is_one_version_and_each_save_can_be_brought_back() {
        String id = running.create("ada", note("Roof", "One"));
        String path = "/notes/" + id;
        for (String text : List.of("One and", "One and two", "Three")) {
            String version = running.get("ada", Running.NOTES + "/" + id)
                    .json()
                    .path("version")
                    .asString("");
            assertThat(running.form(
                                    "ada",
                                    "POST",
                                    path,
                                    Map.of("title", "Roof", "body", text, "version", version),
                                    "Accept",
                                    "application/json")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(running.get("ada", Running.NOTES + "/" + id).text("number")).isEqualTo("2");
        var versions = running.get("bob", Running.NOTES + "/" + id + "/versions")
                .json()
                .path("items");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.path(0).path("saves").asInt()).isEqualTo(3);
        assertThat(running.page("bob", path + "/history").text())
                .contains("Saved 3 times while it was written", "3 saves", "Three");
        String second = running.page("bob", path + "/history?number=2&save=4").text();
        assertThat(second).contains("Bring back this save of version 2").doesNotContain("Three");
        assertThat(running.form("bob", "POST", path + "/history?restores=2&save=4", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(running.get("ada", Running.NOTES + "/" + id).text("body")).isEqualTo("One and two");
        assertThat(running.get("ada", Running.NOTES + "/" + id).text("number")).isEqualTo("3");
    }

    @Test
    void who_has_just_written_can_undo_it() {
        String id = running.create("ada", note("Roof", "One"));
        Answer saved = running.form("ada", "POST", "/notes/" + id, Map.of("title", "Roof", "body", "Two"));
        assertThat(saved.header("Location")).isEqualTo("/notes/" + id + "?saved");
        assertThat(running.page("ada", "/notes/" + id + "?saved").text())
                .contains("Version 2 is saved.", "/history?restores=1");
        assertThat(running.page("bob", "/notes/" + id + "?saved").text()).doesNotContain("is saved.");
        assertThat(running.page("ada", "/notes/" + id).text()).doesNotContain("is saved.");
    }

    @Test
    void who_else_looks_or_writes_is_shown_while_their_stream_is_open() throws Exception {
        String id = running.create("ada", open("Roof"));
        try (var lines = running.follow("bob", "/notes/" + id + "/events").body()) {
            var seen = lines.iterator();
            try (var others = running.follow("ada", "/notes/" + id + "/events?doing=Writing")
                    .body()) {
                until(seen, "Ada is writing");
                assertThat(others.findFirst()).isPresent();
                assertThat(running.get("eve", Running.NOTES + "/" + id + "/presence")
                                .text())
                        .contains(
                                "{\"user\":\"ada\",\"doing\":\"Writing\"}", "{\"user\":\"bob\",\"doing\":\"Reading\"}");
            }
            Running.await(() -> !running.get("eve", Running.NOTES + "/" + id + "/presence")
                    .text()
                    .contains("ada"));
            String told;
            do {
                until(seen, "event: presence");
                told = seen.next();
            } while (told.contains("Ada"));
            assertThat(told).doesNotContain("Bob");
        }
        try (var lines = running.follow("bob", Running.NOTES + "/" + id + "/presence/events?doing=Writing")
                .body()) {
            until(lines.iterator(), "{\"user\":\"bob\",\"doing\":\"Writing\"}");
        }
        assertThat(running.get("bob", Running.NOTES + "/" + id + "/presence/events?doing=Flying")
                        .outcome())
                .isEqualTo("400 presence.invalid");
    }

    private static void until(Iterator<String> lines, String text) {
        while (!lines.next().contains(text)) {
            // What came before it.
        }
    }

    @Test
    void notes_that_name_a_title_without_a_link_are_shown_and_linked_at_a_press() {
        String roof = running.create("ada", open("Roof"));
        String builder = running.create("ada", note("Builder", "Mends the roof, not the roofs, nor `roof`."));
        var secret = new HashMap<String, Object>(closed(SECRET));
        secret.put("body", "The roof.");
        running.create("ada", secret);
        assertThat(running.page("bob", "/notes/" + roof).text())
                .contains("Named without a link", "Mends the <mark>roof</mark>, not", "/backlinks/" + builder)
                .doesNotContain(SECRET);
        assertThat(running.page("eve", "/notes/" + roof).text())
                .contains("Named without a link")
                .doesNotContain("/backlinks/");
        assertThat(running.as("eve", "PUT", Running.NOTES + "/" + roof + "/backlinks/" + builder)
                        .outcome())
                .isEqualTo("403 forbidden");
        assertThat(running.form("bob", "PUT", "/notes/" + roof + "/backlinks/" + builder, Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(running.get("bob", Running.NOTES + "/" + builder).text("body"))
                .isEqualTo("Mends the [[Roof|roof]], not the roofs, nor `roof`.");
        assertThat(running.page("bob", "/notes/" + roof).text()).doesNotContain("Named without a link");
        assertThat(running.get("ada", Running.NOTES + "/" + roof + "/mentions").text())
                .contains(SECRET);
        assertThat(running.as("bob", "PUT", Running.NOTES + "/" + roof + "/backlinks/0000000000000")
                        .outcome())
                .isEqualTo("404 note.absent");
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Map<String, Object> note(String title, String body) {
        return Map.of("title", title, "body", body, "access", "Public");
    }

    private Answer save(String user, String id, String version, String body) {
        return running.form(user, "POST", "/notes/" + id, Map.of("version", version, "title", "Roof", "body", body));
    }

    private Answer scripted(String user, String id, String version, String base, String body) {
        return running.form(
                user,
                "POST",
                "/notes/" + id,
                Map.of("version", version, "base", base, "title", "Roof", "body", body),
                "Accept",
                "application/json");
    }

    private String version(String id) {
        return running.get("ada", Running.NOTES + "/" + id).text("version");
    }

    private String body(String id) {
        return running.get("ada", Running.NOTES + "/" + id).text("body");
    }
}
