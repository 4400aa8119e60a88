package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import leat.kernel.Envelope;
import leat.kernel.port.EngineException;
import leat.kernel.port.MasterKey;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.Diary;
import leat.kernel.test.Diary.DiaryModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be found in the files of a data folder, byte by byte, and what the master key has to do with it. */
class PersonalBytesTest {
    private static final String SECRET = "xylophone";

    @TempDir
    Path folder;

    private EmbeddedEngine open() {
        return EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT);
    }

    private static void tell(DiaryModule module, Diary.Command command) {
        module.diaries()
                .tell("d", command, new Envelope(UUID.randomUUID(), "request-1", "user:ada/session:1", Instant.now()));
    }

    /** Files that contain these bytes. */
    private List<String> containing(byte[] bytes) throws IOException {
        String wanted = new String(bytes, ISO_8859_1);
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(wanted))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void eventually(Predicate<Void> condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.test(null)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void of_who_was_forgotten_no_byte_is_left_in_any_file() throws Exception {
        byte[] wrapped;
        var module = new DiaryModule();
        try (EmbeddedEngine engine = open();
                Node _ = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            tell(module, new Diary.Command.Begin("ada"));
            for (int i = 0; i < 200; i++) {
                tell(module, new Diary.Command.Write(SECRET + " " + i));
            }
            eventually(it -> module.lines().read(sql -> sql.number("select count(*) from line")) == 200);
            wrapped = engine.keys().find("ada").orElseThrow().wrapped().orElseThrow();
            assertThat(containing(SECRET.getBytes(UTF_8)))
                    .as("only the view shows them")
                    .allMatch(file -> file.startsWith("views/"));
            assertThat(containing(wrapped)).containsExactly("keys.db");

            tell(module, new Diary.Command.Burn());
            eventually(it -> engine.keys().forgotten() == 1);
            eventually(
                    it -> module.lines().read(sql -> sql.number("select count(*) from line where text = ''")) == 200);
            assertThat(containing(wrapped)).isEmpty();
            assertThat(containing(SECRET.getBytes(UTF_8))).isEmpty();
        }
        assertThat(containing(wrapped)).isEmpty();
        assertThat(containing(SECRET.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void the_master_key_is_a_file_for_its_owner_alone() throws Exception {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void another_master_key_before_the_old_one_wraps_everything_anew() throws Exception {
        var module = new DiaryModule();
        try (EmbeddedEngine engine = open();
                Node _ = Node.start(NodeSettings.defaults(), engine, List.of(module))) {
            tell(module, new Diary.Command.Begin("ada"));
            tell(module, new Diary.Command.Write(SECRET));
        }
        Path file = folder.resolve("master.key");
        String old = Files.readString(file);
        String fresh = MasterKey.generate();
        Files.writeString(file, fresh + "\n" + old);
        MasterKey master = MasterKey.of(List.of(fresh));
        try (EmbeddedEngine engine = open();
                Node _ = Node.start(NodeSettings.defaults(), engine, List.of(new DiaryModule()))) {
            eventually(it -> master.isPresent(
                    engine.keys().find("ada").orElseThrow().wrapped().orElseThrow()));
        }
        Files.writeString(file, fresh + "\n");
        var after = new DiaryModule();
        try (EmbeddedEngine engine = open();
                Node _ = Node.start(NodeSettings.defaults(), engine, List.of(after))) {
            assertThat(after.diaries().get("d").state().toString()).contains(SECRET);
        }
    }

    @Test
    void a_folder_without_its_master_key_is_refused_and_not_given_another() throws Exception {
        try (EmbeddedEngine engine = open()) {
            engine.keys().keep("ada", engine.masterKey().wrap("ada", new byte[32]));
        }
        Files.delete(folder.resolve("master.key"));

        assertThatThrownBy(this::open).isInstanceOf(EngineException.class).hasMessageContaining("is missing");
        Files.writeString(folder.resolve("master.key"), "nonsense\n");
        assertThatThrownBy(this::open).isInstanceOf(EngineException.class).hasMessageContaining("32 bytes");
        Files.writeString(folder.resolve("master.key"), MasterKey.generate() + "\n");
        try (EmbeddedEngine engine = open()) {
            assertThatThrownBy(() -> Node.start(NodeSettings.defaults(), engine, List.of(new DiaryModule())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("another master key");
        }
    }
}
