package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import leat.kernel.Claim;
import leat.kernel.Refusal;
import leat.kernel.port.Journal;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one database, each of which remembers the partition: what one has done meanwhile must not escape the other,
 * which no longer asks before it appends.
 */
class OneTripTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final StreamId PLAN = new StreamId("note", "plan");
    private static final PartitionId PLACE = PartitionId.of("notes", PLAN);

    private final PostgresSettings database = PrivatePostgres.shared().database();
    private final DistributedEngine left = open();
    private final DistributedEngine right = open();
    private final Journal one = left.journal();
    private final Journal other = right.journal();

    private DistributedEngine open() {
        MemoryEngine beside = new MemoryEngine();
        return DistributedEngine.open(
                database, new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private static long lease(Journal journal, String owner, Instant now) {
        Outcome outcome = journal.commit(List.of(new Write.AcquireLease(PLACE, owner, now, LEASE)))
                .getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Leased.class);
        Lease lease = ((Outcome.Leased) outcome).lease();
        return lease.epoch();
    }

    private static Write.Append append(long epoch, StreamId stream, long version, UUID command, Claim... claims) {
        return new Write.Append(
                PLACE,
                epoch,
                stream,
                version,
                command,
                "trace",
                "writer",
                NOON,
                List.of(new Write.NewEvent("note.written", 1, "{}".getBytes(UTF_8))),
                List.of(claims),
                List.of());
    }

    private static Write.Append append(long epoch, long version) {
        return append(epoch, PLAN, version, UUID.randomUUID());
    }

    private static Claim claim(String name) {
        return new Claim("note.name", name, true, Refusal.of(Refusal.Kind.CONFLICT, "taken", "It is taken."));
    }

    private static Outcome commit(Journal journal, Write write) {
        return journal.commit(List.of(write)).getFirst();
    }

    /** Both have appended in one epoch each; the one that is returned is the first's again. */
    private long bothRemember() {
        long first = lease(one, "one", NOON);
        assertThat(commit(one, append(first, 0))).isEqualTo(new Outcome.Appended(1, 1));
        assertThat(commit(one, append(first, 1))).isEqualTo(new Outcome.Appended(2, 2));
        long second = lease(other, "other", NOON.plusSeconds(10));
        assertThat(commit(other, append(second, 2))).isEqualTo(new Outcome.Appended(3, 3));
        return lease(one, "one", NOON.plusSeconds(20));
    }

    @Test
    void what_is_remembered_is_enough_for_a_group_of_all_that_is_usual() {
        Remembered remembered = new Remembered();
        remembered.put(PLACE, new Remembered.Stand(1, true, 7, 40));
        remembered.put(PLACE, Streams.Stream.known(PLAN, new Remembered.Known(5, 12)));
        remembered.put(new Remembered.Cursor("reminders", PLACE), 30);
        List<Write> usual = List.of(
                append(7, 12),
                append(7, 13),
                append(7, new StreamId("note", "new"), 0, UUID.randomUUID(), claim("new")),
                new Write.Advance("reminders", PLACE, 7, 30, 40, List.of(), List.of(), List.of(), List.of()),
                new Write.SaveSnapshot(PLAN, 12, "1", "note", "{}".getBytes(UTF_8)));
        assertThat(OneTrip.of(remembered, usual)).isPresent();
    }

    @Test
    void whoever_would_be_refused_or_needs_to_ask_takes_the_long_way() {
        Remembered remembered = new Remembered();
        remembered.put(PLACE, new Remembered.Stand(1, true, 7, 40));
        remembered.put(PLACE, Streams.Stream.known(PLAN, new Remembered.Known(5, 12)));
        UUID id = UUID.randomUUID();
        StreamId unknown = new StreamId("note", "unknown");
        assertThat(List.<List<Write>>of(
                        List.of(append(6, 12)),
                        List.of(append(7, 11)),
                        List.of(append(7, unknown, 3, id)),
                        List.of(append(7, PLAN, 12, id), append(7, PLAN, 13, id)),
                        List.of(append(7, PLAN, 12, id, claim("a"), claim("a"))),
                        List.of(new Write.Advance(
                                "reminders", PLACE, 7, 30, 40, List.of(), List.of(), List.of(), List.of())),
                        List.of(new Write.AcquireLease(PLACE, "one", NOON, LEASE))))
                .noneMatch(group -> OneTrip.of(remembered, group).isPresent());
        remembered.put(PLACE, new Remembered.Stand(1, false, 7, 40));
        assertThat(OneTrip.of(remembered, List.of(append(7, 12)))).isEmpty();
    }

    @Test
    void an_owner_whose_epoch_is_over_is_fenced_though_it_remembers_its_partition() {
        long first = lease(one, "one", NOON);
        commit(one, append(first, 0));
        commit(one, append(first, 1));
        lease(other, "other", NOON.plusSeconds(10));
        assertThat(commit(one, append(first, 2))).isInstanceOf(Outcome.Fenced.class);
        assertThat(one.stream(PLAN, 0, 10)).hasSize(2);
    }

    @Test
    void positions_and_versions_go_on_where_another_owner_left_them() {
        long again = bothRemember();
        assertThat(commit(one, append(again, 3))).isEqualTo(new Outcome.Appended(4, 4));
        assertThat(one.partition(PLACE, 0, 10))
                .extracting(StoredEvent::position)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_version_that_another_owner_has_written_is_a_conflict() {
        long again = bothRemember();
        assertThat(commit(one, append(again, 2))).isEqualTo(new Outcome.VersionConflict(3));
    }

    @Test
    void a_command_that_another_owner_has_done_is_a_duplicate() {
        long first = lease(one, "one", NOON);
        commit(one, append(first, 0));
        long second = lease(other, "other", NOON.plusSeconds(10));
        UUID command = UUID.randomUUID();
        commit(other, append(second, PLAN, 1, command));
        long again = lease(one, "one", NOON.plusSeconds(20));
        commit(one, append(again, 2));
        assertThat(commit(one, append(again, PLAN, 3, command))).isEqualTo(new Outcome.Duplicate(PLAN, 2, 2));
    }

    @Test
    void a_name_that_another_node_has_taken_is_taken_and_its_own_is_not() {
        StreamId elsewhere = IntStream.range(0, 1_000)
                .mapToObj(i -> new StreamId("note", "n" + i))
                .filter(stream -> !PartitionId.of("notes", stream).equals(PLACE))
                .findFirst()
                .orElseThrow();
        Write.Append taking = append(0, elsewhere, 0, UUID.randomUUID(), claim("plan"));
        Write.Append theirs = new Write.Append(
                PartitionId.of("notes", elsewhere),
                0,
                elsewhere,
                0,
                taking.commandId(),
                "trace",
                "writer",
                NOON,
                taking.events(),
                taking.claims(),
                List.of());
        long first = lease(one, "one", NOON);
        commit(one, append(first, PLAN, 0, UUID.randomUUID(), claim("mine")));
        assertThat(commit(other, theirs)).isInstanceOf(Outcome.Appended.class);
        assertThat(commit(one, append(first, PLAN, 1, UUID.randomUUID(), claim("plan"))))
                .isEqualTo(new Outcome.ClaimTaken("note.name", "plan", elsewhere));
        assertThat(commit(one, append(first, PLAN, 1, UUID.randomUUID(), claim("mine"))))
                .isEqualTo(new Outcome.Appended(2, 2));
    }

    @Test
    void a_process_that_another_owner_has_moved_on_does_not_go_back() {
        long first = lease(one, "one", NOON);
        commit(one, append(first, 0));
        commit(one, advance(first, 0, 1));
        long second = lease(other, "other", NOON.plusSeconds(10));
        commit(other, append(second, 1));
        commit(other, advance(second, 1, 2));
        long again = lease(one, "one", NOON.plusSeconds(20));
        assertThat(commit(one, advance(again, 1, 2))).isEqualTo(new Outcome.VersionConflict(2));
        assertThat(one.cursors("reminders")).containsEntry(PLACE, 2L);
    }

    private static Write.Advance advance(long epoch, long from, long to) {
        return new Write.Advance("reminders", PLACE, epoch, from, to, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void of_a_group_that_fails_nothing_is_kept() {
        long first = lease(one, "one", NOON);
        commit(one, append(first, 0));
        lease(other, "other", NOON.plusSeconds(10));
        List<Outcome> outcomes = one.commit(List.of(
                append(first, 1),
                append(first, new StreamId("note", "new"), 0, UUID.randomUUID(), claim("new")),
                new Write.SaveSnapshot(PLAN, 1, "1", "note", "{}".getBytes(UTF_8))));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Fenced.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Fenced.class);
        assertThat(one.claim("note.name", "new")).isEmpty();
        assertThat(one.stream(new StreamId("note", "new"), 0, 10)).isEmpty();
    }
}
