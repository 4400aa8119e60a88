package leat.notes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.notes.text.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of imports and export, as a browser without scripts uses them. */
final class ImportPagesTest {
    private static final String IMPORTS = "/notes/imports";

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

    private Answer send(String user, String path, String name, byte[] file) {
        String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n"
                + new String(file, ISO_8859_1) + "\r\n--x--\r\n";
        return running.as(
                "",
                "POST",
                path,
                form.getBytes(ISO_8859_1),
                "Content-Type",
                "multipart/form-data; boundary=x",
                "Authorization",
                "Page " + user,
                "Accept",
                "text/html");
    }

    private String standing(String user, String page) {
        Running.await(() -> !running.page(user, page).text().contains("<progress"));
        return running.page(user, page).text();
    }

    @Test
    void a_file_is_looked_through_and_then_taken_in() throws Exception {
        byte[] file = Uploads.zip(Map.of("House/Roof.md", "![](a.png)", "House/a.png", "tiles", "<i>.txt", "?"));
        Answer sent = send("ada", IMPORTS, "<b>.zip", file);
        assertThat(sent.status()).isEqualTo(303);
        String page = sent.header("Location");
        assertThat(standing("ada", page))
                .contains("1 note would come in", "Take in 1 note", "&lt;i&gt;.txt", "Import of &lt;b&gt;.zip")
                .doesNotContain("<i>.txt");
        assertThat(running.page("ada", "/notes").text()).doesNotContain("Roof");

        Answer taken = running.form("ada", "PUT", page + "/run", Map.of());
        assertThat(taken.header("Location")).isEqualTo(page);
        assertThat(standing("ada", page)).contains("1 note came in").doesNotContain("Take in");
        Running.await(() -> running.page("ada", "/notes").text().contains("Roof"));
        assertThat(running.page("ada", IMPORTS).text()).contains("&lt;b&gt;.zip", "Taken in");
        assertThat(running.page("bob", IMPORTS).text()).doesNotContain("&lt;b&gt;.zip");
        assertThat(running.page("bob", page).status()).isEqualTo(404);
        assertThat(running.form("bob", "PUT", page + "/run", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void what_is_not_wanted_is_not_imported() throws Exception {
        String page = send("ada", IMPORTS, "x.zip", Uploads.zip(List.of(Document.of("Roof", ""))))
                .header("Location");
        assertThat(standing("ada", page)).contains("Do not import");
        running.form("ada", "DELETE", page, Map.of());
        assertThat(standing("ada", page)).contains("The import was cancelled; 0 notes came in before");
    }

    @Test
    void what_cannot_be_sent_or_read_is_told() {
        assertThat(send("ada", IMPORTS, "x.zip", new byte[0]).text()).contains("Choose a file that is not empty.");
        String page = send("ada", IMPORTS, "x.zip", "no zip".getBytes(UTF_8)).header("Location");
        assertThat(standing("ada", page)).contains("The file could not be read", "This is none of the files");
        assertThat(running.page("eve", IMPORTS).text())
                .contains("Editors import notes")
                .doesNotContain("type=\"file\"");
        assertThat(send("eve", IMPORTS, "x.zip", new byte[1]).status()).isIn(403, 422);
    }

    @Test
    void a_page_follows_until_the_import_stands_still() throws Exception {
        String page = send("ada", IMPORTS, "x.zip", Uploads.zip(List.of(Document.of("Roof", ""))))
                .header("Location");
        try (var lines = running.follow("ada", page + "/events").body()) {
            assertThat(lines.toList()).contains("event: import", "event: end");
        }
    }

    @Test
    void notes_go_out_by_a_link() throws Exception {
        running.create("ada", Running.open("Roof"));
        assertThat(running.page("ada", IMPORTS).text()).contains("action=\"/notes/export\"");
        assertThat(running.page("ada", "/notes?kind=Note").text())
                .contains("href=\"/notes/export?kind=Note&amp;archived=false\"");
        Answer zip = running.page("ada", "/notes/export?notebook=&mine=true");
        assertThat(zip.header("Content-Disposition")).startsWith("attachment; filename=\"notes-");
        assertThat(Uploads.unzipped(zip.response().body())).containsOnlyKeys("Roof.md");
    }
}
