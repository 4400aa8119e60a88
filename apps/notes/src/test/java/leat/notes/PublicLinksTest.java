package leat.notes;

import static leat.notes.NotebooksApiContract.NOTEBOOKS;
import static leat.notes.Running.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.notes.Running.Answer;
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
                .contains("<strong>text</strong>")
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
        int last = 0;
        for (int i = 0; i <= PublicPages.TIMES; i++) {
            last = stranger("/notes/public/" + i).status();
        }
        assertThat(last).isEqualTo(429);
    }
}
