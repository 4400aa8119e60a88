package leat.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bookmarks promise over HTTP, on whatever engine. */
abstract class BookmarksContract {
    private static final String BOOKMARKS = "/api/bookmarks/bookmarks";

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningApp app;

    abstract Engine engine();

    @BeforeEach
    void start() {
        app = RunningApp.on(engine(), new BookmarksModule(address -> "Found: " + address));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Answer keep(String user, String address, String... headers) {
        return app.as(user, "POST", BOOKMARKS, Map.of("address", address, "title", "Example"), headers);
    }

    @Test
    void what_is_kept_is_listed_the_newest_first_and_by_tag() {
        keep("ada", "https://example.org/1");
        app.as(
                "bob",
                "POST",
                BOOKMARKS,
                Map.of("address", "https://example.org/2", "title", "Two", "tags", List.of("a", "b-c")));
        assertThat(app.get("eve", BOOKMARKS).all("address"))
                .containsExactly("https://example.org/2", "https://example.org/1");
        assertThat(app.get("eve", BOOKMARKS + "?tag=b-c").all("title")).containsExactly("Two");
        assertThat(app.get("eve", BOOKMARKS + "?tag=b").all("title")).isEmpty();
        assertThat(app.get("eve", BOOKMARKS + "?limit=1").all("title")).containsExactly("Two");
        String next = app.get("eve", BOOKMARKS + "?limit=1").text("next");
        assertThat(app.get("eve", BOOKMARKS + "?limit=1&after=" + next).all("title"))
                .containsExactly("Example");
    }

    @Test
    void an_address_is_kept_once_in_an_organization_and_again_by_another() {
        assertThat(keep("ada", "https://example.org").outcome()).isEqualTo("201");
        assertThat(keep("bob", "https://example.org").outcome()).isEqualTo("409 bookmark.kept");
        assertThat(keep("zoe", "https://example.org").outcome()).isEqualTo("201");
    }

    @Test
    void sending_again_is_the_same_command() {
        String key = "0195f9a5-1f6e-7c3a-9d4e-000000000001";
        Answer first = keep("ada", "https://example.org", "Idempotency-Key", key);
        Answer again = keep("ada", "https://example.org", "Idempotency-Key", key);
        assertThat(again.outcome()).isEqualTo("201");
        assertThat(again.text("id")).isEqualTo(first.text("id"));
    }

    @Test
    void who_decided_on_an_older_version_is_told_so() {
        String path = BOOKMARKS + "/" + keep("ada", "https://example.org").text("id");
        String seen = app.get("bob", path).header("ETag");
        var revision = Map.of("title", "Better", "tags", List.of());
        assertThat(app.as("bob", "PUT", path, revision, "If-Match", seen).header("ETag"))
                .isNotEqualTo(seen);
        assertThat(app.as("ada", "PUT", path, Map.of("title", "Worse", "tags", List.of()), "If-Match", seen)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void others_are_kept_out() {
        String path = BOOKMARKS + "/" + keep("ada", "https://example.org").text("id");
        assertThat(app.get("", BOOKMARKS).outcome()).isEqualTo("401 sign-in.required");
        assertThat(keep("eve", "https://example.org/2").outcome()).isEqualTo("403 forbidden");
        assertThat(app.as("eve", "DELETE", path).outcome()).isEqualTo("403 forbidden");
        assertThat(app.get("zoe", path).outcome()).isEqualTo("404 bookmark.absent");
        assertThat(app.get("zoe", BOOKMARKS).all("title")).isEmpty();
        assertThat(app.as("bob", "DELETE", path).outcome()).isEqualTo("204");
        assertThat(app.get("ada", path).outcome()).isEqualTo("404 bookmark.absent");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThat(app.as(
                                "ada",
                                "POST",
                                BOOKMARKS,
                                Map.of("address", "example", "title", "a\nb", "tags", List.of("a b")))
                        .violations())
                .containsExactly("address address.shape", "title title.shape", "tags tags.shape");
    }

    @Test
    void what_came_without_a_title_gets_one() {
        String id = app.as("ada", "POST", BOOKMARKS, Map.of("address", "https://example.org"))
                .text("id");
        RunningApp.await(
                () -> app.get("ada", BOOKMARKS + "/" + id).text("title").equals("Found: https://example.org"));
    }
}
