package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody reads, changes or names what is another organization's: each route about a mock, tried as everybody. */
final class TenancyTest {
    record Try(String method, String path, Object body, boolean changes) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final byte[] NOTHING = {};

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String id;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
        id = running.published("hello", Running.HELLO);
        running.get("/m/acme/hello/hello/ada");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static List<Try> tries() {
        return List.of(
                new Try("GET", "", NOTHING, false),
                new Try("GET", "/source", NOTHING, false),
                new Try("GET", "/publication", NOTHING, false),
                new Try("GET", "/revisions", NOTHING, false),
                new Try("GET", "/revisions/1", NOTHING, false),
                new Try("GET", "/revisions/1/diff", NOTHING, false),
                new Try("GET", "/requests", NOTHING, false),
                new Try("GET", "/requests/1", NOTHING, false),
                new Try("PUT", "/source", new MocksApi.Text("# changed"), true),
                new Try("PUT", "/publication", NOTHING, true),
                new Try("DELETE", "/publication", NOTHING, true),
                new Try("POST", "/revisions", new MocksApi.Restoring(1), true),
                new Try("DELETE", "/requests", NOTHING, true),
                new Try("DELETE", "", NOTHING, true));
    }

    private static int status(String user, Try one) {
        return running.as(user, one.method(), "/api/mocks/mocks/" + id + one.path(), one.body())
                .status();
    }

    @ParameterizedTest
    @MethodSource("tries")
    void strangers_get_404_nobody_gets_401_and_viewers_only_look(Try one) {
        assertThat(status("bolt-owner", one)).isEqualTo(404);
        assertThat(status("acme-stranger", one)).isEqualTo(404);
        assertThat(running.send(one.method(), "/api/mocks/mocks/" + id + one.path(), NOTHING)
                        .status())
                .isEqualTo(401);
        assertThat(status("acme-viewer", one)).isEqualTo(one.changes() ? 403 : 200);
        assertThat(running.as("acme-viewer", "GET", "/api/mocks/mocks/" + id)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("published");
    }

    @Test
    void a_list_holds_only_the_callers_own() {
        assertThat(running.as("bolt-editor", "GET", "/api/mocks/mocks")
                        .json()
                        .path("items")
                        .valueStream())
                .noneMatch(it -> it.path("id").asString().equals(id));
        assertThat(running.as("bolt-editor", "GET", "/api/mocks/mocks?organization=acme")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobody_creates_a_mock_in_another_organization() {
        var draft = new MocksApi.Draft("acme", "mine", Running.HELLO);

        assertThat(running.as("bolt-owner", "POST", "/api/mocks/mocks", draft).status())
                .isEqualTo(404);
        assertThat(running.as("acme-viewer", "POST", "/api/mocks/mocks", draft).status())
                .isEqualTo(403);
    }
}
