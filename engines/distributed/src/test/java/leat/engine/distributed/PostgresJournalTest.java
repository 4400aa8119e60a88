package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Test;

/** What the contracts do not ask of PostgreSQL: a table larger than one commit looks through, and a start of many at once. */
class PostgresJournalTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final StreamId PLAN = new StreamId("note", "plan");
    private static final int OLD = 10_000;

    private static DistributedEngine open(PostgresSettings settings) {
        MemoryEngine beside = new MemoryEngine();
        return DistributedEngine.open(
                settings, new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    private static Write.Append append(long version, Instant at) {
        return new Write.Append(
                PartitionId.of("notes", PLAN),
                0,
                PLAN,
                version,
                UUID.randomUUID(),
                "trace",
                "writer",
                at,
                List.of(new Write.NewEvent("note.written", 1, "{}".getBytes(UTF_8))),
                List.of(),
                List.of());
    }

    private static Journal withOldCommands(DistributedEngine engine, List<Write.Append> old) {
        for (int i = 0; i < OLD; i++) {
            old.add(append(i, NOON));
        }
        Journal journal = engine.journal();
        assertThat(journal.commit(List.copyOf(old))).allMatch(Outcome.Appended.class::isInstance);
        return journal;
    }

    @Test
    void old_commands_are_forgotten_a_part_with_each_commit_and_young_ones_kept() {
        List<Write.Append> old = new ArrayList<>();
        try (DistributedEngine engine = open(PrivatePostgres.shared().database())) {
            Journal journal = withOldCommands(engine, old);
            Write.Append young = append(OLD, NOON.plusSeconds(2));
            journal.commit(List.of(young));
            journal.commit(List.of(new Write.ExpireCommands(NOON.plusSeconds(1))));
            assertThat(journal.command(old.getFirst().commandId())).isEmpty();
            assertThat(journal.command(old.getLast().commandId())).isPresent();
            for (int i = 1; i <= 5; i++) {
                journal.commit(List.of(append(OLD + i, NOON.plusSeconds(2))));
            }
            assertThat(old)
                    .noneMatch(append -> journal.command(append.commandId()).isPresent());
            assertThat(journal.command(young.commandId())).isPresent();
        }
    }

    @Test
    void a_command_that_is_too_old_is_done_again_when_it_comes_with_the_order_to_forget() {
        List<Write.Append> old = new ArrayList<>();
        try (DistributedEngine engine = open(PrivatePostgres.shared().database())) {
            Journal journal = withOldCommands(engine, old);
            Write.Append last = old.getLast();
            Write.Append again = new Write.Append(
                    last.partition(),
                    last.epoch(),
                    last.stream(),
                    OLD,
                    last.commandId(),
                    last.correlationId(),
                    last.by(),
                    NOON.plusSeconds(2),
                    last.events(),
                    List.of(),
                    List.of());
            assertThat(journal.commit(List.of(new Write.ExpireCommands(NOON.plusSeconds(1)), again)))
                    .containsExactly(new Outcome.Done(), new Outcome.Appended(OLD + 1, OLD + 1));
        }
    }

    @Test
    void nodes_that_start_at_once_on_an_empty_database_all_start() throws Exception {
        PostgresSettings database = PrivatePostgres.shared().database();
        try (var threads = Executors.newFixedThreadPool(3)) {
            Callable<DistributedEngine> start = () -> open(database);
            List<DistributedEngine> nodes = new ArrayList<>();
            try {
                for (Future<DistributedEngine> started : threads.invokeAll(List.of(start, start, start))) {
                    nodes.add(started.resultNow());
                }
                long version = 0;
                for (DistributedEngine node : nodes) {
                    assertThat(node.journal().commit(List.of(append(version, NOON.plus(Duration.ofSeconds(version))))))
                            .containsExactly(new Outcome.Appended(version + 1, version + 1));
                    version++;
                }
            } finally {
                nodes.forEach(DistributedEngine::close);
            }
        }
    }
}
