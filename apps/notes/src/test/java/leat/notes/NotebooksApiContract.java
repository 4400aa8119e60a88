package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the interface of notebooks promises on every engine. */
abstract class NotebooksApiContract {
    static final String NOTEBOOKS = "/api/notes/notebooks";

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

    private Answer make(String user, String name, String parent) {
        return running.as(user, "POST", NOTEBOOKS, Map.of("name", name, "parent", parent, "access", "Public"));
    }

    private String made(String user, String name, String parent) {
        Answer answer = make(user, name, parent);
        assertThat(answer.outcome()).isEqualTo("201");
        return answer.text("id");
    }

    private Answer file(String user, String note, String notebook) {
        return running.as(user, "PUT", NOTES + "/" + note + "/notebook", Map.of("notebook", notebook));
    }

    private String noteIn(String user, String title, String notebook) {
        var draft = new HashMap<String, Object>(open(title));
        draft.put("notebook", notebook);
        return running.create(user, draft);
    }

    private List<String> titles(String user, String query) {
        return running.get(user, NOTES + query).all("title");
    }

    @Test
    void notebooks_lie_in_each_other_and_lists_find_what_is_further_in() {
        String house = made("ada", "House", "");
        String roof = made("ada", "Roof", house);
        String slates = made("bob", "Slates", roof);
        noteIn("ada", "on the house", house);
        noteIn("ada", "on the slates", slates);
        running.create("ada", open("on nothing"));
        assertThat(titles("bob", "?notebook=" + house)).containsExactlyInAnyOrder("on the house", "on the slates");
        assertThat(titles("bob", "?notebook=" + slates)).containsExactly("on the slates");
        assertThat(running.get("bob", "/api/notes/search?q=slates&notebook=" + roof)
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(running.get("bob", "/api/notes/search?q=house&notebook=" + roof)
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(running.get("eve", NOTEBOOKS).all("name")).containsExactly("House", "Roof", "Slates");
        assertThat(running.get("eve", NOTEBOOKS).all("parent")).containsExactly("", house, roof);
        assertThat(running.get("eve", NOTES + "?notebook=" + house).all("notebook"))
                .containsExactlyInAnyOrder(house, slates);
    }

    @Test
    void the_board_narrows_to_a_notebook() {
        String house = made("ada", "House", "");
        running.create("ada", Map.of("title", "in", "status", "Doing", "notebook", house));
        running.create("ada", Map.of("title", "out", "status", "Doing"));
        String board = running.get("ada", "/api/notes/board?notebook=" + house).text();
        assertThat(board).contains("\"in\"").doesNotContain("\"out\"");
    }

    @Test
    void a_name_is_taken_within_its_place_in_whatever_case_and_free_elsewhere() {
        String house = made("ada", "House", "");
        assertThat(make("bob", "house", "").outcome()).isEqualTo("409 notebook.taken");
        made("bob", "house", house);
        assertThat(running.as("dan", "POST", NOTEBOOKS + "?organization=bolt", Map.of("name", "House"))
                        .outcome())
                .isEqualTo("201");
        Answer renamed = running.as("ada", "PUT", NOTEBOOKS + "/" + house, Map.of("name", "Mill", "color", "3a7f2c"));
        assertThat(renamed.text("name") + renamed.text("color") + renamed.text("access"))
                .isEqualTo("Mill3a7f2cPublic");
        made("bob", "House", "");
    }

    @Test
    void a_notebook_moves_but_not_into_itself_nor_too_deep() {
        String above = "";
        var chain = new java.util.ArrayList<String>();
        for (int i = 1; i <= Notebook.MAX_DEPTH; i++) {
            above = made("ada", "n" + i, above);
            chain.add(above);
        }
        assertThat(make("ada", "too deep", above).violations()).containsExactly("parent parent.deep");
        Answer inside = running.as("ada", "PUT", NOTEBOOKS + "/" + chain.getFirst(), Map.of("parent", chain.get(2)));
        assertThat(inside.violations()).containsExactly("parent parent.inside");
        String other = made("ada", "other", "");
        Answer deep = running.as("ada", "PUT", NOTEBOOKS + "/" + chain.getFirst(), Map.of("parent", other));
        assertThat(deep.violations()).containsExactly("parent parent.deep");
        Answer moved = running.as("ada", "PUT", NOTEBOOKS + "/" + chain.get(1), Map.of("parent", other));
        assertThat(moved.text("parent")).isEqualTo(other);
        noteIn("ada", "deep down", above);
        assertThat(titles("bob", "?notebook=" + other)).containsExactly("deep down");
        assertThat(titles("bob", "?notebook=" + chain.getFirst())).isEmpty();
    }

    @Test
    void what_lies_in_a_removed_notebook_lies_above_until_it_is_recovered() {
        String house = made("ada", "House", "");
        String roof = made("ada", "Roof", house);
        String slates = made("ada", "Slates", roof);
        String note = noteIn("ada", "on the slates", slates);
        assertThat(running.as("bob", "DELETE", NOTEBOOKS + "/" + roof).outcome())
                .isEqualTo("200");
        assertThat(running.get("eve", NOTEBOOKS).all("name")).containsExactly("House");
        assertThat(running.get("eve", NOTEBOOKS + "?removed=true").all("name")).containsExactly("Roof");
        assertThat(running.get("eve", NOTES + "/" + note).text("notebook")).isEqualTo(house);
        assertThat(running.get("eve", NOTES).all("notebook")).containsExactly(house);
        assertThat(titles("eve", "?notebook=" + house)).containsExactly("on the slates");
        String another = made("bob", "Roof", house);
        assertThat(running.as("ada", "DELETE", NOTEBOOKS + "/" + roof + "/removal")
                        .outcome())
                .isEqualTo("409 notebook.taken");
        running.as("bob", "PUT", NOTEBOOKS + "/" + another, Map.of("name", "Another roof"));
        assertThat(running.as("ada", "DELETE", NOTEBOOKS + "/" + roof + "/removal")
                        .outcome())
                .isEqualTo("200");
        assertThat(running.get("eve", NOTES + "/" + note).text("notebook")).isEqualTo(slates);
        assertThat(titles("eve", "?notebook=" + roof)).containsExactly("on the slates");
    }

    @Test
    void a_note_moves_between_notebooks_by_itself_and_with_its_draft() {
        String house = made("ada", "House", "");
        String mill = made("bob", "Mill", "");
        String note = running.create("ada", open("One"));
        assertThat(file("bob", note, house).text("notebook")).isEqualTo(house);
        assertThat(running.as("ada", "PUT", NOTES + "/" + note, Map.of("title", "One", "body", "b", "notebook", mill))
                        .text("notebook"))
                .isEqualTo(mill);
        assertThat(running.as("ada", "PUT", NOTES + "/" + note, Map.of("title", "One", "body", "c"))
                        .text("notebook"))
                .isEqualTo(mill);
        assertThat(running.as("ada", "DELETE", NOTES + "/" + note + "/notebook").text("notebook"))
                .isEmpty();
        assertThat(file("eve", note, house).outcome()).isEqualTo("403 forbidden");
        assertThat(file("ada", note, "0000000000000").violations()).containsExactly("notebook notebook.absent");
        String elsewhere =
                running.as("zoe", "POST", NOTEBOOKS, Map.of("name", "Hers")).text("id");
        assertThat(file("ada", note, elsewhere).violations()).containsExactly("notebook notebook.absent");
    }

    @Test
    void a_repeated_request_with_its_key_writes_and_moves_once() {
        String house = made("ada", "House", "");
        String note = running.create("ada", open("One"));
        var draft = Map.of("title", "Two", "body", "b", "notebook", house);
        String key = "5b0a4a3e-8a55-4c7c-8d7c-0123456789ab";
        Answer first = running.as("ada", "PUT", NOTES + "/" + note, draft, "Idempotency-Key", key);
        Answer again = running.as("ada", "PUT", NOTES + "/" + note, draft, "Idempotency-Key", key);
        assertThat(first.text("notebook")).isEqualTo(house);
        assertThat(again.text("notebook")).isEqualTo(house);
        assertThat(again.json().path("number").asInt()).isEqualTo(2);
    }

    @Test
    void a_private_notebook_is_its_authors_alone() {
        Answer mine = running.as("ada", "POST", NOTEBOOKS, Map.of("name", "Mine"));
        String path = mine.header("Location");
        assertThat(running.get("ada", path).text("access")).isEqualTo("Private");
        for (String user : List.of("bob", "eve", "oda", "dan", "zoe", "nia")) {
            for (String method : List.of("GET", "PUT", "DELETE")) {
                assertThat(running.as(user, method, path, method.equals("PUT") ? Map.of("name", "x") : "")
                                .outcome())
                        .isEqualTo("404 notebook.absent");
            }
            assertThat(running.get(user, NOTES + "?organization=acme&notebook=" + mine.text("id"))
                            .outcome())
                    .startsWith("404");
            assertThat(running.get(user, NOTEBOOKS + "?organization=acme").text())
                    .doesNotContain("Mine");
        }
        assertThat(make("bob", "Within", mine.text("id")).violations()).containsExactly("parent notebook.absent");
    }

    @Test
    void only_its_author_moves_and_closes_a_notebook_and_editors_name_it() {
        String path = NOTEBOOKS + "/" + made("ada", "House", "");
        String other = made("bob", "Other", "");
        assertThat(running.as("bob", "PUT", path, Map.of("name", "Roof")).outcome())
                .isEqualTo("200");
        assertThat(running.as("bob", "PUT", path, Map.of("access", "Private")).outcome())
                .isEqualTo("403 notebook.not-yours");
        assertThat(running.as("bob", "PUT", path, Map.of("parent", other)).outcome())
                .isEqualTo("403 notebook.not-yours");
        assertThat(running.as("eve", "PUT", path, Map.of("name", "x")).outcome())
                .isEqualTo("403 forbidden");
        assertThat(running.as("eve", "POST", NOTEBOOKS, Map.of("name", "x")).outcome())
                .isEqualTo("403 forbidden");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThat(running.as("ada", "POST", NOTEBOOKS, Map.of("name", " ", "color", "red", "access", "All"))
                        .violations())
                .containsExactly("name name.blank", "color color.shape", "access access.unknown");
        assertThat(make("ada", "x".repeat(Notebook.MAX_NAME + 1), "").violations())
                .containsExactly("name name.long");
        made("ada", "😀".repeat(Notebook.MAX_NAME), "");
        assertThat(running.as("ada", "POST", NOTES, Map.of("title", "x", "notebook", "nowhere"))
                        .violations())
                .containsExactly("notebook notebook.absent");
        assertThat(running.get("ada", NOTES + "?notebook=nowhere").outcome()).isEqualTo("404 notebook.absent");
    }

    @Test
    void a_private_note_stays_private_in_a_public_notebook() {
        String house = made("ada", "House", "");
        String note = running.create("ada", closed("Mine"));
        file("ada", note, house);
        assertThat(titles("bob", "?notebook=" + house)).isEmpty();
        assertThat(running.get("bob", NOTES + "/" + note).outcome()).isEqualTo("404 note.absent");
        assertThat(file("bob", note, house).outcome()).isEqualTo("404 note.absent");
    }
}
