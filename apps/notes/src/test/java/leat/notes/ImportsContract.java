package leat.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.Running.NOTES;
import static leat.notes.Running.open;
import static leat.notes.Uploads.IMPORTS;
import static leat.notes.Uploads.begun;
import static leat.notes.Uploads.run;
import static leat.notes.Uploads.taken;
import static leat.notes.Uploads.unzipped;
import static leat.notes.Uploads.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.port.Engine;
import leat.kernel.port.StoredTask;
import leat.kernel.test.Seed;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.MarkdownZip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Notes that come from files and go into them, by HTTP. */
abstract class ImportsContract {
    private static final NotesSettings SMALL = new NotesSettings(1_000, 1_000_000, 3_000_000);

    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    abstract Engine engine();

    @BeforeEach
    void start() {
        running = Running.on(engine(), SMALL);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static Document written(String folder, String title, String created, String changed) {
        return new Document(
                folder,
                title,
                "Before *winter*.",
                Optional.of(Instant.parse("2001-01-01T00:00:00Z")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Doing"),
                Optional.empty(),
                Optional.empty(),
                List.of("house/roof"),
                Optional.of(Instant.parse(created)),
                Optional.of(Instant.parse(changed)),
                true,
                true);
    }

    private List<JsonNode> listed(String user) {
        // Views follow a moment after the last note is there.
        return running.get(user, NOTES + "?limit=200")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode only(String user) {
        Running.await(() -> listed(user).size() == 1);
        return listed(user).getFirst();
    }

    private String notebook(String user, String name) {
        return running.as(user, "POST", "/api/notes/notebooks", Map.of("name", name))
                .text("id");
    }

    // --- taking in -------------------------------------------------------------------------------------------------

    @Test
    void a_note_comes_with_all_that_its_file_says_of_it() throws Exception {
        taken(
                running,
                "ada",
                "x.zip",
                zip(List.of(written("House/Roof", "Mend it", "2019-07-08T19:04:15Z", "2020-07-08T19:04:15Z"))));
        JsonNode it = only("ada");
        assertThat(it.path("title").asString("")).isEqualTo("Mend it");
        assertThat(it.path("slug").asString("")).isEqualTo("2019-07-08-Mend_it");
        assertThat(it.path("createdAt").asString("")).isEqualTo("2019-07-08T19:04:15Z");
        assertThat(it.path("changedAt").asString("")).isEqualTo("2020-07-08T19:04:15Z");
        assertThat(it.path("due").asString("")).as("it may have passed").isEqualTo("2001-01-01T00:00:00Z");
        assertThat(it.path("access").asString("")).isEqualTo("Private");
        assertThat(it.path("pinned").asBoolean()).isTrue();
        assertThat(it.path("archived").asBoolean()).isTrue();
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, String> above = new LinkedHashMap<>();
        running.get("ada", "/api/notes/notebooks").json().path("items").forEach(book -> {
            places.put(book.path("id").asString(""), book.path("name").asString(""));
            above.put(book.path("id").asString(""), book.path("parent").asString(""));
        });
        String notebook = it.path("notebook").asString("");
        assertThat(places.get(notebook)).isEqualTo("Roof");
        assertThat(places.get(above.get(notebook))).isEqualTo("House");
    }

    @Test
    void a_dry_run_tells_what_would_come_and_keeps_nothing() throws Exception {
        byte[] file = zip(Map.of(
                "House/Roof.md",
                "![](roof.png) #x",
                "House/roof.png",
                "tiles",
                "House/Wall.md",
                "---\ntags: [stone]\n---\n",
                "House/big.png",
                "x".repeat(1_001),
                "House/Tower.md",
                "![](big.png)",
                "lost.txt",
                "?"));
        String path = begun(running, "ada", "x.zip", file);
        JsonNode dry = run(running, "ada", path, true);
        assertThat(dry.path("stage").asString("")).isEqualTo("Done");
        assertThat(dry.path("notes").asInt()).isEqualTo(3);
        assertThat(dry.path("notebooks").asInt()).isEqualTo(1);
        assertThat(dry.path("tags").asInt()).isEqualTo(1);
        assertThat(dry.path("files").asInt()).isEqualTo(1);
        assertThat(dry.path("leftOut").asInt()).isEqualTo(2);
        assertThat(dry.path("why").valueStream().map(it -> it.path("name").asString("")))
                .containsExactlyInAnyOrder("Tower: big.png", "lost.txt");
        assertThat(listed("ada")).isEmpty();
        assertThat(running.get("ada", "/api/notes/notebooks").all("name")).isEmpty();

        JsonNode real = run(running, "ada", path, false);
        assertThat(real.path("expected").asInt()).isEqualTo(3);
        for (String count : List.of("notes", "notebooks", "tags", "files", "leftOut")) {
            assertThat(real.path(count).asInt())
                    .as(count)
                    .isEqualTo(dry.path(count).asInt());
        }
        Running.await(() -> listed("ada").size() == 3);
        assertThat(running.as("ada", "PUT", path + "/run", Map.of("dryRun", false))
                        .outcome())
                .isEqualTo("409 import.over");
    }

    @Test
    void the_same_file_brings_nothing_twice_and_another_brings_what_is_new() throws Exception {
        var documents = new ArrayList<>(List.of(
                Document.of("Roof", "a"), Document.of("Roof", "b"), Document.of("Roof", "b"), Document.of("", "")));
        assertThat(taken(running, "ada", "x.zip", zip(documents)).path("notes").asInt())
                .isEqualTo(4);
        JsonNode again = taken(running, "ada", "y.zip", zip(documents));
        assertThat(again.path("notes").asInt()).isZero();
        assertThat(again.path("known").asInt()).isEqualTo(4);
        documents.add(Document.of("Wall", ""));
        assertThat(taken(running, "ada", "x.zip", zip(documents)).path("notes").asInt())
                .isEqualTo(1);
        Running.await(() -> listed("ada").size() == 5);
        assertThat(taken(running, "bob", "x.zip", zip(documents)).path("notes").asInt())
                .as("for another they are others")
                .isEqualTo(5);
    }

    @Test
    void what_comes_in_fills_no_timeline() throws Exception {
        running.as("bob", "PUT", "/api/notes/people/ada/following");
        taken(running, "ada", "x.zip", zip(Map.of("Roof.md", "---\naccess: Public\n---\n")));
        running.create("ada", open("Wall"));
        Running.await(() -> listed("bob").size() == 2
                && !running.get("bob", "/api/notes/timeline").all("deed").isEmpty());
        assertThat(running.get("bob", "/api/notes/timeline").json().path("items"))
                .hasSize(1);
    }

    @Test
    void what_lies_in_the_trash_is_not_taken_again_and_is_named() throws Exception {
        byte[] file = zip(List.of(Document.of("Roof", "a")));
        taken(running, "ada", "x.zip", file);
        running.as("ada", "DELETE", NOTES + "/" + only("ada").path("id").asString(""));
        JsonNode again = taken(running, "ada", "x.zip", file);
        assertThat(again.path("notes").asInt()).isZero();
        assertThat(again.path("why").path(0).path("why").asString("")).contains("in the trash");
    }

    @Test
    void folders_never_become_notebooks_that_others_see() throws Exception {
        running.as("ada", "POST", "/api/notes/notebooks", Map.of("name", "House", "access", "Public"));
        running.as("bob", "POST", "/api/notes/notebooks", Map.of("name", "Mill"));
        String shared = notebook("ada", "Shared");
        running.as("ada", "PUT", "/api/notes/notebooks/" + shared + "/shares/bob", Map.of("role", "Viewer"));
        String linked = notebook("ada", "Linked");
        assertThat(running.as("ada", "POST", "/api/notes/notebooks/" + linked + "/links", Map.of())
                        .status())
                .isEqualTo(201);
        taken(
                running,
                "ada",
                "x.zip",
                zip(Map.of(
                        "house/a.md", "1", "Mill/b.md", "2", "Own/c.md", "3", "Shared/g.md", "7", "Linked/h.md", "8")));
        taken(running, "ada", "x.zip", zip(Map.of("house/d.md", "4", "Mill/e.md", "5", "OWN/f.md", "6")));
        Running.await(() -> listed("ada").size() == 8);
        assertThat(running.get("ada", "/api/notes/notebooks").all("name"))
                .containsExactlyInAnyOrder(
                        "House", "house (2)", "Mill (2)", "Own", "Shared", "Shared (2)", "Linked", "Linked (2)");
        assertThat(running.get("bob", NOTES).all("title")).isEmpty();
    }

    @Test
    void folders_deeper_than_notebooks_go_lie_in_the_last_that_can_be() throws Exception {
        JsonNode told = taken(running, "ada", "x.zip", zip(Map.of("1/2/3/4/5/6/7/a.md", "deep")));
        assertThat(told.path("notebooks").asInt()).isEqualTo(Notebook.MAX_DEPTH);
        assertThat(told.path("why").path(0).path("name").asString("")).isEqualTo("1/2/3/4/5/6/7");
    }

    @Test
    void a_run_that_a_node_breaks_off_is_ended_by_the_next_with_each_note_once() throws Exception {
        int many = 1_500;
        byte[] file = zip(IntStream.range(0, many)
                .mapToObj(i -> written("Folder " + i % 7, "Note " + i, "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"))
                .toList());
        String path = begun(running, "ada", "x.zip", file);
        running.as("ada", "PUT", path + "/run", Map.of("dryRun", false));
        Running.await(() -> !listed("ada").isEmpty());
        running.stopServing();
        running.node().drain(Duration.ZERO);
        running.node().close();
        Running first = running;
        running = Running.on(first.engine(), SMALL);
        assertThat(running.get("ada", path).text("stage"))
                .as("it was broken off")
                .isEqualTo("Running");

        JsonNode end = Uploads.ended(running, "ada", path);
        assertThat(end.path("stage").asString("")).as(end.toString()).isEqualTo("Done");
        assertThat(end.path("notes").asInt()).isEqualTo(many);
        assertThat(end.path("known").asInt()).isZero();
        assertThat(end.path("notebooks").asInt()).isEqualTo(7);
        Running.await(() -> exported("ada", "").size() == many);
        assertThat(exported("ada", "").values().stream().distinct()).hasSize(many);
    }

    @Test
    void it_can_be_cancelled_on_its_way_and_what_was_taken_stays() throws Exception {
        byte[] file = zip(IntStream.range(0, 5_000)
                .mapToObj(i -> Document.of("Note " + i, ""))
                .toList());
        String path = begun(running, "ada", "x.zip", file);
        running.as("ada", "PUT", path + "/run", Map.of("dryRun", false));
        Running.await(() -> running.get("ada", path).json().path("notes").asInt() > 0);
        assertThat(running.as("ada", "DELETE", path).text("stage")).isEqualTo("Cancelled");
        assertThat(running.get("ada", path).json().path("notes").asInt()).isBetween(1, 4_999);
        assertThat(running.as("ada", "PUT", path + "/run", Map.of("dryRun", false))
                        .outcome())
                .isEqualTo("409 import.over");
        Running.await(() -> running.node().tasks(StoredTask.State.RUNNING, 100).stream()
                .noneMatch(it -> it.kind().equals(Import.READ)));
        assertThat(exported("ada", "").size()).as("notes that came in").isBetween(1, 4_999);
    }

    @Test
    void progress_can_be_followed_until_the_end() throws Exception {
        String path = begun(running, "ada", "x.zip", zip(List.of(Document.of("Roof", ""))));
        running.as("ada", "PUT", path + "/run", Map.of("dryRun", true));
        try (var lines = running.follow("ada", path + "/events").body()) {
            assertThat(lines.filter(it -> it.startsWith("data:")).toList().getLast())
                    .contains("\"stage\":\"Done\"")
                    .contains("\"notes\":1");
        }
    }

    @Test
    void what_cannot_be_read_is_told_and_ends_it() throws Exception {
        JsonNode end = run(running, "ada", begun(running, "ada", "x.zip", "no zip".getBytes(UTF_8)), false);
        assertThat(end.path("stage").asString("")).isEqualTo("Failed");
        assertThat(end.path("failure").asString("")).startsWith("This is none of the files that can be read");
    }

    // --- sending ---------------------------------------------------------------------------------------------------

    @Test
    void a_file_comes_in_parts() throws Exception {
        byte[] file = zip(List.of(Document.of("Roof", "x".repeat(100_000))));
        String path = IMPORTS + "/"
                + running.as("ada", "POST", IMPORTS, Map.of("name", "x.zip")).text("id");
        for (int part = 0, at = 0; at < file.length; part++, at += 100) {
            byte[] bytes = java.util.Arrays.copyOfRange(file, at, Math.min(file.length, at + 100));
            assertThat(running.as("ada", "PUT", path + "/parts/" + part, bytes).outcome())
                    .isEqualTo("200");
            assertThat(running.as("ada", "PUT", path + "/parts/" + part, bytes).outcome())
                    .as("again")
                    .isEqualTo("200");
        }
        assertThat(running.get("ada", path).json().path("size").asInt()).isEqualTo(file.length);
        assertThat(run(running, "ada", path, false).path("notes").asInt()).isEqualTo(1);
    }

    @Test
    void what_a_killed_run_left_of_a_file_is_removed_by_the_next() throws Exception {
        String path = begun(running, "ada", "x.zip", zip(List.of(Document.of("Roof", "Slates"))));
        String id = path.substring(path.lastIndexOf('/') + 1);
        Path left = Files.createTempDirectory("leat-import-" + id + "-");
        Files.writeString(left.resolve("file"), "somebody's text");
        Path others = Files.createTempDirectory("leat-import-0000000000000-");
        try {
            assertThat(run(running, "ada", path, false).path("notes").asInt()).isEqualTo(1);
            assertThat(left).doesNotExist();
            assertThat(others).exists();
            Running.await(() -> foldersOf(id) == 0);
        } finally {
            Files.delete(others);
        }
    }

    private static long foldersOf(String id) {
        try (var folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return folders.filter(it -> it.toString().contains(id)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void limits_are_told() {
        String path = IMPORTS + "/"
                + running.as("ada", "POST", IMPORTS, Map.of("name", "x.zip")).text("id");
        assertThat(running.as("ada", "PUT", path + "/run", Map.of("dryRun", true))
                        .outcome())
                .isEqualTo("409 import.empty");
        assertThat(running.as("ada", "PUT", path + "/parts/1", "x".getBytes(UTF_8))
                        .outcome())
                .isEqualTo("409 import.part-order");
        assertThat(running.as("ada", "PUT", path + "/parts/0", "").outcome()).isEqualTo("400 import.part-size");
        assertThat(running.as("ada", "PUT", path + "/parts/x", "x".getBytes(UTF_8))
                        .outcome())
                .isEqualTo("409 import.part-order");
        assertThat(running.as("ada", "PUT", path + "/parts/0", new byte[2_000_000])
                        .outcome())
                .isEqualTo("200");
        assertThat(running.as("ada", "PUT", path + "/parts/1", new byte[1_000_001])
                        .outcome())
                .isEqualTo("413 import.too-large");
        assertThat(running.as("ada", "POST", IMPORTS, Map.of("name", "")).outcome())
                .isEqualTo("400 import.name");
        for (int i = 1; i < Import.MAX_OPEN; i++) {
            running.as("ada", "POST", IMPORTS, Map.of("name", "x.zip"));
        }
        assertThat(running.as("ada", "POST", IMPORTS, Map.of("name", "x.zip")).outcome())
                .isEqualTo("409 import.many");
        running.as("ada", "DELETE", path);
        assertThat(running.as("ada", "POST", IMPORTS, Map.of("name", "x.zip")).outcome())
                .isEqualTo("201");
    }

    @Test
    void an_import_is_its_owners_alone_and_editors_import() throws Exception {
        String path = begun(running, "ada", "secret.zip", zip(List.of(Document.of("Roof", ""))));
        for (String other : List.of("bob", "oda", "zoe", "nia")) {
            assertThat(running.get(other, path).outcome()).as(other).isEqualTo("404 import.absent");
            assertThat(running.as(other, "PUT", path + "/parts/1", "x".getBytes(UTF_8))
                            .outcome())
                    .isEqualTo("404 import.absent");
            assertThat(running.as(other, "PUT", path + "/run", Map.of("dryRun", false))
                            .outcome())
                    .isEqualTo("404 import.absent");
            assertThat(running.as(other, "DELETE", path).outcome()).isEqualTo("404 import.absent");
            assertThat(running.get(other, IMPORTS).text()).doesNotContain("secret");
        }
        assertThat(running.as("eve", "POST", IMPORTS, Map.of("name", "x.zip")).outcome())
                .isEqualTo("403 forbidden");
        assertThat(running.get("ada", IMPORTS).all("name")).containsExactly("secret.zip");
    }

    // --- out -------------------------------------------------------------------------------------------------------

    private Map<String, String> exported(String user, String query) {
        Answer answer = running.get(user, "/api/notes/export" + query);
        assertThat(answer.status()).isEqualTo(200);
        try {
            return unzipped(answer.response().body());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_goes_out_and_comes_in_elsewhere_goes_out_the_same() throws Exception {
        Seed.replayable(3, random -> {
            var out = new ByteArrayOutputStream();
            try (var zip = MarkdownZip.to(out)) {
                for (int i = 0; i < 12; i++) {
                    zip.add(random(random, i), files(random));
                }
            }
            byte[] file = out.toByteArray();
            int many = taken(running, "zoe", "x.zip", file).path("notes").asInt();
            Running.await(() -> exported("zoe", "").keySet().stream()
                            .filter(it -> it.endsWith(".md") && !it.contains(".files/"))
                            .count()
                    >= many);
            Map<String, String> theirs = exported("zoe", "");
            taken(
                    running,
                    "ada",
                    "x.zip",
                    running.get("zoe", "/api/notes/export").response().body());
            Running.await(() -> exported("ada", "").size() >= theirs.size());
            assertThat(exported("ada", "")).isEqualTo(theirs);
            assertThat(theirs).containsAllEntriesOf(unzipped(file));
        });
    }

    private static Document random(Random random, int i) {
        String body = IntStream.range(0, random.nextInt(40))
                .mapToObj(any -> List.of("ä", "\r\n", "---\n", "[[Roof]]", "😀", "\t", "attachment:a.bin", "x ")
                        .get(random.nextInt(8)))
                .reduce("", String::concat);
        var changed = Instant.parse("2020-01-01T00:00:00Z").plusMillis(random.nextLong(100_000_000_000L));
        return new Document(
                List.of("", "House", "House/Roof", "Mill").get(random.nextInt(4)),
                "Note " + random.nextInt() + "-" + i,
                body,
                random.nextBoolean() ? Optional.of(changed) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                random.nextBoolean() ? Optional.of("https://example.org/?a=ö") : Optional.empty(),
                Optional.of(List.of("Blank", "ToDo", "Completed").get(random.nextInt(3))),
                Optional.of("Private"),
                random.nextBoolean() ? Optional.of("3a7f2c") : Optional.empty(),
                random.nextBoolean() ? List.of("a/b", "ä") : List.of(),
                Optional.of(changed.minusSeconds(random.nextInt(9))),
                Optional.of(changed),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static List<Enclosed> files(Random random) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> {
                    byte[] bytes = new byte[1 + random.nextInt(900)];
                    random.nextBytes(bytes);
                    return Enclosed.of(i + ".bin", bytes);
                })
                .toList();
    }

    @Test
    void what_goes_out_can_be_narrowed_as_lists_are() {
        String notebook = notebook("ada", "House");
        var inside = new LinkedHashMap<String, Object>(open("Roof"));
        inside.put("notebook", notebook);
        inside.put("tags", List.of("stone"));
        running.create("ada", inside);
        running.create("ada", open("Wall"));
        running.create("bob", open("Tower"));
        assertThat(exported("ada", "").keySet()).containsExactlyInAnyOrder("House/Roof.md", "Wall.md", "Tower.md");
        assertThat(exported("ada", "?mine=true").keySet()).containsExactlyInAnyOrder("House/Roof.md", "Wall.md");
        assertThat(exported("ada", "?notebook=" + notebook).keySet()).containsExactly("House/Roof.md");
        assertThat(exported("ada", "?tag=stone").keySet()).containsExactly("House/Roof.md");
        assertThat(exported("bob", "").keySet())
                .as("whose notebook he does not see")
                .containsExactlyInAnyOrder("Roof.md", "Wall.md", "Tower.md");
        assertThat(running.get("bob", "/api/notes/export?notebook=" + notebook).outcome())
                .isEqualTo("404 notebook.absent");
        assertThat(running.get("ada", "/api/notes/export?kind=x").outcome()).isEqualTo("400 filter.invalid");
    }
}
