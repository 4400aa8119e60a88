package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of events, command ids, claims and snapshots. */
public abstract class JournalContract extends JournalCase {
    protected JournalContract() {}

    @Test
    public void an_empty_journal_knows_nothing() {
        assertThat(journal().heads()).isEmpty();
        assertThat(journal().stream(PLAN, 0, 10)).isEmpty();
        assertThat(journal().partition(NOTES_0, 0, 10)).isEmpty();
        assertThat(journal().command(id())).isEmpty();
        assertThat(journal().claim("note.title", "plan")).isEmpty();
        assertThat(journal().snapshot(PLAN)).isEmpty();
        assertThat(journal().commit(List.of())).isEmpty();
    }

    @Test
    public void an_event_comes_back_as_it_was_written() throws Exception {
        byte[] payload = "{\"title\":\"Žluťoučký 🐎\"}".getBytes(UTF_8);
        UUID command = UUID.randomUUID();
        Instant at = Instant.parse("2026-03-04T05:06:07.123456789Z");
        PartitionId last = new PartitionId("notes", 15);
        StreamId stream = new StreamId("note", "a/b c");
        commit(new Write.Append(
                last,
                0,
                stream,
                0,
                command,
                "trace-é",
                "user:žofie",
                at,
                List.of(new Write.NewEvent("note.written", 7, payload)),
                List.of(),
                List.of()));
        reopen();
        StoredEvent expected = new StoredEvent(
                last,
                1,
                stream,
                1,
                "note.written",
                7,
                payload,
                Instant.parse("2026-03-04T05:06:07.123Z"),
                command,
                "trace-é",
                "user:žofie");
        assertThat(journal().stream(stream, 0, 10)).usingRecursiveComparison().isEqualTo(List.of(expected));
        assertThat(journal().partition(last, 0, 10)).usingRecursiveComparison().isEqualTo(List.of(expected));
    }

    @Test
    public void positions_are_dense_in_each_partition_under_many_appends() throws Exception {
        Seed.replayable(random -> {
            Map<PartitionId, Long> heads = new java.util.HashMap<>();
            Map<StreamId, Long> versions = new java.util.HashMap<>();
            for (int i = 0; i < 200; i++) {
                List<Write> group = new ArrayList<>();
                List<Outcome> expected = new ArrayList<>();
                for (int j = random.nextInt(8); j >= 0; j--) {
                    StreamId stream = new StreamId("note", "n" + random.nextInt(40));
                    PartitionId partition = PartitionId.of("notes", stream);
                    String[] events = new String[1 + random.nextInt(3)];
                    java.util.Arrays.fill(events, "note.written");
                    group.add(append(partition, stream, versions.getOrDefault(stream, 0L), events));
                    long position = heads.merge(partition, (long) events.length, Long::sum);
                    expected.add(
                            new Outcome.Appended(position, versions.merge(stream, (long) events.length, Long::sum)));
                }
                assertThat(journal().commit(group)).isEqualTo(expected);
            }
            reopen();
            assertThat(journal().heads()).isEqualTo(heads);
            heads.forEach((partition, head) -> assertThat(journal().partition(partition, 0, 10_000))
                    .extracting(StoredEvent::position)
                    .containsExactlyElementsOf(upTo(head)));
            versions.forEach((stream, version) -> assertThat(journal().stream(stream, 0, 10_000))
                    .extracting(StoredEvent::version)
                    .containsExactlyElementsOf(upTo(version)));
        });
    }

    private static List<Long> upTo(long last) {
        return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    public void reads_begin_after_a_place_and_stop_at_a_limit() {
        commit(append(PLAN, 0, "a", "b", "c"), append(DIARY, 0, "d", "e"));
        assertThat(journal().stream(PLAN, 1, 1)).extracting(StoredEvent::type).containsExactly("b");
        assertThat(journal().stream(PLAN, 3, 10)).isEmpty();
        assertThat(journal().partition(NOTES_0, 2, 2))
                .extracting(StoredEvent::type)
                .containsExactly("c", "d");
        assertThat(journal().partition(NOTES_0, 99, 2)).isEmpty();
        assertThat(journal().partition(NOTES_1, 0, 2)).isEmpty();
    }

    @Test
    public void a_stale_version_changes_nothing_and_is_told_the_actual_one() {
        commit(append(PLAN, 0, "a", "b"));
        Write.Append stale = append(PLAN, 1, "c");
        assertThat(commit(stale)).isEqualTo(new Outcome.VersionConflict(2));
        assertThat(commit(append(DIARY, 1, "c"))).isEqualTo(new Outcome.VersionConflict(0));
        assertThat(journal().heads()).isEqualTo(Map.of(NOTES_0, 2L));
        assertThat(journal().command(stale.commandId())).isEmpty();
    }

    @Test
    public void a_failing_write_changes_nothing_while_the_others_of_its_group_commit() {
        var task = task("notes.remind", "plan");
        var outcomes = commit(
                append(PLAN, 0, "a"),
                scheduling(claiming(append(PLAN, 0, "b"), take("stale")), task),
                append(PLAN, 1, "c"),
                atEpoch(9, append(DIARY, 0, "d")),
                append(DIARY, 0, "e"));
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Appended(1, 1));
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.VersionConflict(1));
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.Appended(2, 2));
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Fenced.class);
        assertThat(outcomes.get(4)).isEqualTo(new Outcome.Appended(3, 1));
        assertThat(journal().partition(NOTES_0, 0, 10))
                .extracting(StoredEvent::type)
                .containsExactly("a", "c", "e");
        assertThat(journal().claim("note.title", "stale")).isEmpty();
        assertThat(journal().task(task.id())).isEmpty();
    }

    @Test
    public void a_known_command_answers_what_it_did() throws Exception {
        Write.Append first = append(PLAN, 0, "a", "b");
        commit(first, append(DIARY, 0, "c"), append(PLAN, 2, "d"));
        var did = new Outcome.Duplicate(PLAN, 2, 2);
        assertThat(commit(first)).isEqualTo(did);
        reopen();
        assertThat(commit(by(first.commandId(), append(DIARY, 77, "x")))).isEqualTo(did);
        assertThat(journal().command(first.commandId())).contains(did);
        assertThat(journal().heads()).isEqualTo(Map.of(NOTES_0, 4L));
    }

    @Test
    public void a_command_twice_in_one_group_is_done_once() {
        Write.Append first = append(PLAN, 0, "a");
        assertThat(commit(first, first)).containsExactly(new Outcome.Appended(1, 1), new Outcome.Duplicate(PLAN, 1, 1));
        assertThat(journal().stream(PLAN, 0, 10)).hasSize(1);
    }

    @Test
    public void a_command_without_events_is_remembered_too() {
        commit(append(DIARY, 0, "a"));
        Write.Append nothing = append(PLAN, 0);
        assertThat(commit(nothing)).isEqualTo(new Outcome.Appended(1, 0));
        assertThat(commit(nothing)).isEqualTo(new Outcome.Duplicate(PLAN, 1, 0));
    }

    @Test
    public void fenced_comes_before_duplicate_before_version_before_claims() {
        Write.Append done = claiming(append(PLAN, 0, "a"), take("plan"));
        commit(done);
        Write.Append all = claiming(by(done.commandId(), append(DIARY, 5, "b")), take("plan"));
        assertThat(commit(atEpoch(3, all))).isInstanceOf(Outcome.Fenced.class);
        assertThat(commit(all)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(commit(by(id(), all))).isEqualTo(new Outcome.VersionConflict(0));
        assertThat(commit(claiming(append(DIARY, 0, "b"), take("plan"))))
                .isEqualTo(new Outcome.ClaimTaken("note.title", "plan", PLAN));
    }

    @Test
    public void commands_decided_before_a_time_are_forgotten() {
        Write.Append old = append(PLAN, 0, "a");
        clock.advance(MINUTE);
        Write.Append young = append(PLAN, 1, "b");
        commit(old, young);
        assertThat(commit(new Write.ExpireCommands(clock.instant()))).isEqualTo(new Outcome.Done());
        assertThat(journal().command(old.commandId())).isEmpty();
        assertThat(journal().command(young.commandId())).isPresent();
    }

    @Test
    public void a_name_is_held_by_one_entity_and_may_be_taken_again_by_it() throws Exception {
        commit(claiming(append(PLAN, 0, "a"), take("plan")));
        assertThat(commit(claiming(append(PLAN, 1, "b"), take("plan")))).isEqualTo(new Outcome.Appended(2, 2));
        reopen();
        assertThat(journal().claim("note.title", "plan")).contains(PLAN);
        assertThat(journal().claim("note.host", "plan")).isEmpty();
        Write.Append late = claiming(append(DIARY, 0, "c"), take("free"), take("plan"));
        assertThat(commit(late)).isEqualTo(new Outcome.ClaimTaken("note.title", "plan", PLAN));
        assertThat(journal().claim("note.title", "free")).isEmpty();
    }

    @Test
    public void a_name_taken_and_given_up_in_one_append_is_free() {
        commit(claiming(append(PLAN, 0, "a"), take("plan"), giveUp("plan")));
        assertThat(journal().claim("note.title", "plan")).isEmpty();
        commit(claiming(append(PLAN, 1, "b"), take("plan"), giveUp("plan"), take("plan")));
        assertThat(journal().claim("note.title", "plan")).contains(PLAN);
    }

    @Test
    public void a_name_that_was_given_up_can_be_taken_by_another_in_the_same_group() {
        commit(claiming(append(PLAN, 0, "a"), take("plan")));
        commit(claiming(append(PLAN, 1, "b"), giveUp("plan")), claiming(append(DIARY, 0, "c"), take("plan")));
        assertThat(journal().claim("note.title", "plan")).contains(DIARY);
    }

    @Test
    public void giving_up_a_name_that_another_holds_is_ignored() {
        commit(claiming(append(PLAN, 0, "a"), take("plan")));
        assertThat(commit(claiming(append(DIARY, 0, "b"), giveUp("plan"), giveUp("none"))))
                .isEqualTo(new Outcome.Appended(2, 1));
        assertThat(journal().claim("note.title", "plan")).contains(PLAN);
    }

    @Test
    public void only_the_newest_snapshot_of_an_entity_is_kept() throws Exception {
        commit(new Write.SaveSnapshot(PLAN, 5, "v1", "kept", json("five")));
        commit(new Write.SaveSnapshot(PLAN, 4, "v1", "kept", json("four")));
        assertThat(journal().snapshot(PLAN).orElseThrow().version()).isEqualTo(5);
        commit(new Write.SaveSnapshot(PLAN, 5, "v2", "removed", json("again")));
        reopen();
        assertThat(journal().snapshot(PLAN))
                .usingRecursiveComparison()
                .isEqualTo(java.util.Optional.of(new Journal.Snapshot(PLAN, 5, "v2", "removed", json("again"))));
    }

    @Test
    public void a_reader_sees_whole_groups_only() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> reader = threads.submit(() -> {
                long seen = 0;
                boolean last = false;
                while (!last) {
                    last = !writing.get();
                    assertThat(journal().heads().getOrDefault(NOTES_0, 0L) % 3).isZero();
                    List<StoredEvent> events = journal().partition(NOTES_0, seen, 1_000);
                    assertThat(events.size() % 3).isZero();
                    for (StoredEvent event : events) {
                        assertThat(event.position()).isEqualTo(++seen);
                    }
                }
                return seen;
            });
            try {
                for (int i = 0; i < 100; i++) {
                    commit(append(PLAN, 2L * i, "a", "b"), append(DIARY, i, "c"));
                }
            } finally {
                writing.set(false);
            }
            assertThat(reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(300);
        }
    }

    @Test
    public void what_was_committed_is_read_at_once() {
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMillis(1));
            commit(append(PLAN, i, "a"));
            assertThat(journal().stream(PLAN, i, 10)).hasSize(1);
            assertThat(journal().partition(NOTES_0, i, 10)).hasSize(1);
            assertThat(journal().heads()).isEqualTo(Map.of(NOTES_0, i + 1L));
        }
    }
}
