package leat.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.EngineException;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of the disk is told in a sentence, loses nothing that was acknowledged, and ends when its cause does. */
class FaultTest {
    private static final PartitionId NOTES = new PartitionId("notes", 0);
    private static final StreamId PLAN = new StreamId("note", "plan");
    private static final EmbeddedSettings IMPATIENT = new EmbeddedSettings(2, 4, 4, Duration.ofMillis(200));

    @TempDir
    Path folder;

    private boolean mounted;

    private static Write append(long version, int bytes) {
        return new Write.Append(
                NOTES,
                0,
                PLAN,
                version,
                UUID.randomUUID(),
                "request-1",
                "user:ada",
                Instant.EPOCH,
                List.of(new Write.NewEvent("note.written", 1, new byte[bytes])),
                List.of(),
                List.of());
    }

    private static Outcome commit(EmbeddedEngine engine, long version, int bytes) {
        return engine.journal().commit(List.of(append(version, bytes))).getFirst();
    }

    private static int count(EmbeddedEngine engine) {
        return engine.journal().stream(PLAN, 0, 1_000_000).size();
    }

    /** A small disk in memory; tests run as root where there is such a thing as mounting. */
    private void mount(String options) throws Exception {
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        mounted = true;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
    }

    @Test
    void a_full_disk_refuses_commits_until_there_is_room_and_loses_nothing() throws Exception {
        mount("size=12m");
        Path ballast = folder.resolve("ballast");
        Files.write(ballast, new byte[4 << 20]);
        int kept = 0;
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            JournalException full = null;
            while (full == null) {
                try {
                    assertThat(commit(engine, kept, 30_000)).isInstanceOf(Outcome.Appended.class);
                    kept++;
                } catch (JournalException e) {
                    full = e;
                }
            }
            assertThat(full).hasMessageContaining("full").hasMessageContaining("journal.db");
            assertThat(kept).isPositive();
            assertThat(count(engine)).isEqualTo(kept);
            int there = kept;
            assertThatThrownBy(() -> commit(engine, there, 600_000)).isInstanceOf(JournalException.class);
            assertThatThrownBy(() -> engine.blobs().put(new ByteArrayInputStream(new byte[8 << 20])))
                    .isInstanceOf(IOException.class);
            Files.delete(ballast);
            for (int i = 0; i < 10; i++) {
                assertThat(commit(engine, kept, 30_000)).isEqualTo(new Outcome.Appended(kept + 1L, kept + 1L));
                kept++;
            }
            assertThat(count(engine)).isEqualTo(kept);
        }
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            assertThat(count(engine)).isEqualTo(kept);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_at_opening() throws Exception {
        mount("size=4m");
        run("mount", "-o", "remount,ro", folder.toString());
        assertThatThrownBy(() -> EmbeddedEngine.open(folder, IMPATIENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("writable");
        assertThatThrownBy(() -> EmbeddedEngine.open(folder.resolve("below"), IMPATIENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void a_journal_that_another_program_has_locked_works_again_once_it_is_free() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            commit(engine, 0, 10);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                    var statement = other.createStatement()) {
                statement.execute("begin immediate");
                assertThatThrownBy(() -> commit(engine, 1, 10))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("Another program has locked")
                        .hasMessageContaining("journal.db");
                assertThat(count(engine)).isEqualTo(1);
                statement.execute("rollback");
            }
            assertThat(commit(engine, 1, 10)).isEqualTo(new Outcome.Appended(2, 2));
        }
    }

    @Test
    void a_damaged_head_of_the_journal_is_told_at_opening() throws Exception {
        fill(10);
        overwrite(folder.resolve("journal.db"), 0, 100);
        assertThatThrownBy(() -> EmbeddedEngine.open(folder, IMPATIENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("journal.db")
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
    }

    @Test
    void damaged_pages_of_the_journal_are_told_when_they_are_read() throws Exception {
        fill(2_000);
        long size = Files.size(folder.resolve("journal.db"));
        overwrite(folder.resolve("journal.db"), 100_000, (int) (size - 200_000));
        assertThatThrownBy(() -> {
                    try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
                        engine.journal().partition(NOTES, 0, 100_000);
                    }
                })
                .isInstanceOfAny(JournalException.class, EngineException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
    }

    @Test
    void a_journal_of_a_newer_release_or_another_shape_is_refused() throws Exception {
        fill(1);
        change("update meta set value = '32' where name = 'partitions'");
        assertThatThrownBy(() -> EmbeddedEngine.open(folder, IMPATIENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("its partitions is 32, but this release works with 16");
        change("update meta set value = '16' where name = 'partitions'");
        change("insert into migration (place, name, sha256) values (99, '099-later.sql', '')");
        assertThatThrownBy(() -> EmbeddedEngine.open(folder, IMPATIENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("099-later.sql")
                .hasMessageContaining("newer release");
    }

    @Test
    void a_damaged_view_is_made_anew() throws Exception {
        List<String> schema = List.of("create table note (id text primary key, title text)");
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            engine.views().open("notes.list", "v1", schema).write(sql -> {
                for (int i = 0; i < 5_000; i++) {
                    sql.execute("insert into note (id, title) values (?, ?)", "note-" + i, "x".repeat(100));
                }
            });
        }
        Path file;
        try (var files = Files.newDirectoryStream(folder.resolve("views"), "*.db")) {
            file = files.iterator().next();
        }
        overwrite(file, 0, 100);
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            var view = engine.views().open("notes.list", "v1", schema);
            assertThat(view.<Long>read(sql -> sql.number("select count(*) from note")))
                    .isZero();
        }
    }

    @Test
    void a_folder_in_use_is_refused_with_the_number_of_the_process() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            assertThat(engine.name()).isEqualTo("embedded");
            String pid = Long.toString(ProcessHandle.current().pid());
            assertThatThrownBy(() -> EmbeddedEngine.open(folder, IMPATIENT))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + pid);
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            folder.toString(),
                            "0",
                            "1",
                            "1")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).contains("is in use by process " + pid);
        }
        EmbeddedEngine.open(folder, IMPATIENT).close();
    }

    @Test
    void a_damaged_blob_is_told_at_its_end() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            String hash = engine.blobs()
                    .put(new ByteArrayInputStream(new byte[10_000]))
                    .hash();
            overwrite(folder.resolve("blobs").resolve(hash.substring(0, 2)).resolve(hash.substring(2)), 500, 10);
            try (var blob = engine.blobs().open(hash).orElseThrow()) {
                assertThatThrownBy(blob::readAllBytes)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void a_blob_or_log_survives_a_put_that_was_broken_off() throws Exception {
        Files.createDirectories(folder.resolve("blobs/unfinished"));
        Files.write(folder.resolve("blobs/unfinished/half"), new byte[10]);
        EmbeddedEngine.open(folder, IMPATIENT).close();
        assertThat(folder.resolve("blobs/unfinished/half")).doesNotExist();
    }

    private void fill(int events) {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, IMPATIENT)) {
            for (int i = 0; i < events; i += 100) {
                List<Write> group = new java.util.ArrayList<>();
                for (int j = i; j < Math.min(events, i + 100); j++) {
                    group.add(append(j, 300));
                }
                engine.journal().commit(group);
            }
        }
    }

    private void change(String sql) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void overwrite(Path file, long from, int bytes) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(from);
            byte[] garbage = new byte[bytes];
            java.util.Arrays.fill(garbage, (byte) 0x5a);
            raw.write(garbage);
        }
    }
}
