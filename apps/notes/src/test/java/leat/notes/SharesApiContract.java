package leat.notes;

import static leat.notes.NotebooksApiContract.NOTEBOOKS;
import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sharing promises on every engine. Eve has the role viewer in the organization, Bob is an editor there. */
abstract class SharesApiContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    abstract Engine engine();

    @BeforeEach
    void start() {
        running = Running.on(engine());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Answer share(String path, String user, String role) {
        return running.as("ada", "PUT", path + "/shares/" + user, Map.of("role", role));
    }

    private String note(String title) {
        return NOTES + "/" + running.create("ada", closed(title));
    }

    private Answer write(String user, String note) {
        return running.as(user, "PUT", note, Map.of("title", "Mine", "body", "of " + user));
    }

    private Answer say(String user, String note) {
        return running.as(user, "POST", note + "/comments", Map.of("body", "Hello"));
    }

    @Test
    void a_viewer_reads_a_commenter_talks_and_an_editor_writes() {
        String note = note("Mine");
        share(note, "bob", "Viewer");
        assertThat(running.get("bob", note).outcome()).isEqualTo("200");
        assertThat(running.get("bob", NOTES).all("title")).containsExactly("Mine");
        assertThat(say("bob", note).outcome()).isEqualTo("403 forbidden");
        assertThat(write("bob", note).outcome()).isEqualTo("403 forbidden");
        share(note, "bob", "Commenter");
        assertThat(say("bob", note).outcome()).isEqualTo("201");
        assertThat(write("bob", note).outcome()).isEqualTo("403 forbidden");
        share(note, "eve", "Editor");
        assertThat(write("eve", note).outcome()).isEqualTo("200");
        assertThat(running.get("bob", note).text("body")).isEqualTo("of eve");
        assertThat(running.get("oda", note).outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void lists_say_whether_a_private_note_is_shared_itself_or_by_its_notebook() {
        String alone = note("Alone");
        assertThat(running.get("ada", NOTES).all("shared")).containsExactly("false");
        share(alone, "bob", "Viewer");
        assertThat(running.get("ada", NOTES).all("shared")).containsExactly("true");
        assertThat(running.get("bob", NOTES).all("shared")).containsExactly("true");
        running.as("ada", "DELETE", alone + "/shares/bob");
        assertThat(running.get("ada", NOTES).all("shared")).containsExactly("false");
        String house =
                running.as("ada", "POST", NOTEBOOKS, Map.of("name", "House")).text("id");
        running.as("ada", "PUT", alone + "/notebook", Map.of("notebook", house));
        assertThat(running.get("ada", NOTES).all("shared")).containsExactly("false");
        share(NOTEBOOKS + "/" + house, "eve", "Viewer");
        assertThat(running.get("ada", NOTES).all("shared")).containsExactly("true");
        assertThat(running.get("eve", NOTES).all("shared")).containsExactly("true");
    }

    @Test
    void only_the_author_shares_and_puts_away() {
        String note = note("Mine");
        share(note, "bob", "Editor");
        assertThat(running.as("bob", "PUT", note + "/shares/eve", Map.of("role", "Viewer"))
                        .outcome())
                .isEqualTo("403 forbidden");
        assertThat(running.as("bob", "DELETE", note).outcome()).isEqualTo("403 forbidden");
        assertThat(running.as("bob", "DELETE", note + "/notebook").outcome()).isEqualTo("403 forbidden");
        assertThat(running.get("bob", note + "/links").outcome()).isEqualTo("403 forbidden");
        assertThat(running.as("bob", "PUT", note, Map.of("title", "Mine", "body", "x", "access", "Public"))
                        .outcome())
                .isEqualTo("403 access.not-yours");
        String ours = NOTES + "/" + running.create("ada", open("Ours"));
        assertThat(running.as("bob", "PUT", ours + "/shares/eve", Map.of("role", "Editor"))
                        .outcome())
                .isEqualTo("403 forbidden");
        share(ours, "eve", "Editor");
        assertThat(write("eve", ours).outcome()).isEqualTo("200");
        assertThat(running.as("eve", "DELETE", ours).outcome()).isEqualTo("403 forbidden");
    }

    @Test
    void what_is_shared_no_more_is_gone_at_once_and_the_feed_says_so() {
        String note = note("Mine");
        share(note, "bob", "Editor");
        String cursor = running.get("bob", "/api/notes/changes").text("next");
        assertThat(running.as("ada", "DELETE", note + "/shares/bob").outcome()).isEqualTo("200");
        assertThat(running.get("bob", note).outcome()).isEqualTo("404 note.absent");
        assertThat(write("bob", note).outcome()).isEqualTo("404 note.absent");
        assertThat(running.get("bob", NOTES).all("title")).isEmpty();
        Answer changes = running.get("bob", "/api/notes/changes?after=" + cursor);
        assertThat(changes.all("gone")).containsExactly("true");
        assertThat(changes.text()).doesNotContain("Mine");
        assertThat(running.get("eve", "/api/notes/changes").all("id")).isEmpty();
    }

    @Test
    void a_notebook_shares_what_its_author_puts_into_it_and_what_lies_further_in() {
        String house =
                running.as("ada", "POST", NOTEBOOKS, Map.of("name", "House")).text("id");
        String roof = running.as("ada", "POST", NOTEBOOKS, Map.of("name", "Roof", "parent", house))
                .text("id");
        String note = NOTES + "/" + running.create("ada", Map.of("title", "Slates", "notebook", roof));
        assertThat(running.get("eve", note).outcome()).isEqualTo("404 note.absent");
        share(NOTEBOOKS + "/" + house, "eve", "Editor");
        assertThat(write("eve", note).outcome()).isEqualTo("200");
        assertThat(running.get("eve", NOTES + "?notebook=" + house).all("title"))
                .containsExactly("Mine");
        assertThat(running.get("eve", NOTEBOOKS).all("name")).containsExactly("House", "Roof");
        assertThat(running.get("eve", note + "/shares").all("notebook")).contains(house);
        String cursor = running.get("eve", "/api/notes/changes").text("next");
        running.as("ada", "DELETE", NOTEBOOKS + "/" + house + "/shares/eve");
        assertThat(running.get("eve", note).outcome()).isEqualTo("404 note.absent");
        assertThat(running.get("eve", NOTEBOOKS).all("name")).isEmpty();
        assertThat(running.get("eve", "/api/notes/changes?after=" + cursor).all("gone"))
                .containsExactly("true");
        share(NOTEBOOKS + "/" + house, "eve", "Viewer");
        running.as("ada", "DELETE", NOTEBOOKS + "/" + house);
        assertThat(running.get("eve", note).outcome()).isEqualTo("404 note.absent");
        running.as("ada", "DELETE", NOTEBOOKS + "/" + house + "/removal");
        assertThat(running.get("eve", note).outcome()).isEqualTo("200");
        running.as("ada", "DELETE", note + "/notebook");
        assertThat(running.get("eve", note).outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void a_note_that_another_put_into_a_notebook_is_not_shared_by_it() {
        String theirs =
                running.as("bob", "POST", NOTEBOOKS, Map.of("name", "Theirs")).text("id");
        String note = NOTES + "/" + running.create("ada", open("Ours"));
        assertThat(running.as("bob", "PUT", note + "/notebook", Map.of("notebook", theirs))
                        .outcome())
                .isEqualTo("200");
        running.as("bob", "PUT", NOTEBOOKS + "/" + theirs + "/shares/eve", Map.of("role", "Editor"));
        assertThat(write("eve", note).outcome()).isEqualTo("403 forbidden");
        running.as("ada", "PUT", note, Map.of("title", "Ours", "body", "x", "access", "Private"));
        assertThat(running.get("bob", note).outcome()).isEqualTo("404 note.absent");
    }

    @Test
    void earlier_private_versions_are_for_editors_of_a_share_alone() {
        String note = note("Draft");
        running.as("ada", "PUT", note, Map.of("title", "Second", "body", "b"));
        share(note, "bob", "Viewer");
        assertThat(running.get("bob", note + "/versions").all("title")).containsExactly("Second");
        assertThat(running.get("bob", note + "/versions/1").outcome()).isEqualTo("404 version.absent");
        assertThat(running.get("bob", note + "/versions/2").outcome()).isEqualTo("200");
        share(note, "bob", "Editor");
        assertThat(running.get("bob", note + "/versions").all("title")).containsExactly("Second", "Draft");
        running.as("ada", "PUT", note, Map.of("title", "Third", "body", "b", "access", "Public"));
        assertThat(running.get("oda", note + "/versions").all("title")).containsExactly("Third");
    }

    @Test
    void it_is_shared_with_members_alone_by_id_or_name() {
        String note = note("Mine");
        assertThat(share(note, "zoe", "Viewer").violations()).containsExactly("user user.absent");
        assertThat(share(note, "bob", "Boss").violations()).containsExactly("role role.unknown");
        assertThat(share(note, "ada", "Viewer").violations()).containsExactly("user user.author");
        assertThat(share(note, "BOB", "viewer").outcome()).isEqualTo("200");
        assertThat(running.get("bob", note + "/shares").all("user")).isEqualTo(List.of("bob"));
    }
}
