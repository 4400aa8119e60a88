package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Json;
import leat.kernel.Process;
import leat.kernel.Reaction;
import leat.kernel.Recorded;
import leat.kernel.TaskRequest;
import leat.kernel.Wire;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.Write;

/**
 * Runs one process: what it remembers, what it sends and how far it has come are one write to the journal.
 *
 * <p>Of nodes that share the journal one runs a process, for all partitions that it follows: what it remembers of a key may
 * come from events of several, and from modules that not all of its hosts host.
 *
 * <p>Commands leave as tasks of kind {@link #TELL}, so that "sent" and "moved on" are the same transaction; every id is
 * derived from the event. A key whose reaction throws is parked at its event; its later events wait and are read again
 * from the journal when it is resumed.
 */
final class ProcessFollower<S> extends Follower {
    /** The kind of the tasks that deliver commands. */
    static final String TELL = "kernel.tell";

    private static final int READ_BATCH = 1_000;

    private final Process<S> process;
    private final EventTypes types;
    private final Journal journal;
    private final Writer writer;
    private final Leases leases;
    private final boolean shared;
    private final Clock clock;
    private volatile Instant movedAt = Instant.EPOCH;
    private final Map<PartitionId, Set<String>> parked = new HashMap<>();

    ProcessFollower(
            Process<S> process,
            List<PartitionId> partitions,
            Tails tails,
            Faults faults,
            NodeSettings settings,
            EventTypes types,
            Journal journal,
            Writer writer,
            Leases leases,
            boolean shared) {
        Set<String> names = types.names(process.steps().keySet(), "the process " + process.name());
        super(
                process.name(),
                names,
                partitions,
                tails,
                faults,
                settings.bounds().batch());
        this.process = process;
        this.types = types;
        this.journal = journal;
        this.writer = writer;
        this.leases = leases;
        this.shared = shared;
        this.clock = settings.clock();
    }

    /** A command on its way. */
    record Told(String type, String id, String command, int schema, String json) {
        Forwarding.Parcel parcel(Envelope envelope) {
            return new Forwarding.Parcel(
                    type, id, -1, command, schema, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), envelope);
        }
    }

    @Override
    Map<PartitionId, Long> stored() {
        parked.clear();
        for (PartitionId partition : cursors().keySet()) {
            for (Write.ParkedKey key : journal.parkedKeys(process.name(), partition)) {
                parkedIn(partition).add(key.key());
            }
        }
        return positions();
    }

    @Override
    Map<PartitionId, Long> positions() {
        return journal.cursors(process.name());
    }

    /** What a node must own to run this process, when others could. */
    static String role(Process<?> process) {
        return "process:" + process.name();
    }

    @Override
    long tenure(PartitionId partition) {
        return leases.epoch(fence(partition));
    }

    private PartitionId fence(PartitionId partition) {
        return shared ? new PartitionId(role(process), 0) : partition;
    }

    /** Whether this node is the one that runs it. */
    boolean following() {
        return cursors().keySet().stream().allMatch(partition -> tenure(partition) != Leases.NOT_OURS);
    }

    @Override
    long lateNanos() {
        return Duration.ofSeconds(1).toNanos();
    }

    /** Batches are written together; when two remember something under one key, the second reacts when the first is durable. */
    @Override
    void take(List<Batch> round) {
        List<Sent> underWay = new ArrayList<>();
        for (Batch batch : round) {
            Step step = new Step(batch.partition(), underWay);
            for (Happening event : batch.events()) {
                if (follows(event.stored())) {
                    step.react(event, parkedIn(batch.partition()));
                }
            }
            if (step.isIdle() && !batch.events().isEmpty()) {
                pass(batch.partition(), batch.to());
            } else {
                underWay.add(new Sent(step, batch, step.send(batch.from(), batch.to(), List.of())));
            }
        }
        finish(underWay);
        movedAt = clock.instant();
    }

    /** What one batch adds up to, on its way to the journal. */
    private final class Sent {
        private final Step step;
        private final Batch batch;
        private final CompletableFuture<Outcome> outcome;

        Sent(Step step, Batch batch, CompletableFuture<Outcome> outcome) {
            this.step = step;
            this.batch = batch;
            this.outcome = outcome;
        }

        boolean remembers(String key) {
            return step.memory.containsKey(key);
        }

        void finish() {
            step.settle(outcome);
            reached(List.of(batch));
        }
    }

    private void finish(List<Sent> underWay) {
        underWay.forEach(Sent::finish);
        underWay.clear();
    }

    /** When it last took something in; the epoch when not since the start. */
    Instant movedAt() {
        return movedAt;
    }

    /** What one batch adds up to. */
    private final class Step {
        final PartitionId partition;
        private final List<Sent> before;
        final Map<String, Optional<byte[]>> states = new LinkedHashMap<>();
        final Map<String, S> memory = new HashMap<>();
        final List<Write.ParkedKey> parkedKeys = new ArrayList<>();
        final List<TaskRequest> tasks = new ArrayList<>();
        final Set<String> parkedNow = new HashSet<>();

        /** @param before what is being written and may hold what this one has to remember */
        Step(PartitionId partition, List<Sent> before) {
            this.partition = partition;
            this.before = before;
        }

        @SuppressWarnings("unchecked")
        void react(Happening event, Set<String> alreadyParked) {
            Recorded<Object> recorded;
            Process.Step<S, Object> step;
            String key = event.stored().stream().id();
            try {
                recorded = event.decoded(types);
                step = (Process.Step<S, Object>)
                        process.steps().get(recorded.event().getClass());
                if (step == null) {
                    return;
                }
                key = step.key().apply(recorded);
            } catch (RuntimeException fault) {
                park(key, event.stored(), fault);
                return;
            }
            if (alreadyParked.contains(key) || parkedNow.contains(key)) {
                return;
            }
            String wanted = key;
            if (before.stream().anyMatch(sent -> sent.remembers(wanted))) {
                finish(before);
            }
            try {
                apply(key, recorded, step.react().apply(memory(key), recorded));
            } catch (RuntimeException fault) {
                park(key, event.stored(), fault);
            }
        }

        private void park(String key, StoredEvent stored, RuntimeException fault) {
            faults().report(
                            "process " + process.name() + " at " + stored.stream() + " version " + stored.version(),
                            fault,
                            stored.correlationId());
            parkedKeys.add(new Write.ParkedKey(key, stored.position(), Faults.describe(fault), clock.instant()));
            parkedNow.add(key);
        }

        private S memory(String key) {
            if (process.memory() == Process.Nothing.class) {
                return process.initial();
            }
            return memory.computeIfAbsent(
                    key,
                    any -> journal.processState(process.name(), any)
                            .map(json -> Json.read(json, process.memory()))
                            .orElse(process.initial()));
        }

        private void apply(String key, Recorded<Object> recorded, Reaction<S> reaction) {
            List<TaskRequest> sends = new ArrayList<>();
            for (Reaction.Send send : reaction.sends()) {
                sends.add(request(recorded, send, sends.size()));
            }
            if (reaction.forgets()) {
                memory.put(key, process.initial());
                states.put(key, Optional.empty());
            }
            reaction.memory().ifPresent(state -> {
                memory.put(key, state);
                states.put(key, Optional.of(Json.bytes(state)));
            });
            tasks.addAll(sends);
        }

        /** Whether nothing is to be remembered or sent: reacting once more would not change that. */
        boolean isIdle() {
            return states.isEmpty() && parkedKeys.isEmpty() && tasks.isEmpty();
        }

        CompletableFuture<Outcome> send(long from, long to, List<String> unparked) {
            return writer.enqueue(new Write.Advance(
                    process.name(),
                    partition,
                    fence(partition),
                    tenure(partition),
                    from,
                    to,
                    states.entrySet().stream()
                            .map(entry -> new Write.ProcessState(entry.getKey(), entry.getValue()))
                            .toList(),
                    parkedKeys,
                    unparked,
                    tasks));
        }

        /** Waits until it is durable. */
        void settle(CompletableFuture<Outcome> sent) {
            Outcome outcome = Writer.join(sent);
            if (outcome instanceof Outcome.Fenced || outcome instanceof Outcome.VersionConflict) {
                throw new Superseded(process.name() + " in " + partition + ": " + outcome);
            }
            if (!(outcome instanceof Outcome.Done)) {
                throw new IllegalStateException(process.name() + " could not move on in " + partition + ": " + outcome);
            }
            parkedKeys.forEach(key -> parkedIn(partition).add(key.key()));
        }
    }

    private TaskRequest request(Recorded<?> cause, Reaction.Send send, int n) {
        var id = Ids.derived(
                cause.at(), process.name() + "/" + cause.entity() + "/" + cause.id() + "/" + cause.version() + "/" + n);
        String by = "process:" + process.name();
        return switch (send) {
            case Reaction.Do(var work) ->
                new TaskRequest(
                        id,
                        work.kind(),
                        work.key(),
                        Json.bytes(work.payload()),
                        work.notBefore(),
                        cause.correlationId(),
                        by,
                        cause.at());
            case Reaction.Tell(EntityType<?, ?, ?> type, String target, Object command) -> {
                Wire<?> wire = type.commands().of(command);
                Told told = new Told(
                        type.name(),
                        target,
                        wire.name(),
                        wire.schema(),
                        new String(wire.encode(command), java.nio.charset.StandardCharsets.UTF_8));
                yield new TaskRequest(
                        id,
                        TELL,
                        type.name() + "/" + target,
                        Json.bytes(told),
                        cause.at(),
                        cause.correlationId(),
                        by,
                        cause.at());
            }
        };
    }

    /** Reacts again to a parked key's events from where it stopped, or from the next one. */
    void resume(PartitionId partition, String key, boolean skip) {
        onThread(() -> {
            var at = journal.parkedKeys(process.name(), partition).stream()
                    .filter(parkedKey -> parkedKey.key().equals(key))
                    .findFirst();
            if (at.isEmpty()) {
                return;
            }
            keep();
            long upTo = cursors().getOrDefault(partition, 0L);
            Step step = new Step(partition, new ArrayList<>());
            long position = at.get().position() - (skip ? 0 : 1);
            while (position < upTo) {
                List<StoredEvent> events = journal.partition(partition, position, READ_BATCH);
                for (StoredEvent stored : events) {
                    if (stored.position() <= upTo
                            && follows(stored)
                            && keyOf(stored).equals(key)) {
                        step.react(new Happening(stored, null), Set.of());
                    }
                }
                if (events.isEmpty()) {
                    break;
                }
                position = events.getLast().position();
            }
            boolean again = !step.parkedKeys.isEmpty();
            step.settle(step.send(upTo, upTo, again ? List.of() : List.of(key)));
            if (!again) {
                parkedIn(partition).remove(key);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private String keyOf(StoredEvent stored) {
        Recorded<Object> recorded = new Happening(stored, null).decoded(types);
        var step =
                (Process.Step<S, Object>) process.steps().get(recorded.event().getClass());
        return step == null ? "" : step.key().apply(recorded);
    }

    private Set<String> parkedIn(PartitionId partition) {
        return parked.computeIfAbsent(partition, any -> new HashSet<>());
    }
}
