package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the interface of tags promises on every engine. */
abstract class TagsApiContract {
    private static final String TAGS = "/api/notes/tags";

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

    private Answer define(String user, String title, String color) {
        return running.as(user, "POST", TAGS, Map.of("title", title, "color", color));
    }

    @Test
    void the_cloud_joins_what_notes_bear_with_the_colours_of_tags() {
        running.create("ada", Map.of("title", "a", "access", "Public", "tags", List.of("house/roof")));
        running.create("ada", Map.of("title", "b", "tags", List.of("house")));
        Answer made = define("bob", "house", "3a7f2c");
        assertThat(made.outcome()).isEqualTo("201");
        assertThat(made.header("Location")).isEqualTo(TAGS + "/" + made.text("id"));
        define("bob", "idle", "000000");
        Answer cloud = running.get("eve", TAGS);
        assertThat(cloud.all("title")).containsExactly("house", "house/roof", "idle");
        assertThat(cloud.all("notes")).containsExactly("1", "1", "0");
        assertThat(cloud.all("color")).containsExactly("3a7f2c", "", "000000");
        assertThat(running.get("ada", TAGS).all("notes")).containsExactly("2", "1", "0");
        assertThat(running.get("zoe", TAGS).all("title")).isEmpty();
    }

    @Test
    void a_colour_changes_and_goes_and_the_title_is_free_again() {
        String path = define("bob", "house", "3a7f2c").header("Location");
        assertThat(define("ada", "house", "ffffff").outcome()).isEqualTo("409 tag.taken");
        assertThat(running.as("ada", "PUT", path, Map.of("color", "ffffff")).text("color"))
                .isEqualTo("ffffff");
        assertThat(running.as("ada", "DELETE", path).outcome()).isEqualTo("204");
        assertThat(running.as("ada", "DELETE", path).outcome()).isEqualTo("404 tag.absent");
        assertThat(define("ada", "house", "ffffff").outcome()).isEqualTo("201");
    }

    @Test
    void another_organization_has_tags_of_its_own() {
        String path = define("bob", "house", "3a7f2c").header("Location");
        assertThat(define("zoe", "house", "3a7f2c").outcome()).isEqualTo("201");
        assertThat(running.as("zoe", "PUT", path, Map.of("color", "ffffff")).outcome())
                .isEqualTo("404 tag.absent");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThat(define("ada", "a!b", "red").violations()).containsExactly("title tag.shape", "color color.shape");
        String path = define("ada", "a", "000000").header("Location");
        assertThat(running.as("ada", "PUT", path, Map.of()).violations()).containsExactly("color color.shape");
    }

    @Test
    void nobody_and_viewers_are_kept_out() {
        assertThat(define("", "a", "000000").outcome()).isEqualTo("401 sign-in.required");
        assertThat(define("eve", "a", "000000").outcome()).isEqualTo("403 forbidden");
        String path = define("ada", "a", "000000").header("Location");
        assertThat(running.as("eve", "DELETE", path).outcome()).isEqualTo("403 forbidden");
        assertThat(running.get("", TAGS).outcome()).isEqualTo("401 sign-in.required");
    }
}
