package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.NotebooksApiContract.NOTEBOOKS;
import static leat.notes.Running.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Public links, as strangers with and without the right address meet them. */
final class PublicLinksTest {
    private final Running running = Running.inMemory();

    @AfterEach
    void stop() {
        running.close();
    }

    private String note(String title, String body) {
        return running.create("ada", Map.of("title", title, "body", body));
    }

    private Answer make(String path) {
        return running.as("ada", "POST", path + "/links", Map.of("days", 7));
    }

    private Answer stranger(String path) {
        return running.page("", path);
    }

    @Test
    void anybody_reads_the_note_and_nothing_else() {
        String id = note("Roof", "Some **text**, [[Cellar]], <script>alert(1)</script>");
        note("Cellar", "of potatoes");
        running.as("ada", "POST", NOTES + "/" + id + "/comments", Map.of("body", "Remarkable"));
        Answer made = make(NOTES + "/" + id);
        assertThat(made.status()).isEqualTo(201);
        Answer page = stranger(made.text("path"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("<strong>text</strong>, Cellar,")
                .doesNotContain("alert(1)")
                .doesNotContain("Remarkable")
                .doesNotContain("Ada")
                .doesNotContain(id)
                .doesNotContain("of potatoes");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void pictures_that_the_text_shows_are_shown_and_no_other_file_is() {
        String id = note("Roof", "![A roof](attachment:roof.gif) [plan](attachment:plan.txt)");
        String files = NOTES + "/" + id + "/attachments";
        String roof = attached(files, "roof.gif", "GIF89a roof");
        String hidden = attached(files, "hidden.gif", "GIF89a hidden");
        String plan = attached(files, "plan.txt", "GIF and more");
        String path = make(NOTES + "/" + id).text("path");
        assertThat(stranger(path).text())
                .contains("<img src=\"" + path + "/files/" + roof + "\" alt=\"A roof\"")
                .doesNotContain(plan)
                .doesNotContain(hidden);
        Answer picture = stranger(path + "/files/" + roof);
        assertThat(picture.text()).isEqualTo("GIF89a roof");
        assertThat(picture.header("Content-Type")).isEqualTo("image/gif");
        assertThat(picture.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        assertThat(picture.header("X-Robots-Tag")).contains("noindex");
        for (String other : List.of(hidden, plan, "0000000000000", "x")) {
            assertThat(stranger(path + "/files/" + other).status()).as(other).isEqualTo(404);
        }
        String second = note("Wall", "![A roof](attachment:roof.gif)");
        assertThat(stranger(make(NOTES + "/" + second).text("path") + "/files/" + roof)
                        .status())
                .isEqualTo(404);
        running.as("ada", "PUT", NOTES + "/" + id, Map.of("title", "Roof", "body", "no more"));
        assertThat(stranger(path + "/files/" + roof).status()).isEqualTo(404);
    }

    @Test
    void pictures_of_a_notebooks_notes_go_with_its_link() {
        String house =
                running.as("ada", "POST", NOTEBOOKS, Map.of("name", "House")).text("id");
        String id = running.create(
                "ada", Map.of("title", "Roof", "body", "![A roof](attachment:roof.gif)", "notebook", house));
        String roof = attached(NOTES + "/" + id + "/attachments", "roof.gif", "GIF89a roof");
        Answer made = make(NOTEBOOKS + "/" + house);
        String picture = made.text("path") + "/" + id + "/files/" + roof;
        assertThat(stranger(made.text("path") + "/" + id).text()).contains(picture);
        assertThat(stranger(picture).text()).isEqualTo("GIF89a roof");
        running.as("ada", "DELETE", NOTEBOOKS + "/" + house + "/links/" + made.text("id"));
        assertThat(stranger(picture).status()).isEqualTo(404);
    }

    private String attached(String files, String name, String bytes) {
        return running.as("ada", "POST", files + "?name=" + name, bytes.getBytes(UTF_8))
                .text("id");
    }

    @Test
    void whatever_is_wrong_with_an_address_there_is_nothing_at_it() {
        String id = note("Roof", "text");
        String path = make(NOTES + "/" + id).text("path");
        char last = path.charAt(path.length() - 1);
        for (String wrong : List.of(
                path.substring(0, path.length() - 1) + (last == 'A' ? 'B' : 'A'),
                path + "A",
                path.substring(0, path.length() - 1),
                path + "/" + id,
                "/notes/public/x",
                "/notes/public/" + id,
                "/notes/public/" + "0".repeat(56))) {
            assertThat(stranger(wrong).status()).as(wrong).isEqualTo(404);
        }
        running.as("ada", "DELETE", NOTES + "/" + id);
        assertThat(stranger(path).status()).isEqualTo(404);
        running.as("ada", "DELETE", NOTES + "/" + id + "/trash");
        assertThat(stranger(path).status()).isEqualTo(200);
    }

    @Test
    void a_revoked_link_shows_nothing_and_its_secret_is_told_once() {
        String note = NOTES + "/" + note("Roof", "text");
        Answer made = make(note);
        Answer listed = running.get("ada", note + "/links");
        assertThat(listed.all("id")).containsExactly(made.text("id"));
        assertThat(listed.text()).doesNotContain(made.text("path").substring(40));
        assertThat(running.as("ada", "DELETE", note + "/links/" + made.text("id"))
                        .status())
                .isEqualTo(204);
        assertThat(stranger(made.text("path")).status()).isEqualTo(404);
        assertThat(running.get("ada", note + "/links").all("id")).isEmpty();
        assertThat(running.as("ada", "DELETE", note + "/links/" + made.text("id"))
                        .outcome())
                .isEqualTo("404 link.absent");
    }

    @Test
    void the_author_alone_makes_and_revokes_links() {
        String note = NOTES + "/" + running.create("ada", Running.open("Ours"));
        String link = make(note).text("id");
        for (String user : List.of("bob", "eve", "oda")) {
            assertThat(running.as(user, "POST", note + "/links", Map.of()).outcome())
                    .isEqualTo("403 forbidden");
            assertThat(running.as(user, "DELETE", note + "/links/" + link).outcome())
                    .isEqualTo("403 forbidden");
        }
        assertThat(running.as("ada", "POST", note + "/links", Map.of("days", 0)).violations())
                .containsExactly("days days.range");
        assertThat(running.as("ada", "POST", note + "/links", Map.of("days", 367))
                        .violations())
                .containsExactly("days days.range");
    }

    @Test
    void of_a_notebook_strangers_read_what_its_author_wrote_and_put_there() {
        String house = running.as("ada", "POST", NOTEBOOKS, Map.of("name", "House", "access", "Public"))
                .text("id");
        String roof = running.as("ada", "POST", NOTEBOOKS, Map.of("name", "Roof", "parent", house, "access", "Public"))
                .text("id");
        String slates = running.create("ada", Map.of("title", "Slates", "body", "of stone", "notebook", roof));
        String bobs = running.create("bob", Map.of("title", "Gutters", "body", "of lead", "notebook", house));
        String other = note("Cellar", "of potatoes");
        String path = make(NOTEBOOKS + "/" + house).text("path");
        assertThat(stranger(path).text())
                .contains("Slates")
                .doesNotContain("Gutters")
                .doesNotContain("Cellar");
        assertThat(stranger(path + "/" + slates).text()).contains("of stone");
        assertThat(stranger(path + "/" + bobs).status()).isEqualTo(404);
        assertThat(stranger(path + "/" + other).status()).isEqualTo(404);
        running.as("ada", "DELETE", NOTES + "/" + slates + "/notebook");
        assertThat(stranger(path + "/" + slates).status()).isEqualTo(404);
        running.as("ada", "DELETE", NOTEBOOKS + "/" + house);
        assertThat(stranger(path).status()).isEqualTo(404);
    }

    @Test
    void who_tries_many_addresses_has_to_wait() {
        int tries = 0;
        while (stranger("/notes/public/" + tries).status() != 429 && tries < 10 * PublicPages.TIMES) {
            tries++;
        }
        assertThat(tries).isBetween(PublicPages.TIMES, 10 * PublicPages.TIMES - 1);
    }
}
