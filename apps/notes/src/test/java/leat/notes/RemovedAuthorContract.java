package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leat.kernel.View;
import leat.kernel.port.Engine;
import leat.kernel.port.Kept;
import leat.kernel.port.StoredEvent;
import leat.kernel.runtime.Node;
import org.junit.jupiter.api.Test;

/** What becomes of notes and comments when somebody is removed who wrote them. */
abstract class RemovedAuthorContract {
    private static final String WORD = "xylophone";

    abstract Engine engine();

    /** Waits until the key is gone and every view was built without it. */
    private static void forget(Running leat, String user) {
        leat.town.forget(user);
        Running.await(() -> leat.engine()
                .keys()
                .find(user)
                .filter(key -> key.wrapped().isEmpty())
                .isPresent());
        Running.await(() -> !tells(leat, WORD));
    }

    /** Whether any page or answer that others may ask for has the word. */
    private static boolean tells(Running leat, String word) {
        var notes = leat.get("bob", NOTES + "?organization=acme");
        var told = new ArrayList<String>(List.of(
                notes.text(),
                leat.get("bob", "/api/notes/search?organization=acme&q=" + word).text(),
                leat.get("bob", "/api/notes/changes?organization=acme").text()));
        for (String id : notes.all("id")) {
            told.add(leat.get("bob", NOTES + "/" + id + "/versions").text());
            told.add(leat.get("bob", NOTES + "/" + id + "/comments").text());
        }
        return told.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(word));
    }

    private static List<String> kept(Engine engine) {
        var all = new ArrayList<String>();
        engine.journal().export(kept -> {
            switch (kept) {
                case Kept.Event(StoredEvent event) -> all.add(new String(event.payload(), StandardCharsets.UTF_8));
                case Kept.Aside aside -> all.add(aside.toString());
            }
        });
        return all;
    }

    @Test
    void private_notes_and_those_that_nobody_else_wrote_go_with_their_author() {
        try (var leat = Running.on(engine())) {
            String mine = leat.create("ada", closed("My " + WORD));
            String lonely = leat.create("ada", open("A " + WORD + " for all"));
            String slug = leat.get("ada", NOTES + "/" + lonely).text("slug");
            String bobs = leat.create("bob", open("Bob's own"));
            forget(leat, "ada");

            assertThat(leat.get("ada", NOTES + "/" + mine).outcome()).isEqualTo("404 note.absent");
            assertThat(leat.get("bob", NOTES + "/" + lonely).outcome()).isEqualTo("404 note.absent");
            assertThat(leat.get("bob", NOTES + "/" + slug).outcome()).isEqualTo("404 note.absent");
            assertThat(leat.get("bob", NOTES + "/" + bobs).text("title")).isEqualTo("Bob's own");
            assertThat(leat.get("bob", NOTES + "?organization=acme").all("title"))
                    .containsExactly("Bob's own");
            assertThat(leat.get("bob", "/api/notes/changes?organization=acme").text())
                    .contains(lonely)
                    .doesNotContain(mine);
            assertThat(kept(leat.engine()))
                    .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(WORD));
        }
    }

    @Test
    void a_note_that_others_have_written_too_shows_their_words_under_another_address() {
        try (var leat = Running.on(engine())) {
            String id = leat.create("ada", open("The " + WORD));
            String slug = leat.get("ada", NOTES + "/" + id).text("slug");
            assertThat(leat.as("bob", "PUT", NOTES + "/" + id, open("Bob's title"))
                            .status())
                    .isEqualTo(200);
            assertThat(leat.as("ada", "PUT", NOTES + "/" + id, open("Again " + WORD))
                            .status())
                    .isEqualTo(200);
            forget(leat, "ada");

            var note = leat.get("bob", NOTES + "/" + id);
            assertThat(note.text("title")).isEqualTo("Bob's title");
            assertThat(note.text("slug")).isEqualTo(id);
            assertThat(leat.get("bob", NOTES + "/" + slug).outcome()).isEqualTo("404 note.absent");
            assertThat(leat.get("bob", NOTES + "/" + id + "/versions").all("title"))
                    .containsExactly(NoteVersions.FORGOTTEN, "Bob's title", NoteVersions.FORGOTTEN);
            assertThat(leat.as("bob", "PUT", NOTES + "/" + id, open("Going on")).status())
                    .isEqualTo(200);
            assertThat(leat.page("bob", "/notes/" + id).text())
                    .contains("Somebody who left")
                    .doesNotContain(WORD);
            assertThat(leat.page("bob", "/notes/" + id + "/history").status()).isEqualTo(200);
            assertThat(kept(leat.engine()))
                    .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(WORD));
        }
    }

    @Test
    void what_somebody_wrote_into_a_note_of_another_goes_and_the_note_stays() {
        try (var leat = Running.on(engine())) {
            String id = leat.create("bob", open("Bob's plan"));
            String slug = leat.get("bob", NOTES + "/" + id).text("slug");
            leat.as("ada", "PUT", NOTES + "/" + id, open("A better " + WORD));
            forget(leat, "ada");

            assertThat(leat.get("bob", NOTES + "/" + slug).text("title")).isEqualTo("Bob's plan");
            assertThat(leat.get("bob", NOTES + "/" + slug).text("body")).isEqualTo("Some *text*.");
        }
    }

    @Test
    void comments_go_and_answers_to_them_stay() {
        try (var leat = Running.on(engine())) {
            String id = leat.create("bob", open("Bob's plan"));
            String comments = NOTES + "/" + id + "/comments";
            String said = leat.as("ada", "POST", comments, Map.of("body", "I like " + WORD))
                    .text("id");
            leat.as("bob", "POST", comments, Map.of("body", "So do I", "parent", said));
            forget(leat, "ada");

            String shown = leat.get("bob", comments).text();
            assertThat(shown).contains("So do I").doesNotContain(WORD);
            assertThat(kept(leat.engine()))
                    .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(WORD));
        }
    }

    @Test
    void what_notebooks_and_files_that_stay_are_called_is_left_to_the_organization_and_other_names_go() {
        try (var leat = Running.on(engine())) {
            String notebooks = "/api/notes/notebooks";
            String bobs = leat.as("bob", "POST", notebooks, Map.of("name", "Bob's", "access", "Public"))
                    .text("id");
            leat.as("ada", "PUT", notebooks + "/" + bobs, Map.of("name", "Renamed", "access", "Public"));
            leat.as("ada", "POST", notebooks, Map.of("name", "Slates", "access", "Public"));
            leat.as("ada", "POST", notebooks, Map.of("name", "My " + WORD));
            leat.as("ada", "POST", "/api/notes/searches", Map.of("name", "My " + WORD, "query", "q=" + WORD));
            String files = NOTES + "/" + leat.create("bob", open("Bob's plan")) + "/attachments";
            leat.as("ada", "POST", files + "?name=plan.txt", "Tiles.".getBytes(StandardCharsets.UTF_8));
            String alone = leat.create("ada", closed("Mine"));
            String file = NOTES + "/" + alone + "/attachments?name=" + WORD + ".txt";
            assertThat(leat.as("ada", "POST", file, "Mine.".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(201);
            assertThat(kept(leat.engine())).noneMatch(text -> text.contains("\"Slates\""));
            forget(leat, "ada");
            Running.await(() -> kept(leat.engine()).stream()
                    .filter(text -> text.contains(WORD))
                    .findAny()
                    .isEmpty());

            assertThat(leat.get("bob", notebooks).all("name")).containsExactly("Renamed", "Slates");
            assertThat(leat.get("bob", files).all("name")).containsExactly("plan.txt");
            assertThat(leat.as("bob", "POST", files + "?name=plan.txt", "Other.".getBytes(StandardCharsets.UTF_8))
                            .text("name"))
                    .isEqualTo("plan (2).txt");
            rebuild(leat.node());
            assertThat(leat.get("bob", notebooks).all("name")).containsExactly("Renamed", "Slates");
            assertThat(leat.get("bob", files).all("name")).containsExactly("plan.txt", "plan (2).txt");
        }
    }

    @Test
    void views_that_are_built_anew_say_the_same() {
        try (var leat = Running.on(engine())) {
            String id = leat.create("ada", open("The " + WORD));
            leat.as("bob", "PUT", NOTES + "/" + id, open("Bob's title"));
            leat.create("ada", closed("My " + WORD));
            leat.create("ada", open("Another " + WORD));
            forget(leat, "ada");
            List<String> questions = List.of(
                    NOTES + "?organization=acme",
                    NOTES + "/" + id,
                    NOTES + "/" + id + "/versions",
                    "/api/notes/changes?organization=acme");
            List<String> before =
                    questions.stream().map(it -> leat.get("bob", it).text()).toList();
            rebuild(leat.node());

            assertThat(questions.stream().map(it -> leat.get("bob", it).text()).toList())
                    .isEqualTo(before);
        }
    }

    private static void rebuild(Node node) {
        for (View view : node.views()) {
            assertThat(node.rebuildView(view.name())).isTrue();
        }
        Running.await(() ->
                node.status().views().stream().noneMatch(view -> view.rebuilt().isPresent()));
    }
}
