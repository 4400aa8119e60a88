package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attached files on the page of a note and in its editor. */
final class AttachmentPagesTest {
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

    private Answer send(String user, String note, String form, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "multipart/form-data; boundary=x", "Authorization", "Page " + user));
        return running.as(
                "", "POST", "/notes/" + note + "/attachments", form.getBytes(UTF_8), all.toArray(String[]::new));
    }

    private static String part(String name, String text) {
        return "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + text
                + "\r\n";
    }

    @Test
    void files_are_attached_by_a_form_and_listed() {
        String note = running.create("ada", open("Roof"));
        assertThat(running.page("eve", "/notes/" + note).text())
                .contains("No files are attached.")
                .doesNotContain("multipart/form-data");
        Answer sent = send("bob", note, part("<b>.txt", "one") + part("two.txt", "two") + "--x--\r\n");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("Location")).isEqualTo("/notes/" + note + "#files");
        assertThat(running.page("eve", "/notes/" + note).text())
                .contains("-b-.txt", "two.txt", "3 bytes")
                .doesNotContain("<b>.txt", "Remove two.txt?");
        assertThat(running.page("bob", "/notes/" + note).text()).contains("Remove two.txt?");
        assertThat(send("eve", note, part("x", "x") + "--x--\r\n").status()).isEqualTo(403);
    }

    @Test
    void the_editor_is_told_what_to_write_and_the_note_shows_it() {
        String note = running.create("ada", open("Roof"));
        Answer sent =
                send("ada", note, part("my [old] (roof).gif", "GIF89a…") + "--x--\r\n", "Accept", "application/json");
        assertThat(sent.status()).isEqualTo(200);
        String markdown = sent.json().path("items").path(0).path("markdown").asString("");
        assertThat(markdown).isEqualTo("![my \\[old\\] (roof).gif](attachment:my%20%5Bold%5D%20%28roof%29.gif)");
        String file = running.get("ada", Running.NOTES + "/" + note + "/attachments")
                .all("id")
                .getFirst();
        String shown = "<img src=\"/notes/" + note + "/attachments/" + file + "\"";
        running.as(
                "ada",
                "PUT",
                Running.NOTES + "/" + note,
                Map.of("title", "Roof", "body", markdown, "access", "Public"));
        assertThat(running.page("eve", "/notes/" + note).text()).contains(shown);
        assertThat(running.form("ada", "POST", "/notes/preview?note=" + note, Map.of("body", markdown))
                        .text())
                .contains(shown);
        assertThat(running.page("ada", "/notes/" + note + "/edit").text())
                .contains("to=\"/notes/" + note + "/attachments\"", shown);
        assertThat(running.page("eve", "/notes/" + note + "/attachments/" + file)
                        .text())
                .isEqualTo("GIF89a…");
    }

    @Test
    void a_preview_shows_no_file_of_a_note_that_the_writer_may_not_see() {
        String note = running.create("ada", Running.closed("Mine"));
        send("ada", note, part("a.gif", "GIF89a…") + "--x--\r\n");
        assertThat(running.form("bob", "POST", "/notes/preview?note=" + note, Map.of("body", "![a](attachment:a.gif)"))
                        .text())
                .doesNotContain("<img");
    }

    @Test
    void a_file_is_removed_after_a_question() {
        String note = running.create("ada", open("Roof"));
        send("ada", note, part("a.txt", "a") + "--x--\r\n");
        String file = running.get("ada", Running.NOTES + "/" + note + "/attachments")
                .all("id")
                .getFirst();
        assertThat(running.form("ada", "DELETE", "/notes/" + note + "/attachments/" + file, Map.of())
                        .header("Location"))
                .isEqualTo("/notes/" + note + "#files");
        assertThat(running.page("ada", "/notes/" + note).text()).contains("No files are attached.");
    }
}
