package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the interface of comments promises on every engine. */
abstract class CommentsApiContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    private int titles;

    abstract Engine engine();

    @BeforeEach
    void start() {
        running = Running.on(engine());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    /** The comments of a new public note of Ada's. */
    private String comments() {
        return NOTES + "/" + running.create("ada", open("Talked about " + ++titles)) + "/comments";
    }

    private Answer say(String user, String comments, Object draft) {
        return running.as(user, "POST", comments, draft);
    }

    private String said(String user, String comments, String body) {
        return say(user, comments, Map.of("body", body)).text("id");
    }

    @Test
    void a_comment_is_said_and_answered() {
        String comments = comments();
        Answer first =
                say("bob", comments, Map.of("title", "Nice", "body", "I *agree*.", "color", "3a7f2c", "stars", 5));
        assertThat(first.outcome()).isEqualTo("201");
        assertThat(first.header("Location")).isEqualTo(comments + "/" + first.text("id"));
        assertThat(first.json().path("stars").asInt()).isEqualTo(5);
        String answer = say("ada", comments, Map.of("body", "Thanks", "parent", first.text("id")))
                .text("id");
        Answer list = running.get("eve", comments);
        assertThat(list.all("id")).containsExactly(first.text("id"), answer);
        assertThat(list.all("author")).containsExactly("bob", "ada");
        assertThat(list.all("parent")).containsExactly("", first.text("id"));
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        String elsewhere = said("bob", comments(), "Elsewhere");
        Answer refused = say(
                "bob",
                comments(),
                Map.of("title", "a\nb", "body", " ", "color", "red", "stars", 6, "parent", elsewhere));
        assertThat(refused.outcome()).isEqualTo("400 comment.invalid");
        assertThat(refused.violations())
                .containsExactly(
                        "title title.shape",
                        "body body.blank",
                        "color color.shape",
                        "stars stars.range",
                        "parent parent.absent");
        assertThat(say("bob", comments(), Map.of("body", "x".repeat(10_001))).violations())
                .containsExactly("body body.long");
        assertThat(say("bob", comments(), Map.of("body", "\0", "stars", -1)).violations())
                .containsExactly("body body.shape", "stars stars.range");
    }

    @Test
    void who_wrote_it_changes_and_removes_it_and_nobody_else() {
        String comments = comments();
        String path = comments + "/" + said("bob", comments, "First");
        assertThat(running.as("ada", "PUT", path, Map.of("body", "Mine now")).outcome())
                .isEqualTo("403 comment.not-yours");
        assertThat(running.as("ada", "DELETE", path).outcome()).isEqualTo("403 comment.not-yours");
        Answer changed = running.as("bob", "PUT", path, Map.of("body", "Second"), "If-Match", "\"1\"");
        assertThat(changed.text("body")).isEqualTo("Second");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(running.as("bob", "PUT", path, Map.of("body", "Third"), "If-Match", "\"1\"")
                        .outcome())
                .isEqualTo("412 version.stale");
        assertThat(running.as("bob", "PUT", path, Map.of("body", "")).outcome()).isEqualTo("400 comment.invalid");
        assertThat(running.as("bob", "DELETE", path).outcome()).isEqualTo("204");
        assertThat(running.as("bob", "DELETE", path).outcome()).isEqualTo("204");
        assertThat(running.as("bob", "PUT", path, Map.of("body", "Back")).outcome())
                .isEqualTo("404 comment.absent");
        assertThat(running.get("ada", comments).all("id")).isEmpty();
    }

    @Test
    void a_removed_comment_that_was_answered_leaves_its_place_and_no_text() {
        String comments = comments();
        String first = said("bob", comments, "Secret");
        say("ada", comments, Map.of("body", "Answer", "parent", first));
        running.as("bob", "DELETE", comments + "/" + first);
        Answer list = running.get("eve", comments);
        assertThat(list.all("id")).hasSize(2).startsWith(first);
        assertThat(list.all("body")).containsExactly("", "Answer");
        assertThat(list.json().path("items").get(0).path("removed").asBoolean()).isTrue();
    }

    @Test
    void people_react_and_take_it_back() {
        String comments = comments();
        String path = comments + "/" + said("bob", comments, "Roof is done");
        String heart = path + "/reactions/%E2%9D%A4";
        for (String user : List.of("ada", "ada", "bob")) {
            assertThat(running.as(user, "PUT", heart).outcome()).isEqualTo("204");
        }
        Answer seen = running.get("ada", comments);
        assertThat(seen.json().path("items").get(0).path("reactions").toString())
                .isEqualTo("[{\"sign\":\"❤\",\"people\":2,\"mine\":true}]");
        running.as("ada", "DELETE", heart);
        running.as("ada", "DELETE", heart);
        assertThat(running.get("ada", comments)
                        .json()
                        .path("items")
                        .get(0)
                        .path("reactions")
                        .toString())
                .isEqualTo("[{\"sign\":\"❤\",\"people\":1,\"mine\":false}]");
        assertThat(running.as("ada", "PUT", path + "/reactions/a%20b").outcome())
                .isEqualTo("400 reaction.shape");
        for (int i = 0; i < Comment.MAX_SIGNS; i++) {
            assertThat(running.as("ada", "PUT", path + "/reactions/x" + i).outcome())
                    .isEqualTo("204");
        }
        assertThat(running.as("ada", "PUT", path + "/reactions/more").outcome()).isEqualTo("409 reaction.many");
    }

    @Test
    void a_comment_sent_twice_is_one() {
        String comments = comments();
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(running.as("bob", "POST", comments, Map.of("body", "Once"), "Idempotency-Key", key)
                            .outcome())
                    .isEqualTo("201");
        }
        assertThat(running.get("bob", comments).all("body")).containsExactly("Once");
    }

    @Test
    void comments_do_not_change_the_version_of_their_note() {
        String comments = comments();
        String note = comments.replace("/comments", "");
        String etag = running.get("ada", note).header("ETag");
        said("bob", comments, "First");
        assertThat(running.get("ada", note).header("ETag")).isEqualTo(etag);
    }

    @Test
    void nobody_viewers_and_strangers_are_kept_out() {
        String comments = comments();
        String path = comments + "/" + said("bob", comments, "First");
        assertThat(say("", comments, Map.of("body", "x")).outcome()).isEqualTo("401 sign-in.required");
        assertThat(say("eve", comments, Map.of("body", "x")).outcome()).isEqualTo("403 forbidden");
        assertThat(say("zoe", comments, Map.of("body", "x")).outcome()).isEqualTo("404 note.absent");
        assertThat(running.as("eve", "PUT", path + "/reactions/x").outcome()).isEqualTo("403 forbidden");
        assertThat(running.as("zoe", "DELETE", path).outcome()).isEqualTo("404 note.absent");
        String other = comments();
        assertThat(running.as("bob", "DELETE", other + path.substring(comments.length()))
                        .outcome())
                .isEqualTo("404 comment.absent");
        String note = comments.replace("/comments", "");
        running.as("ada", "PUT", note, Map.of("title", "Closed", "access", "Private"));
        assertThat(running.get("bob", comments).outcome()).isEqualTo("404 note.absent");
        assertThat(running.as("bob", "DELETE", path).outcome()).isEqualTo("404 note.absent");
    }
}
