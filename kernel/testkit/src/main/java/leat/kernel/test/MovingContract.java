package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import leat.kernel.port.Journal;
import leat.kernel.port.Kept;
import leat.kernel.port.Loader;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of leaving it and of coming into it; the other house is a {@link MemoryJournal}. */
public abstract class MovingContract extends JournalCase {
    private static final String PROCESS = "notes.reminders";

    protected MovingContract() {}

    @Test
    public void a_journal_comes_back_as_it_was_from_another() throws Exception {
        Seed.replayable(random -> {
            Journal away = new MemoryJournal();
            fill(away, random.nextInt(1, 4_000), random::nextInt);
            List<Kept> before = export(away);
            load(before, journal());
            assertSame(export(journal()), before);
        });
        reopen();
        assertThat(export(journal())).isNotEmpty();
    }

    @Test
    public void a_journal_leaves_as_it_is() throws Exception {
        Seed.replayable(random -> {
            fill(journal(), random.nextInt(1, 4_000), random::nextInt);
            Journal away = new MemoryJournal();
            List<Kept> before = export(journal());
            load(before, away);
            assertSame(export(away), before);
            List<StoredEvent> events = new ArrayList<>();
            journal().heads().keySet().stream()
                    .sorted()
                    .forEach(partition -> events.addAll(journal().partition(partition, 0, Integer.MAX_VALUE)));
            assertThat(events).hasSize((int)
                    before.stream().filter(Kept.Event.class::isInstance).count());
        });
    }

    @Test
    public void work_goes_on_in_the_new_house() {
        Journal away = new MemoryJournal();
        Write.Append written = claiming(append(PLAN, 0, "note.written"), take("plan"));
        away.commit(List.of(
                written,
                new Write.Advance(PROCESS, NOTES_0, 0, 0, 1, List.of(), List.of(), List.of(), List.of()),
                new Write.Schedule(List.of(task("mail", "ada"), task("mail", "ada")))));
        away.commit(List.of(new Write.ClaimTasks(Set.of("mail"), 1, "node-1", clock.instant(), MINUTE)));
        load(export(away), journal());

        long epoch = ((Outcome.Leased) commit(new Write.AcquireLease(NOTES_0, "node-2", clock.instant(), MINUTE)))
                .lease()
                .epoch();
        assertThat(commit(atEpoch(epoch, written))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(commit(atEpoch(epoch, claiming(append(DIARY, 0, "note.written"), take("plan")))))
                .isEqualTo(new Outcome.ClaimTaken("note.title", "plan", PLAN));
        assertThat(commit(atEpoch(epoch, append(PLAN, 1, "note.revised")))).isEqualTo(new Outcome.Appended(2, 2));
        assertThat(journal().cursors(PROCESS)).containsEntry(NOTES_0, 1L);
        var leased =
                (Outcome.Claimed) commit(new Write.ClaimTasks(Set.of("mail"), 9, "node-2", clock.instant(), MINUTE));
        assertThat(leased.tasks())
                .singleElement()
                .extracting(StoredTask::attempt)
                .isEqualTo(2);
    }

    @Test
    public void what_is_kept_is_told_as_of_one_moment_while_others_write() throws Exception {
        var stop = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (long i = 0; !stop.get() && i < 5_000; i++) {
                // Each event moves the cursor in the same transaction, so that the two never part.
                journal()
                        .commit(List.of(
                                append(PLAN, i, "note.revised"),
                                new Write.Advance(
                                        PROCESS, NOTES_0, 0, i, i + 1, List.of(), List.of(), List.of(), List.of())));
                begun.countDown();
            }
        });
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 10; i++) {
            List<Kept> kept = export(journal());
            long events = kept.stream().filter(Kept.Event.class::isInstance).count();
            assertThat(kept).contains(new Kept.Cursor(PROCESS, NOTES_0, events));
        }
        stop.set(true);
        writer.join();
    }

    @Test
    public void a_journal_that_is_in_use_takes_nothing_in() {
        commit(new Write.AcquireLease(NOTES_0, "node-1", clock.instant(), MINUTE));
        assertThat(commit(new Write.Restore(new Kept.Claimed("note.title", "plan", PLAN))))
                .isInstanceOf(Outcome.Fenced.class);
        assertThat(journal().claim("note.title", "plan")).isEmpty();
        commit(append(NOTES_1, DIARY, 0, "note.written"));
        assertThatThrownBy(() -> new Loader(journal())).hasMessageContaining("events already");
    }

    @Test
    public void an_event_that_does_not_fit_is_refused() {
        StoredEvent first = new StoredEvent(
                NOTES_0, 1, PLAN, 1, "note.written", 1, json("x"), clock.instant(), id(), "request-1", "user:ada");
        StoredEvent gap = new StoredEvent(
                NOTES_0, 3, PLAN, 3, "note.written", 1, json("x"), clock.instant(), id(), "request-1", "user:ada");
        assertThatThrownBy(() -> load(List.of(new Kept.Event(first), new Kept.Event(gap)), journal()))
                .hasMessageContaining("event 3 of note/plan at notes/0 3");
    }

    private interface Dice {
        int below(int bound);
    }

    /** A history with everything in it that can be kept. */
    private void fill(Journal journal, int commands, Dice dice) {
        String[] ids = {"a", "b", "c", "d", "e", "plan"};
        long[] versions = new long[ids.length];
        for (int i = 0; i < commands; i++) {
            int which = dice.below(ids.length);
            StreamId stream = new StreamId("note", ids[which]);
            PartitionId partition = PartitionId.of("notes", stream);
            int events = dice.below(4);
            Write.Append append = append(
                    partition,
                    stream,
                    versions[which],
                    java.util.Collections.nCopies(events, "note.revised-" + i).toArray(new String[0]));
            if (dice.below(8) == 0) {
                append = claiming(append, take("title-" + i));
            }
            if (dice.below(8) == 0) {
                append = scheduling(append, task("mail", "key-" + dice.below(5)));
            }
            assertThat(journal.commit(List.of(append)).getFirst()).isInstanceOf(Outcome.Appended.class);
            versions[which] += events;
        }
        journal.heads()
                .forEach((partition, head) -> journal.commit(List.of(new Write.Advance(
                        PROCESS,
                        partition,
                        0,
                        0,
                        head,
                        List.of(new Write.ProcessState("state-" + partition, java.util.Optional.of(json("state")))),
                        List.of(new Write.ParkedKey("note/a", head, "it broke", clock.instant())),
                        List.of(),
                        List.of()))));
        var leased = (Outcome.Claimed)
                journal.commit(List.of(new Write.ClaimTasks(Set.of("mail"), 2, "node-1", clock.instant(), MINUTE)))
                        .getFirst();
        for (StoredTask task : leased.tasks().stream().limit(1).toList()) {
            journal.commit(List.of(new Write.TaskParked(task.id(), task.attempt(), "no such address")));
        }
    }

    private static List<Kept> export(Journal journal) {
        List<Kept> kept = new ArrayList<>();
        journal.export(kept::add);
        return kept;
    }

    private static void load(List<Kept> kept, Journal journal) {
        try (Loader loader = new Loader(journal)) {
            kept.forEach(loader::take);
        }
    }

    /** Compares as sentences, in an order of their own: engines tell partitions and what stands aside as they like. */
    private static void assertSame(List<Kept> found, List<Kept> expected) {
        assertThat(sentences(found)).isEqualTo(sentences(expected));
    }

    private static List<String> sentences(List<Kept> kept) {
        List<String> tasks = kept.stream()
                .filter(Kept.Task.class::isInstance)
                .map(MovingContract::sentence)
                .toList();
        List<String> all = new ArrayList<>(kept.stream()
                .filter(one -> !(one instanceof Kept.Task))
                .map(MovingContract::sentence)
                .sorted(Comparator.naturalOrder())
                .toList());
        all.addAll(tasks);
        return all;
    }

    private static String sentence(Kept kept) {
        return switch (kept) {
            case Kept.Event(StoredEvent e) ->
                String.join(
                        " ",
                        "event %s %08d".formatted(e.partition(), e.position()),
                        e.stream() + "@" + e.version(),
                        e.type() + "/" + e.schema(),
                        new String(e.payload(), UTF_8),
                        e.at() + " " + e.commandId(),
                        e.correlationId() + " " + e.by());
            case Kept.Command c -> c.toString();
            case Kept.Claimed c -> c.toString();
            case Kept.Cursor c -> c.toString();
            case Kept.State s -> s.process() + " " + s.key() + " " + new String(s.state(), UTF_8);
            case Kept.Parked p -> p.toString();
            case Kept.Task(StoredTask t) ->
                String.join(
                        " ",
                        t.id() + " " + t.kind() + " " + t.key(),
                        new String(t.payload(), UTF_8),
                        (t.state() == StoredTask.State.PARKED ? "parked" : "waiting") + " " + t.attempt(),
                        t.notBefore() + " " + t.createdAt() + " " + t.error(),
                        t.correlationId() + " " + t.by());
        };
    }
}
