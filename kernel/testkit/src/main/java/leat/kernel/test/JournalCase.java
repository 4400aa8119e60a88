package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.Refusal;
import leat.kernel.TaskRequest;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/** Short ways to write to a journal, for its contract suites. */
abstract class JournalCase extends EngineContract {
    static final PartitionId NOTES_0 = new PartitionId("notes", 0);
    static final PartitionId NOTES_1 = new PartitionId("notes", 1);
    static final StreamId PLAN = new StreamId("note", "plan");
    static final StreamId DIARY = new StreamId("note", "diary");
    static final Duration MINUTE = Duration.ofMinutes(1);

    final TestClock clock = new TestClock();
    private long ids;

    Journal journal() {
        return engine.journal();
    }

    Outcome commit(Write write) {
        return journal().commit(List.of(write)).getFirst();
    }

    List<Outcome> commit(Write... group) {
        return journal().commit(Arrays.asList(group));
    }

    UUID id() {
        return new UUID(0x0190_0000_0000_7000L, ++ids);
    }

    /** An append of new events, by a new command, at epoch 0 of partition {@code notes/0}. */
    Write.Append append(StreamId stream, long expected, String... events) {
        return append(NOTES_0, stream, expected, events);
    }

    Write.Append append(PartitionId partition, StreamId stream, long expected, String... events) {
        return new Write.Append(
                partition,
                0,
                stream,
                expected,
                id(),
                "request-1",
                "user:ada",
                clock.instant(),
                Arrays.stream(events)
                        .map(type -> new Write.NewEvent(type, 1, json(type)))
                        .toList(),
                List.of(),
                List.of());
    }

    static Write.Append by(UUID command, Write.Append a) {
        return new Write.Append(
                a.partition(),
                a.epoch(),
                a.stream(),
                a.expectedVersion(),
                command,
                a.correlationId(),
                a.by(),
                a.at(),
                a.events(),
                a.claims(),
                a.tasks());
    }

    static Write.Append atEpoch(long epoch, Write.Append a) {
        return new Write.Append(
                a.partition(),
                epoch,
                a.stream(),
                a.expectedVersion(),
                a.commandId(),
                a.correlationId(),
                a.by(),
                a.at(),
                a.events(),
                a.claims(),
                a.tasks());
    }

    static Write.Append claiming(Write.Append a, Claim... claims) {
        return new Write.Append(
                a.partition(),
                a.epoch(),
                a.stream(),
                a.expectedVersion(),
                a.commandId(),
                a.correlationId(),
                a.by(),
                a.at(),
                a.events(),
                Arrays.asList(claims),
                a.tasks());
    }

    static Write.Append scheduling(Write.Append a, TaskRequest... tasks) {
        return new Write.Append(
                a.partition(),
                a.epoch(),
                a.stream(),
                a.expectedVersion(),
                a.commandId(),
                a.correlationId(),
                a.by(),
                a.at(),
                a.events(),
                a.claims(),
                Arrays.asList(tasks));
    }

    static Claim take(String name) {
        return new Claim("note.title", name, true, taken(name));
    }

    static Claim giveUp(String name) {
        return new Claim("note.title", name, false, taken(name));
    }

    private static Refusal taken(String name) {
        return Refusal.of(Refusal.Kind.CONFLICT, "note.title-taken", "There is a note called " + name + " already.");
    }

    TaskRequest task(String kind, String key) {
        return task(kind, key, clock.instant());
    }

    TaskRequest task(String kind, String key, Instant notBefore) {
        return new TaskRequest(
                id(), kind, key, json(kind), notBefore, "request-1", "process:notes.reminders", clock.instant());
    }

    static byte[] json(String text) {
        return ("{\"what\":\"" + text + "\"}").getBytes(UTF_8);
    }
}
