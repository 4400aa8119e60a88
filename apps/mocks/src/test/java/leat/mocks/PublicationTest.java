package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a mock through its life, over the HTTP interface. */
final class PublicationTest {
    private static final String BROKEN = "- endpoint:\n    pth: /x\n";

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

    private Running.Answer editor(String method, String path, Object body) {
        return running.as("acme-editor", method, "/api/mocks/mocks/" + path, body);
    }

    private Running.Answer editor(String method, String path) {
        return editor(method, path, new byte[0]);
    }

    private String status(String id) {
        return editor("GET", id + "/publication").json().path("status").asString();
    }

    private static String saying(String word) {
        return Running.HELLO.replace("{{path-params.username}}!", word);
    }

    @Test
    void a_mock_is_a_draft_until_it_is_published() {
        String id = running.created("hello", Running.HELLO);
        assertThat(status(id)).isEqualTo("draft");
        assertThat(running.get("/m/acme/hello/hello/ada").status()).isEqualTo(404);

        Running.Answer published = editor("PUT", id + "/publication");

        assertThat(published.status()).isEqualTo(200);
        assertThat(published.json().path("status").asString()).isEqualTo("published");
        assertThat(published.json().path("live").asInt()).isEqualTo(1);
        assertThat(running.get("/m/acme/hello/hello/ada").status()).isEqualTo(200);
    }

    @Test
    void a_file_with_errors_is_kept_and_its_publication_says_where_they_are() {
        String id = running.created("hello", BROKEN);

        Running.Answer answer = editor("PUT", id + "/publication");

        assertThat(answer.json().path("status").asString()).isEqualTo("invalid");
        assertThat(answer.json().path("reasons").get(0).path("line").asInt()).isPositive();
        assertThat(editor("GET", id + "/source").text()).isEqualTo(BROKEN);
    }

    @Test
    void the_last_good_revision_answers_while_a_bad_one_is_refused() {
        String id = running.published("hello", saying("one"));

        Running.Answer saved = editor("PUT", id + "/source", new MocksApi.Text(BROKEN));
        assertThat(saved.json().path("revision").asInt()).isEqualTo(2);
        assertThat(saved.json().path("diagnostics").size()).isPositive();
        editor("PUT", id + "/publication");

        assertThat(status(id)).isEqualTo("invalid");
        assertThat(running.get("/m/acme/hello/hello/x").text()).contains("one");
    }

    @Test
    void saving_can_publish_as_well() {
        String id = running.published("hello", saying("one"));

        editor("PUT", id + "/source?publish=true", new MocksApi.Text(saying("two")));

        assertThat(running.get("/m/acme/hello/hello/x").text()).contains("two");
    }

    @Test
    void unpublishing_is_offline_at_once() {
        String id = running.published("hello", Running.HELLO);

        assertThat(editor("DELETE", id + "/publication").json().path("status").asString())
                .isEqualTo("unpublished");

        assertThat(running.get("/m/acme/hello/hello/x").status()).isEqualTo(404);
        editor("PUT", id + "/publication");
        assertThat(running.get("/m/acme/hello/hello/x").status()).isEqualTo(200);
    }

    @Test
    void a_removed_mock_is_gone_and_its_name_is_free() {
        String id = running.published("hello", Running.HELLO);

        assertThat(editor("DELETE", id).status()).isEqualTo(204);

        assertThat(running.get("/m/acme/hello/hello/x").status()).isEqualTo(404);
        assertThat(editor("GET", id).status()).isEqualTo(404);
        running.published("hello", Running.HELLO);
        assertThat(running.get("/m/acme/hello/hello/x").status()).isEqualTo(200);
    }

    @Test
    void rolling_back_publishes_an_old_text_as_a_new_revision() {
        String id = running.published("hello", saying("one"));
        editor("PUT", id + "/source?publish=true", new MocksApi.Text(saying("two")));

        Running.Answer back = editor("POST", id + "/revisions", new MocksApi.Restoring(1));

        assertThat(back.status()).isEqualTo(201);
        assertThat(running.get("/m/acme/hello/hello/x").text()).contains("one");
        assertThat(editor("GET", id + "/revisions")
                        .json()
                        .path("items")
                        .get(0)
                        .path("restores")
                        .asInt())
                .isEqualTo(1);
        Running.Answer diff = editor("GET", id + "/revisions/3/diff");
        assertThat(diff.json().path("added").asInt()).isEqualTo(1);
        assertThat(diff.json().path("removed").asInt()).isEqualTo(1);
        assertThat(editor("GET", id + "/revisions/2").json().path("source").asString())
                .contains("two");
        assertThat(editor("GET", id + "/revisions/9").code()).isEqualTo("revision.absent");
    }

    @Test
    void an_older_revision_can_be_published_as_it_is() {
        String id = running.published("hello", saying("one"));
        editor("PUT", id + "/source?publish=true", new MocksApi.Text(saying("two")));

        editor("PUT", id + "/publication", Map.of("revision", 1));

        assertThat(running.get("/m/acme/hello/hello/x").text()).contains("one");
    }

    @Test
    void a_save_upon_an_older_version_is_refused() {
        String id = running.created("hello", saying("one"));
        String etag = editor("GET", id).header("etag");
        editor("PUT", id + "/source", new MocksApi.Text(saying("two")));

        Running.Answer stale = running.as(
                "acme-editor",
                "PUT",
                "/api/mocks/mocks/" + id + "/source",
                new MocksApi.Text(saying("three")),
                "If-Match",
                etag);

        assertThat(stale.status()).isEqualTo(412);
    }

    @Test
    void names_are_unique_in_an_organization_and_hosts_everywhere() {
        running.created("a", Running.HELLO);
        Running.Answer again =
                running.as("acme-editor", "POST", "/api/mocks/mocks", new MocksApi.Draft("acme", "a", Running.HELLO));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("mock.name-taken");

        // "a-b" of "bolt" and "a" of "b-bolt" would both be a-b-bolt.
        running.created("bolt-editor", Town.BOLT.id(), "a", Running.HELLO);
        Running.Answer colliding = running.as(
                "crow-editor", "POST", "/api/mocks/mocks", new MocksApi.Draft(Town.CROW.id(), "a-b", Running.HELLO));
        assertThat(colliding.status()).isEqualTo(409);
        assertThat(colliding.code()).isEqualTo("mock.host-taken");
        assertThat(colliding.json().path("detail").asString()).contains("a-b-api");
    }

    @Test
    void the_same_request_again_makes_one_mock() {
        String key = "018f0000-0000-7000-8000-000000000001";
        var draft = new MocksApi.Draft("acme", "once", Running.HELLO);

        String first = running.as("acme-editor", "POST", "/api/mocks/mocks", draft, "Idempotency-Key", key)
                .json()
                .path("id")
                .asString();
        Running.Answer second = running.as("acme-editor", "POST", "/api/mocks/mocks", draft, "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().path("id").asString()).isEqualTo(first);
    }

    @Test
    void an_organization_has_at_most_200_mocks_and_the_last_is_answered_again() {
        for (int i = 1; i < MockList.MAX_PER_ORGANIZATION; i++) {
            running.created("mock-" + i, Running.HELLO);
        }
        String key = "018f0000-0000-7000-8000-000000000002";
        var last = new MocksApi.Draft("acme", "mock-last", Running.HELLO);
        Running.Answer made = running.as("acme-editor", "POST", "/api/mocks/mocks", last, "Idempotency-Key", key);
        assertThat(made.status()).isEqualTo(201);

        Running.Answer refused = running.as(
                "acme-editor", "POST", "/api/mocks/mocks", new MocksApi.Draft("acme", "one-more", Running.HELLO));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("mock.too-many");
        assertThat(running.as("acme-editor", "POST", "/api/mocks/mocks", last, "Idempotency-Key", key)
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo(made.json().path("id").asString());
    }

    @Test
    void a_file_can_be_sent_as_it_is() {
        Running.Answer made = running.as(
                "acme-editor",
                "POST",
                "/api/mocks/mocks?organization=acme&name=raw",
                Running.HELLO,
                "Content-Type",
                "text/yaml");

        assertThat(made.status()).isEqualTo(201);
        assertThat(editor("GET", made.json().path("id").asString() + "/source").text())
                .isEqualTo(Running.HELLO);
    }

    @Test
    void lists_go_page_by_page_in_the_order_of_names() {
        for (String name : new String[] {"c", "a", "b"}) {
            running.created(name, Running.HELLO);
        }

        Running.Answer first = running.as("acme-viewer", "GET", "/api/mocks/mocks?limit=2");
        assertThat(first.json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("name").asString()))
                .containsExactly("a", "b");
        Running.Answer second = running.as(
                "acme-viewer",
                "GET",
                "/api/mocks/mocks?limit=2&after=" + first.json().path("next").asString());
        assertThat(second.json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("name").asString()))
                .containsExactly("c");
    }
}
