package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.TaskRequest;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/**
 * Random writes of every sort must have the same outcomes and leave the same things on this journal as on the model,
 * which is the {@link MemoryJournal}: naive enough to be believed, and tested sentence by sentence itself.
 */
public abstract class JournalModelContract extends JournalCase {
    private static final int GROUPS = 150;
    private static final List<String> KINDS = List.of("notes.mail", "notes.sweep");
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> OWNERS = List.of("node-1", "node-2");

    private final List<UUID> commands = new ArrayList<>();
    private final List<UUID> tasks = new ArrayList<>();

    protected JournalModelContract() {}

    @Test
    public void every_random_history_goes_as_on_the_model() throws Exception {
        Seed.replayable(random -> {
            MemoryJournal model = new MemoryJournal();
            for (int i = 0; i < GROUPS; i++) {
                clock.advance(Duration.ofSeconds(random.nextInt(40)));
                List<Write> group = new ArrayList<>();
                for (int j = random.nextInt(6); j >= 0; j--) {
                    group.add(write(random));
                }
                same(outcomes(model, group), outcomes(journal(), group));
                if (random.nextInt(50) == 0) {
                    reopen();
                }
            }
            sameContents(model);
            reopen();
            sameContents(model);
        });
    }

    private static List<Outcome> outcomes(Journal journal, List<Write> group) {
        return journal.commit(group).stream()
                .map(outcome -> outcome instanceof Outcome.Fenced ? new Outcome.Fenced("") : outcome)
                .toList();
    }

    private static void same(Object expected, Object actual) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private Write write(Random random) {
        PartitionId partition = new PartitionId("notes", random.nextInt(3));
        StreamId stream = new StreamId("note", "n" + random.nextInt(6));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> randomAppend(random, partition, stream);
            case 8, 9 -> randomAdvance(random, partition);
            case 10 -> new Write.Schedule(someTasks(random));
            case 11, 12 ->
                new Write.ClaimTasks(
                        random.nextBoolean() ? Set.copyOf(KINDS) : Set.of(one(random, KINDS)),
                        1 + random.nextInt(4),
                        one(random, OWNERS),
                        clock.instant(),
                        Duration.ofSeconds(30));
            case 13, 14, 15 -> randomResult(random);
            case 16 ->
                random.nextBoolean()
                        ? new Write.ResumeTask(known(random, tasks), clock.instant())
                        : new Write.DropTask(known(random, tasks));
            case 17 ->
                new Write.SaveSnapshot(
                        stream, random.nextInt(9), one(random, NAMES), "kept", json("s" + random.nextInt(9)));
            case 18 ->
                random.nextInt(4) == 0
                        ? new Write.ReleaseLease(partition, one(random, OWNERS), random.nextInt(3))
                        : new Write.AcquireLease(partition, one(random, OWNERS), clock.instant(), MINUTE);
            default -> new Write.ExpireCommands(clock.instant().minus(MINUTE.multipliedBy(5)));
        };
    }

    /** Versions and epochs are guessed near the truth, so that each outcome comes up often. */
    private Write randomAppend(Random random, PartitionId partition, StreamId stream) {
        long version = journal().stream(stream, 0, 100_000).size() + (random.nextInt(4) == 0 ? 1L : 0L);
        String[] events = new String[random.nextInt(4)];
        java.util.Arrays.fill(events, "note.written");
        Write.Append append = append(partition, stream, version, events);
        Claim[] claims = new Claim[random.nextInt(3)];
        for (int i = 0; i < claims.length; i++) {
            claims[i] = random.nextInt(3) == 0 ? giveUp(one(random, NAMES)) : take(one(random, NAMES));
        }
        Write.Append whole =
                scheduling(claiming(append, claims), someTasks(random).toArray(TaskRequest[]::new));
        if (random.nextInt(5) == 0) {
            whole = by(known(random, commands), whole);
        }
        commands.add(whole.commandId());
        return atEpoch(random.nextInt(3), whole);
    }

    private Write randomAdvance(Random random, PartitionId partition) {
        String process = one(random, List.of("notes.p", "notes.q"));
        long from = journal().cursors(process).getOrDefault(partition, 0L) + (random.nextInt(4) == 0 ? 1L : 0L);
        String key = one(random, NAMES);
        return new Write.Advance(
                process,
                partition,
                random.nextInt(3),
                from,
                from + random.nextInt(5),
                List.of(new Write.ProcessState(
                        one(random, NAMES),
                        random.nextBoolean() ? Optional.of(json("p" + random.nextInt(9))) : Optional.empty())),
                random.nextInt(3) == 0
                        ? List.of(new Write.ParkedKey(key, random.nextInt(1_000_000), "broken", clock.instant()))
                        : List.of(),
                random.nextBoolean() ? List.of(one(random, NAMES)) : List.of(),
                someTasks(random));
    }

    private List<TaskRequest> someTasks(Random random) {
        List<TaskRequest> some = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            TaskRequest task =
                    task(one(random, KINDS), one(random, NAMES), clock.instant().plusSeconds(random.nextInt(90) - 30));
            some.add(task);
            tasks.add(task.id());
        }
        return some;
    }

    private Write randomResult(Random random) {
        UUID id = known(random, tasks);
        int attempt = journal().task(id).map(StoredTask::attempt).orElse(1) - (random.nextInt(6) == 0 ? 1 : 0);
        return switch (random.nextInt(5)) {
            case 0 -> new Write.TaskDone(id, attempt, someTasks(random));
            case 1 -> new Write.TaskExtended(id, attempt, clock.instant().plus(MINUTE));
            case 2 -> new Write.TaskRetried(id, attempt, clock.instant().plus(MINUTE), "error " + random.nextInt(9));
            case 3 -> new Write.TaskParked(id, attempt, "error " + random.nextInt(9));
            default -> new Write.TaskReleased(id, attempt);
        };
    }

    private UUID known(Random random, List<UUID> ids) {
        return ids.isEmpty() ? id() : ids.get(Math.max(0, ids.size() - 1 - random.nextInt(20)));
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void sameContents(Journal model) {
        same(model.heads(), journal().heads());
        for (int i = 0; i < 3; i++) {
            PartitionId partition = new PartitionId("notes", i);
            same(model.partition(partition, 0, 100_000), journal().partition(partition, 0, 100_000));
            for (String process : List.of("notes.p", "notes.q")) {
                assertThat(journal().parkedKeys(process, partition))
                        .containsExactlyInAnyOrderElementsOf(model.parkedKeys(process, partition));
                same(model.cursors(process), journal().cursors(process));
            }
        }
        for (int i = 0; i < 6; i++) {
            StreamId stream = new StreamId("note", "n" + i);
            same(model.stream(stream, 0, 100_000), journal().stream(stream, 0, 100_000));
            same(model.snapshot(stream), journal().snapshot(stream));
        }
        for (String name : NAMES) {
            same(model.claim("note.title", name), journal().claim("note.title", name));
            same(model.processState("notes.p", name), journal().processState("notes.p", name));
            same(model.processState("notes.q", name), journal().processState("notes.q", name));
        }
        for (UUID command : commands) {
            same(model.command(command), journal().command(command));
        }
        for (StoredTask.State state : StoredTask.State.values()) {
            same(model.tasks(state, 100_000), journal().tasks(state, 100_000));
        }
        same(model.taskCounts(), journal().taskCounts());
        same(model.nextTaskAt(Set.copyOf(KINDS)), journal().nextTaskAt(Set.copyOf(KINDS)));
    }
}
