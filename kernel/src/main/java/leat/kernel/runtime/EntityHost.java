package leat.kernel.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import leat.kernel.Answer;
import leat.kernel.Claim;
import leat.kernel.Decision;
import leat.kernel.Entities;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Json;
import leat.kernel.OverloadedException;
import leat.kernel.Position;
import leat.kernel.Recorded;
import leat.kernel.Refusal;
import leat.kernel.TaskRequest;
import leat.kernel.Wire;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one type on this node: decides commands one after the other per entity, on state kept in memory.
 *
 * <p>A busy entity does not wait for its own fsync. A command is decided on the state that the commands before it will
 * leave, while their group is still being written, and three rules keep that honest:
 *
 * <ol>
 *   <li>No answer leaves before the append it rests on is durable. That includes readings, refusals and "already so".
 *   <li>An append names the version it was decided on. When an earlier append of the entity fails, the later ones no
 *       longer fit and fail too, for the writer keeps the order of submission.
 *   <li>Whoever learns of a failure throws the cell away before anybody can submit from a new one, and the commands that
 *       went down with it are decided again from the journal.
 * </ol>
 */
final class EntityHost<C, E, S> implements Entities<C, E, S> {
    /** Times a command is decided anew; more means that something is badly wrong. */
    private static final int MAX_ATTEMPTS = 50;

    /** Commands that an entity decides one at a time, each waiting for the last, after one of its appends has failed. */
    private static final int CAREFUL_COMMANDS = 64;

    private final String module;
    private final EntityType<C, E, S> type;
    private final Journal journal;
    private final Writer writer;
    private final Leases leases;
    private final Forwarding forwarding;
    private final NodeSettings settings;
    private final Sealing sealing;
    private final Past<E, S> past;

    private final ConcurrentHashMap<String, Cell> cells = new ConcurrentHashMap<>();
    /** Entities whose next cell begins carefully. */
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();

    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder retried = new LongAdder();

    EntityHost(
            String module,
            EntityType<C, E, S> type,
            Journal journal,
            Writer writer,
            Leases leases,
            Forwarding forwarding,
            NodeSettings settings,
            Sealing sealing) {
        this.module = module;
        this.type = type;
        this.journal = journal;
        this.writer = writer;
        this.leases = leases;
        this.forwarding = forwarding;
        this.settings = settings;
        this.sealing = sealing;
        this.past = new Past<>(type, journal, sealing);
    }

    /** One entity in memory; guarded by its lock. */
    private final class Cell {
        final StreamId stream;
        final PartitionId partition;
        final ReentrantLock lock = new ReentrantLock();
        final AtomicInteger waiting = new AtomicInteger();
        boolean loaded;
        boolean dropped;
        S state = type.decider().initial();
        long version;
        long position;
        long snapshotVersion;
        /** How often somebody had been forgotten when it was loaded. */
        int times;
        /** Commands still to be decided one at a time. */
        volatile int careful;
        /** The last append under way, or the last one that went well. */
        @Nullable
        Pending last;

        Cell(String id) {
            stream = new StreamId(type.name(), id);
            partition = PartitionId.of(module, stream);
            careful = troubled.remove(id) ? CAREFUL_COMMANDS : 0;
        }

        /** Begins anew from the journal; only when no append is under way. */
        void forget() {
            loaded = false;
            state = type.decider().initial();
            version = 0;
            position = 0;
            last = null;
        }

        boolean idle() {
            Pending pending = last;
            return waiting.get() == 0 && (pending == null || pending.outcome.isDone());
        }
    }

    private record Pending(CompletableFuture<Outcome> outcome, List<Claim> claims) {}

    /**
     * What one attempt led to: an answer once {@code pending} is durable, or a refusal after the same wait.
     *
     * @param own whether {@code pending} is this attempt's append, and not one before it
     */
    private record Attempt<S>(
            Standing<S> result,
            @Nullable Refusal refusal,
            @Nullable Pending pending,
            boolean own) {}

    private record Standing<S>(S state, long version, long position) {}

    @Override
    public Answer<S> tell(String id, C command, Envelope envelope) {
        return tell(id, -1, command, envelope);
    }

    @Override
    public Answer<S> tell(String id, long expectedVersion, C command, Envelope envelope) {
        Answer<S> here = tellHere(id, expectedVersion, command, envelope);
        return here != null ? here : tellOwner(id, expectedVersion, command, envelope);
    }

    private Answer<S> tellOwner(String id, long expectedVersion, C command, Envelope envelope) {
        Wire<? extends C> wire = type.commands().of(command);
        Forwarding.Parcel parcel = new Forwarding.Parcel(
                type.name(), id, expectedVersion, wire.name(), wire.schema(), wire.encode(command), envelope);
        var told = forwarding.tell(parcel, () -> tellHere(id, expectedVersion, command, envelope));
        return told.here().orElseGet(() -> {
            Forwarding.Reply reply = told.elsewhere();
            S state = reply.state().flatMap(this::understood).orElseGet(() -> at(id, reply.version()));
            return new Answer<>(id, state, reply.version(), position(id, reply.position()));
        });
    }

    private PartitionId partition(String id) {
        return PartitionId.of(module, new StreamId(type.name(), id));
    }

    private Position position(String id, long position) {
        return new Position(partition(id).toString(), position);
    }

    /** Answers a command that another node has sent, if its entity is ours. */
    byte[] answer(byte[] payload) {
        return Forwarding.reply(() -> {
            Forwarding.Arrived arrived = Forwarding.arrived(payload);
            C command = type.commands().decode(arrived.command(), arrived.schema(), arrived.json());
            Answer<S> answer = tellHere(arrived.id(), arrived.expectedVersion(), command, arrived.envelope());
            return answer == null
                    ? Forwarding.Reply.moved()
                    : Forwarding.Reply.done(answer.version(), answer.position().number(), said(answer.state()));
        });
    }

    private Optional<Forwarding.State> said(S state) {
        EntityType.Snapshots<S> snapshots = type.snapshots();
        return snapshots
                .states()
                .find(state)
                .map(wire -> new Forwarding.State(snapshots.tag(), wire.name(), new String(wire.encode(state), UTF_8)))
                .filter(said -> said.json().length() <= Forwarding.State.LONGEST);
    }

    /** Nothing when it was written by another release, whose snapshots are not read either. */
    private Optional<S> understood(Forwarding.State said) {
        EntityType.Snapshots<S> snapshots = type.snapshots();
        return said.tag().equals(snapshots.tag())
                ? Optional.of(
                        snapshots.states().decode(said.type(), 1, said.json().getBytes(UTF_8)))
                : Optional.empty();
    }

    /** Null when the entity is not this node's, or has ceased to be. */
    private @Nullable Answer<S> tellHere(String id, long expectedVersion, C command, Envelope envelope) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (!leases.ours(partition(id))) {
                return null;
            }
            Cell cell = cell(id);
            Answer<S> answer = cell.careful == 0
                    ? attempt(cell, expectedVersion, command, envelope)
                    : attemptAlone(cell, expectedVersion, command, envelope);
            if (answer != null) {
                return answer;
            }
            retried.increment();
        }
        throw new OverloadedException(type.name() + " " + id, Duration.ofMillis(250));
    }

    /**
     * Decides on durable state and keeps everybody else out until the outcome is known, so that nothing can go down with
     * it: an entity whose appends keep failing would otherwise throw its state away over and over, and starve those who
     * wait.
     */
    private @Nullable Answer<S> attemptAlone(Cell cell, long expectedVersion, C command, Envelope envelope) {
        enter(cell);
        try {
            if (cell.dropped) {
                return null;
            }
            if (!wentWell(cell.last)) {
                cell.forget();
            }
            cell.careful = Math.max(0, cell.careful - 1);
            return attempt(cell, expectedVersion, command, envelope);
        } finally {
            leave(cell);
        }
    }

    private boolean wentWell(@Nullable Pending pending) {
        try {
            return pending == null || outcome(pending) instanceof Outcome.Appended;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Null when the command must be decided again. */
    private @Nullable Answer<S> attempt(Cell cell, long expectedVersion, C command, Envelope envelope) {
        Attempt<S> attempt;
        enter(cell);
        try {
            if (cell.dropped) {
                return null;
            }
            load(cell);
            // Asked after loading, so that what was loaded was the newest there is, or is not used.
            long epoch = leases.epoch(cell.partition);
            if (epoch == Leases.NOT_OURS) {
                return null;
            }
            attempt = decide(cell, epoch, expectedVersion, command, envelope);
        } finally {
            leave(cell);
        }
        Outcome outcome = await(cell, attempt.pending);
        switch (outcome) {
            case Outcome.Appended appended -> {
                if (attempt.refusal != null) {
                    return refuse(attempt.refusal, envelope);
                }
                long position =
                        attempt.own ? appended.position() : Math.max(attempt.result.position(), appended.position());
                if (attempt.own) {
                    accepted.increment();
                    settle(cell, attempt.result, position);
                }
                return answer(cell, attempt.result.state(), attempt.result.version(), position);
            }
            case Outcome.Duplicate duplicate -> {
                undo(cell);
                if (attempt.own) {
                    return repeated(duplicate);
                }
                return null;
            }
            case Outcome.ClaimTaken taken -> {
                undo(cell);
                if (attempt.own) {
                    return refuse(refusalOf(attempt, taken), envelope);
                }
                return null;
            }
            case Outcome.VersionConflict _ -> {
                undo(cell);
                return null;
            }
            case Outcome.Fenced _ -> {
                undo(cell);
                leases.lost(cell.partition);
                return null;
            }
            case Outcome.Leased _, Outcome.Joined _, Outcome.Claimed _, Outcome.Done _, Outcome.Missing _ ->
                throw new IllegalStateException("an append cannot end as " + outcome);
        }
    }

    private Attempt<S> decide(Cell cell, long epoch, long expectedVersion, C command, Envelope envelope) {
        Standing<S> before = new Standing<>(cell.state, cell.version, cell.position);
        if (expectedVersion >= 0 && expectedVersion != cell.version) {
            return new Attempt<>(before, stale(cell.version), cell.last, false);
        }
        return switch (type.decider().decide(command, cell.state, envelope)) {
            case Decision.Refused<E>(Refusal refusal) -> new Attempt<>(before, refusal, cell.last, false);
            case Decision.Accepted<E>(var events, var claims, var tasks)
            when events.isEmpty() && claims.isEmpty() && tasks.isEmpty() ->
                new Attempt<>(before, null, cell.last, false);
            case Decision.Accepted<E>(var events, var claims, var tasks) -> {
                S after = cell.state;
                List<Write.NewEvent> written = new ArrayList<>(events.size());
                List<E> happened = new ArrayList<>(events.size());
                for (E event : events) {
                    Wire<? extends E> wire = type.events().of(event);
                    long version = cell.version + written.size() + 1;
                    Sealing.Written<E> one = sealing.write(wire, event, cell.stream, version, envelope.by());
                    written.add(new Write.NewEvent(wire.name(), wire.schema(), one.payload()));
                    happened.add(one.event());
                    after = type.decider().evolve(after, one.event());
                }
                Write.Append append = new Write.Append(
                        cell.partition,
                        epoch,
                        cell.stream,
                        cell.version,
                        envelope.commandId(),
                        envelope.correlationId(),
                        envelope.by(),
                        envelope.at(),
                        written,
                        claims,
                        requests(tasks, envelope));
                Pending pending = new Pending(writer.submit(append, happened), claims);
                cell.state = after;
                cell.version += events.size();
                cell.last = pending;
                yield new Attempt<>(new Standing<>(after, cell.version, 0), null, pending, true);
            }
        };
    }

    private static List<TaskRequest> requests(List<Decision.Work> tasks, Envelope envelope) {
        List<TaskRequest> requests = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            Decision.Work work = tasks.get(i);
            requests.add(new TaskRequest(
                    Ids.derived(envelope.at(), envelope.commandId() + "/task/" + i),
                    work.kind(),
                    work.key(),
                    Json.bytes(work.payload()),
                    work.notBefore(),
                    envelope.correlationId(),
                    envelope.by(),
                    envelope.at()));
        }
        return requests;
    }

    private Outcome await(Cell cell, @Nullable Pending pending) {
        if (pending == null) {
            return new Outcome.Appended(cell.position, cell.version);
        }
        try {
            return outcome(pending);
        } catch (ExecutionException e) {
            undo(cell);
            if (e.getCause() instanceof JournalException fault) {
                throw new JournalException(Faults.sentence(fault), fault);
            }
            throw new IllegalStateException("the journal's writer failed", e.getCause());
        }
    }

    private Outcome outcome(Pending pending) throws ExecutionException {
        try {
            return pending.outcome.get(settings.times().command().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OverloadedException("the journal", Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("the journal", Duration.ofSeconds(1));
        }
    }

    /** A refusal may be the echo of a command that was accepted before: then its first answer is given again. */
    private Answer<S> refuse(Refusal refusal, Envelope envelope) {
        var done = journal.command(envelope.commandId());
        if (done.isPresent()) {
            return repeated(done.get());
        }
        refused.increment();
        throw refusal.asException();
    }

    private Answer<S> repeated(Outcome.Duplicate first) {
        if (!first.stream().type().equals(type.name())) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "command.reused",
                            "This command id was used for another thing already; use a new one for each command.")
                    .asException();
        }
        String id = first.stream().id();
        return new Answer<>(
                id,
                at(id, first.version()),
                first.version(),
                new Position(PartitionId.of(module, first.stream()).toString(), first.position()));
    }

    private static Refusal refusalOf(Attempt<?> attempt, Outcome.ClaimTaken taken) {
        Pending pending = attempt.pending;
        if (pending != null) {
            for (Claim claim : pending.claims) {
                if (claim.take()
                        && claim.space().equals(taken.space())
                        && claim.name().equals(taken.name())) {
                    return claim.refusal();
                }
            }
        }
        return Refusal.of(
                Refusal.Kind.CONFLICT, "name.taken", "\"" + taken.name() + "\" is taken; choose another name.");
    }

    private static Refusal stale(long version) {
        return Refusal.of(
                        Refusal.Kind.STALE,
                        "version.stale",
                        "This was changed by someone else in the meantime; load it again and repeat your change.")
                .with("version", version);
    }

    /** After an own append: its position is now known, and it may be time for a snapshot. */
    private void settle(Cell cell, Standing<S> result, long position) {
        cell.lock.lock();
        try {
            cell.position = Math.max(cell.position, position);
            if (past.isSnapshotDue(cell.snapshotVersion, result.version())) {
                cell.snapshotVersion = result.version();
                past.snapshot(cell.stream, result.state(), result.version(), cell.times)
                        .ifPresent(writer::offer);
            }
        } finally {
            cell.lock.unlock();
        }
    }

    @Override
    public Answer<S> get(String id) {
        while (leases.ours(partition(id))) {
            Cell cell = cell(id);
            Standing<S> seen;
            Pending pending;
            enter(cell);
            try {
                if (cell.dropped) {
                    continue;
                }
                load(cell);
                if (!leases.ours(cell.partition)) {
                    break;
                }
                seen = new Standing<>(cell.state, cell.version, cell.position);
                pending = cell.last;
            } finally {
                leave(cell);
            }
            Outcome outcome = await(cell, pending);
            if (outcome instanceof Outcome.Appended appended) {
                return answer(cell, seen.state(), seen.version(), Math.max(seen.position(), appended.position()));
            }
            drop(cell);
        }
        // Somebody else's: what was acknowledged is in the journal.
        Past.Folded<S> folded = past.all(new StreamId(type.name(), id));
        return new Answer<>(id, folded.state(), folded.version(), position(id, folded.position()));
    }

    @Override
    public List<Recorded<E>> history(String id, long afterVersion, int limit) {
        if (limit < 1 || limit > Past.READ_BATCH) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be 1 to " + Past.READ_BATCH);
        }
        return past.events(new StreamId(type.name(), id), afterVersion, limit);
    }

    @Override
    public S at(String id, long version) {
        return past.upTo(new StreamId(type.name(), id), version).state();
    }

    private void load(Cell cell) {
        if (cell.loaded) {
            return;
        }
        cell.times = sealing.times();
        Past.Folded<S> folded = past.all(cell.stream);
        cell.state = folded.state();
        cell.version = folded.version();
        cell.position = folded.position();
        cell.snapshotVersion = folded.snapshotVersion();
        cell.loaded = true;
    }

    private Answer<S> answer(Cell cell, S state, long version, long position) {
        return new Answer<>(cell.stream.id(), state, version, new Position(cell.partition.toString(), position));
    }

    private Cell cell(String id) {
        Cell cell = cells.get(id);
        if (cell == null) {
            evictWhenFull();
            cell = cells.computeIfAbsent(id, Cell::new);
        }
        return cell;
    }

    private void enter(Cell cell) {
        if (cell.waiting.incrementAndGet() > settings.bounds().waitingPerEntity()) {
            cell.waiting.decrementAndGet();
            throw new OverloadedException(type.name() + " " + cell.stream.id(), Duration.ofMillis(250));
        }
        cell.lock.lock();
    }

    private void leave(Cell cell) {
        cell.lock.unlock();
        cell.waiting.decrementAndGet();
    }

    /** After an append that failed: an entity that is ours alone begins anew in its place, any other is dropped. */
    private void undo(Cell cell) {
        if (cell.lock.isHeldByCurrentThread()) {
            cell.forget();
        } else {
            drop(cell);
        }
    }

    /** Forgets a cell whose state may rest on an append that failed. */
    private void drop(Cell cell) {
        cell.lock.lock();
        try {
            cell.dropped = true;
            if (troubled.size() < settings.bounds().cachedEntities()) {
                troubled.add(cell.stream.id());
            }
            cells.remove(cell.stream.id(), cell);
        } finally {
            cell.lock.unlock();
        }
    }

    /** Forgets the entities of a partition that changes hands; they were not troubled, and need no care. */
    void dropAll(PartitionId partition) {
        for (Cell cell : cells.values()) {
            if (cell.partition.equals(partition)) {
                letGo(cell);
            }
        }
    }

    private void letGo(Cell cell) {
        cell.lock.lock();
        try {
            cell.dropped = true;
            cells.remove(cell.stream.id(), cell);
        } finally {
            cell.lock.unlock();
        }
    }

    /** Somebody was forgotten: entities that tell of people are folded anew when they are needed again. */
    void forget() {
        if (past.isPersonal()) {
            cells.values().forEach(this::letGo);
        }
    }

    private void evictWhenFull() {
        if (cells.size() < settings.bounds().cachedEntities()) {
            return;
        }
        int surplus = Math.max(1, settings.bounds().cachedEntities() / 10);
        for (Cell cell : cells.values()) {
            if (surplus == 0) {
                return;
            }
            if (cell.lock.tryLock()) {
                try {
                    if (cell.idle()) {
                        cell.dropped = true;
                        cells.remove(cell.stream.id(), cell);
                        surplus--;
                    }
                } finally {
                    cell.lock.unlock();
                }
            }
        }
    }

    EntityType<C, E, S> type() {
        return type;
    }

    int cached() {
        return cells.size();
    }
}
