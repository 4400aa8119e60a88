package leat.notes;

import static leat.notes.Running.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import leat.apps.test.RunningApp.Typed;
import leat.kernel.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a server, as people and scripts type it. */
final class NotesCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    private final Running running = Running.inMemory();
    private String editor = "true";

    @AfterEach
    void stop() {
        running.close();
    }

    private Typed as(String user, String in, String... words) {
        var commands = new NotesCommands(
                new TextEditor(name -> name.equals("EDITOR") ? Optional.of(editor) : Optional.empty()));
        String[] all = Stream.concat(Stream.of("notes"), Stream.of(words)).toArray(String[]::new);
        return running.type(commands, user, in.getBytes(StandardCharsets.UTF_8), all);
    }

    private Typed ada(String... words) {
        return as("ada", "", words);
    }

    private static String done(Typed typed) {
        assertThat(typed.exit()).as(typed.err()).isZero();
        return typed.out();
    }

    @Test
    void files_are_attached_and_the_text_may_name_them_as_is_printed() throws Exception {
        done(ada("add", "Roof"));
        Path one = Files.writeString(folder.resolve("my roof.txt"), "tiles");
        Path two = Files.writeString(folder.resolve("two.txt"), "2");
        assertThat(done(ada("attach", "Roof", one.toString(), two.toString())))
                .isEqualTo("attachment:my%20roof.txt\nattachment:two.txt\n");
        assertThat(ada("attach", "Roof", folder.resolve("none").toString()).err())
                .contains("There is no file");
    }

    @Test
    void a_note_goes_in_by_a_pipe_and_comes_out_as_it_was() {
        String slug = done(as("ada", "# Slate\n\nBefore winter.", "add", "Mend the roof", "-", "--tag", "House/Roof"))
                .strip();
        assertThat(slug).endsWith("-Mend_the_roof");
        assertThat(done(ada("show", slug))).isEqualTo("# Slate\n\nBefore winter.\n");
        assertThat(done(ada("show", "mend the ROOF"))).startsWith("# Slate");
        String wild =
                done(as("ada", "a\tb\u001b[31m\r\n\n", "add", "Wild", "-")).strip();
        assertThat(done(ada("show", wild))).isEqualTo("a\tb [31m\r\n\n");
        assertThat(Json.tree(done(ada("show", slug, "--json"))).path("tags").toString())
                .isEqualTo("[\"house/roof\"]");
    }

    @Test
    void notes_are_listed_and_found() {
        done(ada("add", "Roof", "--due", "2999-01-01T00:00:00Z", "--status", "ToDo", "--public"));
        done(as("ada", "about slate", "add", "Wall", "-"));
        assertThat(done(ada("list")))
                .contains("NOTE")
                .contains("Wall")
                .contains("Task")
                .contains("ToDo");
        assertThat(done(ada("list", "--due"))).contains("Roof").doesNotContain("Wall");
        assertThat(done(ada("list", "--status", "Doing"))).isEqualTo("There are no notes here yet.\n");
        assertThat(done(as("bob", "", "list"))).contains("Roof").doesNotContain("Wall");
        assertThat(done(ada("search", "slate"))).contains("Wall").contains("about slate");
        assertThat(done(ada("search", "moss"))).isEqualTo("No note has that.\n");
    }

    @Test
    void notebooks_are_made_filled_and_brought_back() {
        done(ada("notebooks", "add", "House", "--public"));
        done(ada("notebooks", "add", "Roof", "--in", "House", "--public", "--color", "3a7f2c"));
        assertThat(done(ada("notebooks", "list"))).contains("House/Roof").contains("Public");
        done(ada("add", "Slates", "--notebook", "house/roof", "--public"));
        done(ada("add", "Cellar", "--public"));
        assertThat(done(as("bob", "", "list", "--notebook", "House")))
                .contains("Slates")
                .doesNotContain("Cellar");
        assertThat(done(ada("move", "Cellar", "House"))).isEqualTo("Cellar lies in House.\n");
        assertThat(done(ada("list", "--notebook", "House"))).contains("Cellar");
        assertThat(done(ada("search", "cellar", "--notebook", "Roof"))).isEqualTo("No note has that.\n");
        done(ada("move", "Cellar"));
        done(ada("notebooks", "change", "Roof", "--name", "Attic", "--in", ""));
        assertThat(done(ada("notebooks", "remove", "Attic"))).contains("is removed");
        assertThat(done(ada("notebooks", "list"))).doesNotContain("Attic");
        assertThat(done(ada("notebooks", "restore", "attic"))).isEqualTo("The notebook Attic is back.\n");
        assertThat(ada("notebooks", "remove", "Nowhere").err()).contains("You see no notebook");
    }

    @Test
    void a_note_is_shared_with_members_and_by_links() {
        done(ada("add", "Mine"));
        assertThat(done(ada("shares", "list", "Mine"))).isEqualTo("It is shared with nobody.\n");
        assertThat(done(ada("shares", "add", "Mine", "bob", "--as", "editor"))).contains("Editor");
        assertThat(done(as("bob", "", "list"))).contains("Mine");
        done(ada("shares", "remove", "Mine", "bob"));
        assertThat(done(as("bob", "", "list"))).doesNotContain("Mine");
        String address = done(ada("links", "add", "Mine", "--days", "7")).strip();
        assertThat(running.page("", java.net.URI.create(address).getPath()).status())
                .isEqualTo(200);
        String link = Json.tree(done(ada("links", "list", "Mine", "--json")))
                .path(0)
                .path("id")
                .asString("");
        assertThat(done(ada("links", "revoke", "Mine", link))).isEqualTo("The link is revoked.\n");
        assertThat(running.page("", java.net.URI.create(address).getPath()).status())
                .isEqualTo(404);
        done(ada("notebooks", "add", "House"));
        assertThat(done(ada("shares", "add", "House", "eve", "--notebook"))).contains("Viewer");
        assertThat(done(as("eve", "", "notebooks", "list"))).contains("House");
    }

    @Test
    void searches_are_saved_run_and_had_back() {
        assertThat(done(ada("searches", "list"))).isEqualTo("There are no saved searches yet.\n");
        done(as("ada", "a leaky roof", "add", "House", "-", "--tag", "home"));
        done(as("ada", "a new roof", "add", "Shed", "-"));
        assertThat(done(ada("searches", "save", "Leaks", "leaky", "roof", "--tag", "home")))
                .contains("q=leaky roof tag=home as Leaks.");
        done(ada("searches", "save", "At home", "--tag", "home"));
        assertThat(done(ada("searches", "list"))).contains("Leaks").contains("q=leaky roof tag=home");
        assertThat(done(ada("searches", "run", "leaks"))).contains("House").doesNotContain("Shed");
        assertThat(done(ada("searches", "run", "At home"))).contains("House").doesNotContain("Shed");
        assertThat(as("bob", "", "searches", "run", "Leaks").err()).contains("You have no saved search \"Leaks\".");
        String removed = done(ada("searches", "remove", "Leaks"));
        assertThat(done(ada("searches", "list"))).doesNotContain("Leaks");
        String id = removed.replaceAll("(?s).*restore (\\w+).*", "$1");
        assertThat(done(ada("searches", "restore", id))).isEqualTo("The search Leaks is back.\n");
        assertThat(done(ada("searches", "run", "Leaks"))).contains("House");
        assertThat(ada("searches", "save", "All").exit()).isEqualTo(2);
        assertThat(ada("searches", "save", "Wrong", "--kind", "Song").err()).contains("Use one of");
    }

    @Test
    void a_task_is_done() {
        done(ada("add", "Roof", "--status", "ToDo"));
        assertThat(done(ada("done", "Roof"))).isEqualTo("Roof is completed.\n");
        assertThat(done(ada("list", "--status", "Completed"))).contains("Roof");
    }

    @Test
    void a_text_is_edited_in_the_editor_that_one_likes_and_every_version_stays() {
        done(as("ada", "old text", "add", "Roof", "-"));
        editor = "sed -i s/old/new/";
        assertThat(done(ada("edit", "Roof"))).isEqualTo("Version 2 of Roof is saved.\n");
        assertThat(done(ada("show", "Roof"))).isEqualTo("new text\n");
        assertThat(done(ada("show", "Roof", "--version", "1"))).isEqualTo("old text\n");
        assertThat(done(ada("edit", "Roof", "--title", "Tiles"))).contains("Version 3 of Tiles");
        assertThat(done(ada("history", "Tiles")))
                .contains("VERSION")
                .contains("Roof")
                .contains("ada");
        assertThat(done(ada("restore", "Tiles", "1"))).isEqualTo("Roof is as version 4 says.\n");
        assertThat(done(ada("show", "Roof"))).isEqualTo("old text\n");
        editor = "false";
        assertThat(ada("edit", "Roof").exit()).isEqualTo(1);
    }

    @Test
    void a_text_that_cannot_be_saved_is_kept_in_a_file() throws Exception {
        String id = running.create("ada", Map.of("title", "Roof", "access", "Public"));
        Path meanwhile = Files.writeString(
                folder.resolve("editor"),
                "#!/bin/sh\ncurl -s -o /dev/null -X PUT -H 'Authorization: Bearer bob' -H 'Content-Type: application/json'"
                        + " -d '{\"title\":\"Roof\",\"body\":\"theirs\"}' " + running.uri(NOTES + "/" + id)
                        + "\necho mine > \"$1\"\n");
        editor = "sh " + meanwhile;
        Typed refused = ada("edit", "Roof");
        assertThat(refused.exit()).isEqualTo(5);
        String file = refused.err().replaceAll("(?s).*kept in (\\S+\\.md)\\..*", "$1");
        assertThat(Files.readString(Path.of(file))).isEqualTo("mine\n");
        Files.delete(Path.of(file));
        assertThat(done(ada("show", "Roof"))).isEqualTo("theirs\n");
    }

    @Test
    void a_note_comes_back_out_of_the_trash() {
        String slug = done(ada("add", "Roof")).strip();
        running.as("ada", "DELETE", NOTES + "/" + slug);
        assertThat(ada("show", slug).exit()).isEqualTo(1);
        assertThat(done(ada("list", "--trash"))).contains("Roof");
        done(ada("restore", slug));
        assertThat(done(ada("list"))).contains("Roof");
    }

    @Test
    void all_goes_into_a_zip_and_comes_back_the_same() {
        String zip = folder.resolve("notes.zip").toString();
        done(as("dan", "one\r\n# two \ud83d\ude00\n", "add", "A/B: ☂", "-", "--tag", "x/y", "--org", "acme"));
        done(as(
                "dan",
                "",
                "add",
                "Later",
                "--due",
                "2999-01-01T00:00:00Z",
                "--status",
                "Doing",
                "--public",
                "--org",
                "acme"));
        assertThat(done(as("dan", "", "export", zip, "--org", "acme"))).startsWith("2 notes are in");
        assertThat(done(as("dan", "", "import", zip, "--dry-run", "--org", "bolt")))
                .isEqualTo("2 notes would come in.\n");
        assertThat(done(as("dan", "", "list", "--org", "bolt"))).startsWith("There are no notes");
        assertThat(done(as("dan", "", "import", zip, "--org", "bolt"))).isEqualTo("2 notes came in.\n");
        var there = fields("acme");
        assertThat(fields("bolt")).isEqualTo(there).hasSize(2);

        Typed again = as("dan", "", "import", zip, "--org", "bolt");
        assertThat(again.exit()).isEqualTo(0);
        assertThat(again.out()).isEqualTo("0 notes came in; 2 are here already.\n");
        assertThat(as("dan", "", "export", zip, "--org", "acme").exit()).isEqualTo(2);
    }

    @Test
    void files_and_flags_go_out_and_come_in_with_their_notes() throws Exception {
        String zip = folder.resolve("files.zip").toString();
        Path tile = Files.writeString(folder.resolve("my tile.txt"), "slate");
        done(as("dan", "![t](attachment:my%20tile.txt)", "add", "Roof", "-", "--org", "acme"));
        done(as("dan", "", "attach", "Roof", tile.toString(), "--org", "acme"));
        String id = running.get("dan", NOTES + "?organization=acme").all("id").getFirst();
        running.as("dan", "PUT", NOTES + "/" + id + "/pin");
        done(as("dan", "", "export", zip, "--org", "acme"));

        assertThat(done(as("dan", "", "import", zip, "--dry-run", "--org", "bolt")))
                .isEqualTo("1 note with 1 file would come in.\n");
        assertThat(done(as("dan", "", "import", zip, "--org", "bolt"))).isEqualTo("1 note with 1 file came in.\n");

        var there = running.get("dan", NOTES + "?organization=bolt");
        assertThat(there.json().path("items").path(0).path("pinned").asBoolean(false))
                .isTrue();
        String files = NOTES + "/" + there.all("id").getFirst() + "/attachments";
        assertThat(running.get("dan", files).all("name")).containsExactly("my tile.txt");
        String file = running.get("dan", files).all("id").getFirst();
        assertThat(running.get("dan", files + "/" + file).text()).isEqualTo("slate");
    }

    @Test
    void a_dry_run_says_what_would_be_refused() throws Exception {
        Path enex = Files.writeString(
                folder.resolve("x.enex"),
                "<en-export><note><title>" + "x".repeat(256)
                        + "</title><content><![CDATA[<en-note>" + "y".repeat(Content.MAX_BODY + 1)
                        + "</en-note>]]></content></note><note><title>Roof</title><tag>to do!</tag>"
                        + "<content><![CDATA[<en-note><div>tiles</div></en-note>]]></content></note></en-export>");
        Typed dry = ada("import", enex.toString(), "--dry-run");
        assertThat(dry.exit()).isEqualTo(1);
        assertThat(dry.out()).contains("Use at most 100000 characters.").endsWith("1 note would come in.\n");
        assertThat(running.get("ada", NOTES).all("id")).isEmpty();
        assertThat(ada("import", enex.toString()).out()).endsWith("1 note came in.\n");
        var note = running.get("ada", NOTES).json().path("items").path(0);
        assertThat(note.path("tags").toString()).isEqualTo("[\"to-do\"]");
    }

    /** What a copy has in common with what it is of. */
    private List<String> fields(String organization) {
        return running.get("dan", NOTES + "?organization=" + organization)
                .json()
                .path("items")
                .valueStream()
                .map(it -> running.get("dan", NOTES + "/" + it.path("id").asString())
                        .json())
                .map(it -> List.of("title", "body", "due", "status", "access", "tags").stream()
                        .map(field -> it.path(field).toString())
                        .toList()
                        .toString())
                .sorted()
                .toList();
    }

    @Test
    void what_was_typed_wrongly_says_how_it_is_right() {
        assertThat(ada("show", "None").err()).contains("You see no note \"None\".");
        assertThat(ada("show", "None").exit()).isEqualTo(1);
        assertThat(ada("add", "Roof", "none.md").exit()).isEqualTo(2);
        assertThat(ada("add").exit()).isEqualTo(2);
        assertThat(ada("add", "").err()).contains("Give the note a title.");
        assertThat(as("dan", "", "list").err()).contains("You are in several organizations");
        done(ada("add", "Roof", "--public"));
        done(ada("edit", "Roof", "--title", "Same"));
        done(ada("add", "Same"));
        assertThat(ada("show", "Same").err()).contains("Several notes are called \"Same\"");
        running.stopServing();
        assertThat(ada("list").exit()).isEqualTo(4);
    }
}
