package leat.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log is moved into the file beside the commits and begun anew. */
class CheckpointerTest {
    private static final int LOG_MEBIBYTES = 4;
    private static final long LOG_BYTES = 4L << 20;

    @TempDir
    Path folder;

    @Test
    void the_log_stays_near_its_size_while_many_times_as_much_is_committed() throws Exception {
        EmbeddedSettings settings = new EmbeddedSettings(1, 4, LOG_MEBIBYTES, Duration.ofSeconds(2));
        StreamId plan = new StreamId("note", "plan");
        Path file = folder.resolve("journal.db");
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, settings);
                Sql looking = Sqlite.checkpointer(file)) {
            for (int i = 0; i < 60; i++) {
                Outcome outcome = engine.journal()
                        .commit(List.of(new Write.Append(
                                new PartitionId("notes", 0),
                                0,
                                plan,
                                i,
                                UUID.randomUUID(),
                                "request-1",
                                "user:ada",
                                Instant.EPOCH,
                                List.of(new Write.NewEvent("note.written", 1, new byte[1 << 20])),
                                List.of(),
                                List.of())))
                        .getFirst();
                assertThat(outcome).isEqualTo(new Outcome.Appended(i + 1, i + 1));
                awaitRoom(looking);
            }
            assertThat(Files.size(folder.resolve("journal.db-wal"))).isLessThan(3 * LOG_BYTES);
        }
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, settings)) {
            assertThat(engine.journal().stream(plan, 0, 100)).hasSize(60);
        }
    }

    /** Waits until the log is short or wholly moved, so that the next commit begins it anew. */
    private static void awaitRoom(Sql sql) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!roomy(sql)) {
            assertThat(System.nanoTime()).as("the log was not moved in 30 s").isLessThan(limit);
            Thread.sleep(5);
        }
    }

    private static boolean roomy(Sql sql) {
        return sql.first(
                        "pragma wal_checkpoint(noop)",
                        row -> row.number(2) * Sqlite.PAGE_BYTES < LOG_BYTES || row.number(2) == row.number(3))
                .orElseThrow();
    }
}
