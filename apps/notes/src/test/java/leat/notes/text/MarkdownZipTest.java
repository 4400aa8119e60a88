package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;

final class MarkdownZipTest {
    private static final String NO_ZIP = "This is no zip, or a damaged one, or of a kind that cannot be read.";

    private static final List<String> ODD = List.of(
            "Roof",
            "roof",
            "ROOF.md",
            "",
            " ",
            "..",
            "../../etc/passwd",
            "a/b\\c:d*e?f\"g<h>i|j",
            "CON",
            "nul.txt",
            "😀",
            "e\u0301",
            "é",
            "tab\tand\nline",
            "---",
            "title: x",
            "\"quoted\" \\ 'single'",
            "#",
            "- a",
            "{}",
            "\u2028\u0085\ufeff\u0001",
            "~",
            "null",
            "true",
            "0x10",
            "ä".repeat(255),
            "😀".repeat(255),
            "a".repeat(79) + " .",
            "&a *a !!str");

    private static final List<String> BODIES = List.of(
            "",
            "\n",
            "one\r\ntwo\r\n",
            "one\rtwo",
            "---\ntitle: other\n---\nbody",
            "---\r\n",
            "...\n",
            "😀",
            "\ufeff",
            "tail ",
            "\t\n\n\n",
            "<script>alert(1)</script>",
            "[[Roof|x]]",
            "\u0001\u2028",
            "# Roof\n\n```\n---\n```\n");

    @Test
    void what_was_exported_is_imported_the_same_and_exported_to_the_same_bytes() throws Exception {
        Seed.replayable(200, random -> {
            var documents = new ArrayList<Document>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                documents.add(document(random));
            }
            byte[] zip = zip(documents);
            List<Document> read = read(zip);
            assertThat(read).containsExactlyElementsOf(documents);
            assertThat(zip(read)).isEqualTo(zip);
        });
    }

    @Test
    void every_odd_title_and_body_survives() throws Exception {
        var documents = new ArrayList<Document>();
        ODD.forEach(title -> BODIES.forEach(body -> documents.add(Document.of(title, body))));
        assertThat(read(zip(documents))).containsExactlyElementsOf(documents);
    }

    @Test
    void file_names_are_fit_for_any_file_system_and_differ_also_where_case_does_not() throws Exception {
        var documents = new ArrayList<Document>();
        ODD.forEach(title -> documents.add(Document.of(title, "")));
        var names = names(zip(documents));
        assertThat(names)
                .hasSize(documents.size())
                .allMatch(it -> it.matches("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,100}\\.md"));
        assertThat(new HashSet<>(
                        names.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList()))
                .hasSize(names.size());
        assertThat(names).contains("Roof.md", "roof (2).md", "_CON.md", "-..-etc-passwd.md", "note.md");
    }

    @Test
    void a_folder_never_leads_out_of_the_zip() throws Exception {
        Document document = document(new Random(1));
        var outside = new Document(
                "../..//C:/ ./a",
                document.title(),
                "",
                document.due(),
                document.start(),
                document.end(),
                document.url(),
                document.status(),
                document.access(),
                document.color(),
                document.tags(),
                document.created(),
                document.changed(),
                false,
                false);
        assertThat(names(zip(List.of(outside)))).first().asString().startsWith("note/note/C-/note/a/");
    }

    @Test
    void files_of_other_programs_are_read_as_far_as_they_are_understood() throws Exception {
        byte[] zip = zipOf(
                "a.md", "no head at all",
                "b.md", "---\ntitle: Other\ntags: [x, y z]\n---\nbody",
                "deep/er/c.markdown", "---\r\ntags: '#x, y'\r\ndue: 2026-01-02T03:04:05Z\r\n---\r\nbody\r\n",
                "d.md", "---\ntitle: T\naliases: [z]\n---\nbody",
                "e.md", "---\ntitle: [\n---\nbody",
                "f.md", "---\ndue: tomorrow\n---\nbody",
                "g.md", "---\n");
        List<Document> read = read(zip);
        assertThat(read).extracting(Document::title).containsExactly("a", "Other", "c", "T", "e", "f", "g");
        assertThat(read)
                .extracting(Document::body)
                .containsExactly(
                        "no head at all",
                        "body",
                        "body\r\n",
                        "---\ntitle: T\naliases: [z]\n---\nbody",
                        "---\ntitle: [\n---\nbody",
                        "---\ndue: tomorrow\n---\nbody",
                        "---\n");
        assertThat(read.get(1).tags()).containsExactly("x", "y z");
        assertThat(read.get(2).tags()).containsExactly("x", "y");
        assertThat(read.get(2).folder()).isEqualTo("deep/er");
        assertThat(read.get(2).due()).contains(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void what_is_left_out_is_named_and_the_rest_is_read() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "folder/", new byte[0]);
            put(zip, "picture.png", new byte[] {1});
            put(zip, "latin.md", new byte[] {(byte) 0xe4});
            put(zip, "large.md", new byte[MarkdownZip.MAX_FILE_BYTES + 1]);
            put(zip, "__MACOSX/._a.md", new byte[] {1});
            put(zip, "a.md", "text".getBytes(StandardCharsets.UTF_8));
        }
        var gathered = read(bytes.toByteArray(), new Gathered());
        assertThat(gathered.documents).extracting(Document::title).containsExactly("a");
        assertThat(gathered.left)
                .containsExactly(
                        "latin.md: Its text is not in UTF-8.",
                        "large.md: It is larger than 1 MiB.",
                        "picture.png: It is no Markdown file, and no note links to it.");
    }

    @Test
    void files_travel_with_their_notes_byte_for_byte() throws Exception {
        Seed.replayable(50, random -> {
            var names = List.of("roof.png", "My roof (2).md", "no ending", "ü 😀.bin");
            var documents = new ArrayList<Document>();
            var files = new ArrayList<List<Enclosed>>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                documents.add(document(random));
                files.add(names.subList(0, random.nextInt(names.size() + 1)).stream()
                        .map(name -> {
                            byte[] content = new byte[random.nextInt(3_000)];
                            random.nextBytes(content);
                            return Enclosed.of(name, content);
                        })
                        .toList());
            }
            byte[] zip = zip(documents, files);
            Gathered read = read(zip, new Gathered());
            assertThat(read.documents).containsExactlyElementsOf(documents);
            assertThat(read.left).isEmpty();
            assertThat(zip(read.documents, read.files)).isEqualTo(zip);
        });
    }

    @Test
    void in_another_programs_zip_a_file_belongs_to_the_notes_that_link_to_it() throws Exception {
        byte[] zip = zipOf(
                "deep/a.md",
                "![x](img/roof%20one.png) and [doc](../doc.pdf \"t\") and `![x](img/roof%20one.png)` [b](b.md)",
                "deep/img/roof one.png",
                "png",
                "doc.pdf",
                "pdf",
                "deep/b.md",
                "![x](</etc/passwd>) ![y](https://example.org/doc.pdf)",
                "other.bin",
                "?");
        Gathered read = read(zip, new Gathered());
        assertThat(read.documents.getFirst().body())
                .startsWith("![x](attachment:roof%20one.png) and [doc](attachment:doc.pdf \"t\") and ")
                .endsWith("[[b]]");
        assertThat(read.files.getFirst()).extracting(Enclosed::name).containsExactly("roof one.png", "doc.pdf");
        assertThat(read.files.get(1)).isEmpty();
        assertThat(read.left).containsExactly("other.bin: It is no Markdown file, and no note links to it.");
    }

    @Test
    void what_obsidian_shows_by_its_name_belongs_to_the_note() throws Exception {
        Gathered read = read(
                zipOf(
                        "House/a.md",
                        "![[roof one.png|300]] ![[files/plan.pdf]] ![[b]] ![[none.png]] ![[twice.png]]",
                        "pictures/roof one.png",
                        "png",
                        "files/plan.pdf",
                        "pdf",
                        "1/twice.png",
                        "1",
                        "2/twice.png",
                        "2",
                        "b.md",
                        ""),
                new Gathered());
        assertThat(read.documents.getFirst().body())
                .isEqualTo(
                        "![roof one.png](attachment:roof%20one.png) [plan.pdf](attachment:plan.pdf) ![[b]] ![[none.png]]"
                                + " ![[twice.png]]");
        assertThat(read.files.getFirst()).extracting(Enclosed::name).containsExactly("roof one.png", "plan.pdf");
    }

    @Test
    void what_unpacks_to_more_than_the_limit_is_refused() throws Exception {
        var unpacked = Unpacked.upTo(1 << 20);
        unpacked.counting(new ByteArrayInputStream(new byte[1 << 20])).readAllBytes();
        assertThatThrownBy(() ->
                        unpacked.counting(new ByteArrayInputStream(new byte[1])).read())
                .isInstanceOf(ImportException.class)
                .hasMessage("The file unpacks to more than 1 MiB, which is too much for one of its size.");
    }

    @Test
    void a_zip_that_unpacks_to_a_hundred_times_its_size_is_refused() throws Exception {
        var bytes = new ByteArrayOutputStream();
        byte[] nothing = new byte[16 << 20];
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i <= 16; i++) {
                put(zip, "b" + i + ".md", ("![](" + i + ")").getBytes(StandardCharsets.UTF_8));
                put(zip, Integer.toString(i), nothing);
            }
        }
        assertThat(bytes.size()).isLessThan(1 << 20);
        Path file = Files.createTempFile("notes", ".zip");
        try {
            Files.write(file, bytes.toByteArray());
            assertThatThrownBy(() -> MarkdownZip.read(file, new Forgetting()))
                    .isInstanceOf(ImportException.class)
                    .hasMessage("The file unpacks to more than 256 MiB, which is too much for one of its size.");
        } finally {
            Files.delete(file);
        }
    }

    /** Reads everything and keeps nothing. */
    private static final class Forgetting implements NoteSink {
        @Override
        public void note(Document document, List<Enclosed> enclosed) throws IOException {
            for (Enclosed it : enclosed) {
                try (var in = it.bytes().open()) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }

        @Override
        public void leftOut(String name, String why) {}
    }

    @Test
    void a_zip_of_too_many_files_is_refused() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i <= MarkdownZip.MAX_ENTRIES; i++) {
                put(zip, i + ".txt", new byte[0]);
            }
        }
        assertRefused(bytes.toByteArray(), "The zip holds more than 100000 files.");
    }

    @Test
    void what_is_no_zip_or_a_damaged_one_is_refused() throws Exception {
        assertRefused(new byte[0], NO_ZIP);
        assertRefused("plain text".getBytes(StandardCharsets.UTF_8), NO_ZIP);
        byte[] zip = zip(List.of(Document.of("a", "text ".repeat(1_000))));
        assertRefused(Arrays.copyOf(zip, 80), NO_ZIP);
        zip[60] ^= 0x55;
        assertThatThrownBy(() -> read(zip)).isInstanceOf(ImportException.class);
    }

    private static void assertRefused(byte[] zip, String message) {
        assertThatThrownBy(() -> read(zip)).isInstanceOf(ImportException.class).hasMessage(message);
    }

    private static Document document(Random random) {
        return new Document(
                "",
                ODD.get(random.nextInt(ODD.size())),
                BODIES.get(random.nextInt(BODIES.size())),
                perhaps(random, () -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L))),
                perhaps(random, () -> Instant.EPOCH),
                perhaps(random, () -> Instant.parse("9999-12-31T23:59:59.999Z")),
                perhaps(random, () -> "https://example.org/?a=b&c=" + random.nextInt()),
                perhaps(random, () -> "TO_DO"),
                perhaps(random, () -> "PUBLIC"),
                perhaps(random, () -> "012345"),
                random.nextBoolean() ? List.of() : List.of("house/roof", "null", "1", "ä"),
                perhaps(random, () -> Instant.parse("2026-01-02T03:04:05.006Z")),
                perhaps(random, () -> Instant.parse("0001-01-01T00:00:00Z")),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static <T> Optional<T> perhaps(Random random, Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private static byte[] zip(List<Document> documents) throws IOException {
        return zip(documents, documents.stream().map(_ -> List.<Enclosed>of()).toList());
    }

    private static byte[] zip(List<Document> documents, List<List<Enclosed>> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var export = MarkdownZip.to(bytes)) {
            for (int i = 0; i < documents.size(); i++) {
                export.add(documents.get(i), files.get(i));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zipOf(String... namesAndTexts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                put(zip, namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Keeps what is read in memory. */
    private static final class Gathered implements NoteSink {
        private final List<Document> documents = new ArrayList<>();
        private final List<List<Enclosed>> files = new ArrayList<>();
        private final List<String> left = new ArrayList<>();

        @Override
        public void note(Document document, List<Enclosed> enclosed) throws IOException {
            documents.add(document);
            var kept = new ArrayList<Enclosed>();
            for (Enclosed it : enclosed) {
                try (var in = it.bytes().open()) {
                    kept.add(Enclosed.of(it.name(), in.readAllBytes()));
                }
            }
            files.add(kept);
        }

        @Override
        public void leftOut(String name, String why) {
            left.add(name + ": " + why);
        }
    }

    private static List<Document> read(byte[] zip) throws IOException {
        return read(zip, new Gathered()).documents;
    }

    private static Gathered read(byte[] zip, Gathered gathered) throws IOException {
        Path file = Files.createTempFile("notes", ".zip");
        try {
            Files.write(file, zip);
            MarkdownZip.read(file, gathered);
            return gathered;
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> names(byte[] zip) throws IOException {
        var names = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void links_between_the_notes_of_another_program_lead_to_their_titles() throws Exception {
        List<Document> read = read(zipOf(
                "House/Roof.md",
                "[the wall](../Wall.md) [Tower](<The%20Tower.md#top>) [none](Cellar.md) ![p](Roof.md) [x](http://a/Wall.md)",
                "Wall.md",
                "---\ntitle: A wall\n---\n[[Roof]]",
                "House/The Tower.md",
                ""));
        assertThat(read.getFirst().body())
                .isEqualTo(
                        "[[A wall|the wall]] [[The Tower|Tower]] [none](Cellar.md) ![p](Roof.md) [x](http://a/Wall.md)");
        assertThat(read.get(1).body()).isEqualTo("[[Roof]]");
    }
}
