package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import leat.kernel.test.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the timeline promises on every engine. */
abstract class TimelineContract {
    private static final String TIMELINE = "/api/notes/timeline";

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

    /** The timeline follows what happens a moment later. */
    private void tells(String user, String... expected) {
        Running.await(() -> timeline(user).size() >= expected.length);
        assertThat(timeline(user)).containsExactly(expected);
    }

    private List<String> timeline(String user) {
        return running.get(user, TIMELINE)
                .json()
                .path("items")
                .valueStream()
                .map(it -> it.path("user").asString("") + " " + it.path("deed").asString("") + " "
                        + it.path("title").asString(""))
                .toList();
    }

    @Test
    void following_begins_and_ends_once() {
        var begin = new Follow.Command.Begin("org1", "user:other");
        var begun = new Follow.Event.Begun("org1", "user:tester", "user:other");
        Scenario.of(Follow.DECIDER).given().when(begin).then(begun);
        Scenario.of(Follow.DECIDER).given(begun).when(begin).thenNothing();
        Scenario.of(Follow.DECIDER).given(begun).when(new Follow.Command.End()).then(new Follow.Event.WasEnded());
        Scenario.of(Follow.DECIDER).given().when(new Follow.Command.End()).thenNothing();
        Scenario.of(Follow.DECIDER)
                .given()
                .when(new Follow.Command.Begin("org1", "user:tester"))
                .thenRefused("follow.yourself");
    }

    @Test
    void it_tells_what_a_person_does_that_one_follows_and_sees() {
        assertThat(running.as("bob", "PUT", "/api/notes/people/ada/following").status())
                .isEqualTo(204);
        String roof = running.create("ada", open("Roof"));
        running.create("ada", Map.of("title", "Diary"));
        running.as("ada", "PUT", NOTES + "/" + roof, open("New roof"));
        running.as("oda", "POST", NOTES + "/" + roof + "/comments", Map.of("body", "Fine."));
        tells("bob", "ada Changed New roof", "ada Created New roof");
        assertThat(timeline("eve")).isEmpty();
        running.as("ada", "PUT", NOTES + "/" + roof, Map.of("title", "Roof", "access", "Private"));
        assertThat(timeline("bob")).isEmpty();
        assertThat(running.as("bob", "DELETE", "/api/notes/people/ada/following")
                        .status())
                .isEqualTo(204);
        assertThat(timeline("bob")).isEmpty();
    }

    @Test
    void it_tells_what_others_do_with_a_note_that_one_follows() {
        String roof = running.create("ada", open("Roof"));
        assertThat(running.as("ada", "PUT", NOTES + "/" + roof + "/following").status())
                .isEqualTo(204);
        running.as("bob", "POST", NOTES + "/" + roof + "/comments", Map.of("body", "Fine."));
        running.as("bob", "DELETE", NOTES + "/" + roof);
        running.as("bob", "DELETE", NOTES + "/" + roof + "/trash");
        tells("ada", "bob Recovered Roof", "bob Trashed Roof", "bob Commented Roof");
        assertThat(running.get("ada", "/api/notes/following").text()).contains(roof);
        Answer first = running.get("ada", TIMELINE + "?limit=2");
        assertThat(first.all("deed")).containsExactly("Recovered", "Trashed");
        String rest = first.header("Link").replaceAll("^<|>.*$", "");
        assertThat(running.get("ada", rest).all("deed")).containsExactly("Commented");
        assertThat(running.page("ada", "/notes/timeline").text()).contains("moved to the trash", "Unfollow");
        assertThat(running.form("ada", "DELETE", "/notes/" + roof + "/following", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(timeline("ada")).isEmpty();
    }

    @Test
    void nobody_follows_who_is_not_there() {
        assertThat(running.as("bob", "PUT", "/api/notes/people/zoe/following").outcome())
                .isEqualTo("404 person.absent");
        assertThat(running.as("bob", "PUT", "/api/notes/people/bob/following").outcome())
                .isEqualTo("403 follow.yourself");
        assertThat(running.get("bob", TIMELINE + "?after=x").outcome()).isEqualTo("400 paging.cursor");
    }
}
