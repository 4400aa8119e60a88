package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import leat.kernel.port.JournalException;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What the journal in memory can do beyond the port: lag at random, fail and die at chosen commits. */
class MemoryJournalTest {
    private static final PartitionId[] PARTITIONS = {new PartitionId("notes", 0), new PartitionId("notes", 1)};
    private static final StreamId PLAN = new StreamId("note", "plan");

    private static Write append(PartitionId partition, StreamId stream, long expected) {
        return new Write.Append(
                partition,
                0,
                stream,
                expected,
                UUID.randomUUID(),
                "request-1",
                "user:ada",
                TestClock.START,
                List.of(new Write.NewEvent("note.written", 1, new byte[0])),
                List.of(),
                List.of());
    }

    @Test
    void a_reader_that_leans_on_the_order_between_shuffled_partitions_fails() throws Exception {
        Seed.replayable(random -> {
            MemoryJournal journal = new MemoryJournal();
            journal.shuffle(random.nextLong());
            for (int i = 0; i < 100; i++) {
                PartitionId partition = PARTITIONS[i % 2];
                journal.commit(List.of(append(partition, new StreamId("note", "n" + i % 2), i / 2)));
            }
            List<List<Long>> seen = List.of(new ArrayList<>(), new ArrayList<>());
            boolean oneBeforeTheOther = true;
            for (int reads = 0; reads < 100 * (MemoryJournal.MAX_HIDDEN_READS + 1); reads++) {
                for (int p = 0; p < 2; p++) {
                    journal.partition(PARTITIONS[p], seen.get(p).size(), 3).stream()
                            .map(StoredEvent::position)
                            .forEach(seen.get(p)::add);
                }
                oneBeforeTheOther &= seen.get(0).size() >= seen.get(1).size();
            }
            assertThat(oneBeforeTheOther)
                    .as("the first partition is never behind the second")
                    .isFalse();
            for (List<Long> positions : seen) {
                assertThat(positions)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, 50).boxed().toList());
            }
        });
    }

    @Test
    void a_failed_commit_changes_nothing_and_the_next_goes_well() {
        MemoryJournal journal = new MemoryJournal();
        CrashingJournal failing = new CrashingJournal(journal, CrashPoints.at(2, CrashPoints.What.FAIL));
        failing.commit(List.of(append(PARTITIONS[0], PLAN, 0)));
        assertThatThrownBy(() -> failing.commit(List.of(append(PARTITIONS[0], PLAN, 1))))
                .isInstanceOf(JournalException.class);
        assertThat(failing.stream(PLAN, 0, 10)).hasSize(1);
        failing.commit(List.of(append(PARTITIONS[0], PLAN, 1)));
        assertThat(journal.stream(PLAN, 0, 10)).hasSize(2);
    }

    @Test
    void a_death_before_a_commit_loses_it_and_a_death_after_keeps_it() {
        for (var what : List.of(CrashPoints.What.DIE_BEFORE, CrashPoints.What.DIE_AFTER)) {
            MemoryJournal journal = new MemoryJournal();
            CrashingJournal dying = new CrashingJournal(journal, CrashPoints.at(1, what));
            assertThatThrownBy(() -> dying.commit(List.of(append(PARTITIONS[0], PLAN, 0))))
                    .isInstanceOf(SimulatedCrash.class);
            assertThat(dying.dead()).isTrue();
            assertThatThrownBy(dying::heads).isInstanceOf(SimulatedCrash.class);
            assertThat(journal.stream(PLAN, 0, 10)).hasSize(what == CrashPoints.What.DIE_AFTER ? 1 : 0);
        }
    }

    @Test
    void seeded_crashes_replay() {
        CrashPoints points = CrashPoints.seeded(42, 3);
        List<CrashPoints.What> once =
                LongStream.range(1, 100).mapToObj(points::at).toList();
        List<CrashPoints.What> again =
                LongStream.range(1, 100).mapToObj(points::at).toList();
        assertThat(once).isEqualTo(again).contains(CrashPoints.What.values());
    }

    @Test
    void a_crashing_engine_dies_and_another_of_the_same_engine_finds_what_was_durable() {
        try (MemoryEngine engine = new MemoryEngine()) {
            var dying = engine.crashing(CrashPoints.at(1, CrashPoints.What.DIE_AFTER));
            assertThatThrownBy(() -> dying.journal().commit(List.of(append(PARTITIONS[0], PLAN, 0))))
                    .isInstanceOf(SimulatedCrash.class);
            dying.close();
            assertThat(engine.crashing(CrashPoints.never()).journal().stream(PLAN, 0, 10))
                    .hasSize(1);
        }
    }

    @Test
    void a_failing_seed_is_told() {
        assertThatThrownBy(() -> Seed.replayable(random -> {
                    throw new AssertionError("no: " + Optional.of(1));
                }))
                .hasMessageContaining("no: Optional[1]")
                .hasMessageContaining("-Dseed=");
    }
}
