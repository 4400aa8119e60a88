package leat.platform.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.Wire;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.runtime.Folds;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Diary;
import leat.kernel.test.Diary.DiaryModule;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveTest {
    private static final String RELEASE = "1.0";
    private static final StreamId REX = new StreamId("pet", "rex");

    @TempDir
    Path folder;

    /** Pets have names; a pet keeps all that it ever had. */
    private static final class PetsOnly implements Module {
        record Named(String name) {}

        record Pet(Set<String> names) {}

        @Override
        public String name() {
            return "pets";
        }

        @Override
        public void define(Definition m) {
            Decider<Named, Named, Pet> decider =
                    Decider.of(new Pet(Set.of()), (command, pet) -> Decision.accept(command), (pet, event) -> {
                        var names = new java.util.HashSet<>(pet.names());
                        names.add(event.name());
                        return new Pet(Set.copyOf(names));
                    });
            m.entity(EntityType.of("pet", decider, Wire.of("pet.named", Named.class)));
        }
    }

    private static Folds folds(Engine engine) {
        return Folds.of(engine, List.of(new PetsOnly()));
    }

    private Engine embedded(String name) {
        return EmbeddedEngine.open(folder.resolve(name), EmbeddedSettings.DEFAULT);
    }

    private static Write named(StreamId pet, long version, String name) {
        return new Write.Append(
                PartitionId.of("pets", pet),
                0,
                pet,
                version,
                UUID.randomUUID(),
                "request-1",
                "user:ada",
                Instant.parse("2026-03-04T05:06:07.123Z"),
                List.of(new Write.NewEvent("pet.named", 1, ("{\"name\":\"" + name + "\"}").getBytes(UTF_8))),
                List.of(),
                List.of());
    }

    private static void fill(Engine engine) throws IOException {
        for (int i = 0; i < 300; i++) {
            engine.journal()
                    .commit(List.of(named(REX, i, "Žofie " + i % 40), named(new StreamId("pet", "p" + i), 0, "Max")));
        }
        engine.blobs().put(new ByteArrayInputStream("picture".getBytes(UTF_8)));
        engine.logs().append("walks/rex", "out\nin\n".getBytes(UTF_8));
        engine.logs().append("walks/max", "out\n".getBytes(UTF_8));
        engine.logs().seal("walks/max");
    }

    private Path written(Engine engine) throws IOException {
        Path file = folder.resolve("leat.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Archive.write(engine, folds(engine), RELEASE, out, said -> {});
        }
        return file;
    }

    @Test
    void what_left_one_engine_arrives_in_another_and_folds_to_the_same() throws Exception {
        Path file;
        try (Engine from = new MemoryEngine()) {
            fill(from);
            file = written(from);
        }
        try (Engine to = embedded("data")) {
            Manifest manifest = Archive.load(file, to, folds(to), RELEASE, said -> {});
            assertThat(manifest.events()).isEqualTo(600);
            assertThat(manifest.entities())
                    .hasEntrySatisfying(
                            "pet", pets -> assertThat(pets.entities()).isEqualTo(301));
            assertThat(to.journal().stream(REX, 299, 10))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(new String(event.payload(), UTF_8)).isEqualTo("{\"name\":\"Žofie 19\"}"));
            assertThat(to.logs().size("walks/rex")).isEqualTo(7);
            assertThat(to.logs().sealed("walks/max")).isTrue();
            assertThat(to.logs().sealed("walks/rex")).isFalse();
        }
        // And back again, from the other engine.
        try (Engine from = embedded("data");
                Engine to = new MemoryEngine()) {
            Path back = folder.resolve("back.zip");
            try (OutputStream out = Files.newOutputStream(back)) {
                Archive.write(from, folds(from), RELEASE, out, said -> {});
            }
            Manifest manifest = Archive.load(back, to, folds(to), RELEASE, said -> {});
            assertThat(manifest.entities()).isEqualTo(Archive.manifest(file).entities());
            assertThat(manifest.partitions()).isEqualTo(Archive.manifest(file).partitions());
        }
    }

    @Test
    void entities_that_differ_have_different_sums() throws Exception {
        try (Engine one = new MemoryEngine();
                Engine other = new MemoryEngine()) {
            one.journal().commit(List.of(named(REX, 0, "Rex")));
            other.journal().commit(List.of(named(REX, 0, "Max")));
            assertThat(sum(one)).isNotEqualTo(sum(other));
        }
    }

    private static Object sum(Engine engine) {
        var account = new Account(folds(engine));
        engine.journal().export(kept -> account.next(kept, Lines.line(kept)));
        return account.entities();
    }

    @Test
    void an_archive_that_was_cut_off_is_refused() throws Exception {
        try (Engine from = new MemoryEngine()) {
            fill(from);
            Path file = written(from);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
            refused(file, "is not a whole archive");
        }
    }

    @Test
    void a_changed_event_is_refused() throws Exception {
        refused(
                changed(ArchiveWriter.JOURNAL, text -> text.replaceFirst("Žofie 7", "Žofie 8")),
                "the events should be");
    }

    @Test
    void a_line_that_is_none_is_refused_with_its_number() throws Exception {
        refused(
                changed(ArchiveWriter.JOURNAL, text -> text.replaceFirst("\n", "\n{\"kind\":\"event\"}\n")),
                "line 2 of its journal.jsonl: there is no text under \"partition\"");
    }

    @Test
    void an_event_of_an_unknown_module_is_refused() throws Exception {
        refused(changed(ArchiveWriter.JOURNAL, text -> text.replace("\"pet/", "\"cat/")), "no module here knows");
    }

    @Test
    void a_damaged_blob_is_refused() throws Exception {
        String hash;
        try (Engine engine = new MemoryEngine()) {
            hash = engine.blobs()
                    .put(new ByteArrayInputStream("picture".getBytes(UTF_8)))
                    .hash();
        }
        refused(changed(ArchiveWriter.BLOBS + hash, text -> "another"), "a blob should be");
    }

    @Test
    void a_log_whose_name_leads_out_of_the_store_is_refused() throws Exception {
        refused(changed(ArchiveWriter.MANIFEST, text -> text.replace("walks/max", "../max")), "log ../max is missing");
    }

    @Test
    void what_is_personal_is_read_in_the_new_place_and_who_was_forgotten_stays_so() throws Exception {
        Path file = folder.resolve("people.zip");
        try (Engine from = embedded("from")) {
            var module = new DiaryModule();
            try (Node _ = Node.start(NodeSettings.defaults(), from, List.of(module))) {
                write(module, "ada", "hers");
                write(module, "eve", "xylophone");
            }
            from.keys().forget("eve", Instant.now());
            try (OutputStream out = Files.newOutputStream(file)) {
                Archive.write(from, Folds.of(from, List.of(new DiaryModule())), RELEASE, out, said -> {});
            }
        }
        try (Engine to = embedded("to")) {
            Archive.load(file, to, Folds.of(to, List.of(new DiaryModule())), RELEASE, said -> {});
            var module = new DiaryModule();
            try (Node _ = Node.start(NodeSettings.defaults(), to, List.of(module))) {
                assertThat(module.diaries().get("ada").state().toString()).contains("hers");
                assertThat(module.diaries().get("eve").state().toString()).doesNotContain("xylophone");
            }
            assertThat(to.keys().find("eve").orElseThrow().wrapped()).isEmpty();
        }
    }

    private static void write(DiaryModule module, String person, String text) {
        for (Diary.Command command : List.of(new Diary.Command.Begin(person), new Diary.Command.Write(text))) {
            module.diaries()
                    .tell(
                            person,
                            command,
                            new Envelope(UUID.randomUUID(), "request-1", "user:" + person, Instant.now()));
        }
    }

    @Test
    void an_archive_of_a_later_format_is_refused() throws Exception {
        refused(changed(ArchiveWriter.MANIFEST, text -> text.replace("\"format\":2", "\"format\":3")), "of format 3");
    }

    @Test
    void another_zip_file_is_refused() throws Exception {
        Path file = folder.resolve("other.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("picture.png"));
        }
        refused(file, "no archive of Leat");
    }

    @Test
    void an_engine_that_has_events_takes_none_in() throws Exception {
        try (Engine from = new MemoryEngine();
                Engine to = new MemoryEngine()) {
            fill(from);
            Path file = written(from);
            fill(to);
            assertThatThrownBy(() -> Archive.load(file, to, folds(to), RELEASE, said -> {}))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("there are events already");
        }
    }

    private void refused(Path file, String why) {
        try (Engine to = new MemoryEngine()) {
            assertThatThrownBy(() -> Archive.load(file, to, folds(to), RELEASE, said -> {}))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(why);
        }
    }

    /** An archive of which one entry is another text. */
    private Path changed(String name, UnaryOperator<String> change) throws IOException {
        Path whole;
        try (Engine from = new MemoryEngine()) {
            fill(from);
            whole = written(from);
        }
        Path file = folder.resolve("changed.zip");
        try (var zip = new ZipFile(whole.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    Optional<String> text = entry.getName().equals(name)
                            ? Optional.of(change.apply(new String(bytes, UTF_8)))
                            : Optional.empty();
                    assertThat(text.map(t -> t.equals(new String(bytes, UTF_8))).orElse(false))
                            .isFalse();
                    out.write(text.map(t -> t.getBytes(UTF_8)).orElse(bytes));
                }
            }
        }
        return file;
    }
}
