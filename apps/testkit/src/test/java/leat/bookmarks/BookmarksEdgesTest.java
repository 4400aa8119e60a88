package leat.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import leat.apps.test.RunningApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page and the command line, as people meet them. */
final class BookmarksEdgesTest {
    private final RunningApp app = RunningApp.inMemory(new BookmarksModule());

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void a_form_without_scripts_keeps_an_address() {
        assertThat(app.form("ada", "POST", "/bookmarks", Map.of("address", "https://example.org", "title", "<b>"))
                        .status())
                .isEqualTo(303);
        assertThat(app.page("eve", "/bookmarks").text())
                .contains("&lt;b&gt;")
                .contains("href=\"https://example.org\"")
                .doesNotContain("Remove");
    }

    @Test
    void a_form_that_is_refused_comes_back_as_it_was_typed() {
        RunningApp.Answer refused =
                app.form("ada", "POST", "/bookmarks", Map.of("address", "example", "title", "Kept words"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("An address begins with").contains("Kept words");
    }

    @Test
    void an_open_page_hears_of_what_others_keep() {
        try (var lines = app.follow("eve", "/bookmarks/events").body()) {
            var heard = lines.iterator();
            app.form("ada", "POST", "/bookmarks", Map.of("address", "https://example.org", "title", "Example"));
            while (!heard.next().contains("https://example.org")) {
                // what the page was told before
            }
        }
    }

    @Test
    void commands_keep_and_list() {
        var commands = new BookmarksCommands();
        assertThat(app.type(commands, "ada", "bookmarks", "add", "https://example.org", "--title", "Example")
                        .exit())
                .isZero();
        assertThat(app.type(commands, "eve", "bookmarks", "list").out())
                .contains("Example")
                .contains("https://example.org");
        assertThat(app.type(commands, "eve", "bookmarks", "add", "https://example.org/2")
                        .err())
                .contains("Editor");
    }
}
