package leat.kernel.test;

import static leat.kernel.test.MemoryTasks.millis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import leat.kernel.Claim;
import leat.kernel.port.Journal;
import leat.kernel.port.Kept;
import leat.kernel.port.Lease;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/**
 * The journal as plain collections behind one lock; what it does is what the port says, in the shortest way to say it.
 *
 * <p>{@link #shuffle} makes it a hard partner: reads of a partition then lag at random, so that a module that leans on
 * the order between partitions fails its tests.
 */
public final class MemoryJournal implements Journal {
    /** A shuffled partition hides its newest events at most this many reads in a row. */
    public static final int MAX_HIDDEN_READS = 3;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<PartitionId, List<StoredEvent>> partitions = new HashMap<>();
    private final Map<StreamId, List<StoredEvent>> streams = new HashMap<>();
    private final Map<UUID, Command> commands = new HashMap<>();
    private final Map<Name, StreamId> claims = new HashMap<>();
    private final Map<StreamId, Snapshot> snapshots = new HashMap<>();
    private final Map<PartitionId, Held> leases = new HashMap<>();
    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, Map<PartitionId, Long>> cursors = new HashMap<>();
    private final Map<ProcessKey, byte[]> states = new HashMap<>();
    private final Map<ProcessPartition, Map<String, Write.ParkedKey>> parked = new HashMap<>();
    private final MemoryTasks tasks = new MemoryTasks();
    private final Shuffle shuffle = new Shuffle();

    private record Command(Outcome.Duplicate did, Instant at) {}

    private record Name(String space, String name) {}

    private record ProcessKey(String process, String key) {}

    private record ProcessPartition(String process, PartitionId partition) {}

    /** @param owner empty when the partition was given up */
    private record Held(Optional<String> owner, long epoch, Instant until) {}

    /** An empty journal. */
    public MemoryJournal() {}

    /**
     * From now on a read of a partition may come back short or empty though there is more, at most
     * {@link #MAX_HIDDEN_READS} times in a row, and heads come in any order; everything else stays exact.
     */
    public void shuffle(long seed) {
        shuffle.start(seed);
    }

    @Override
    public List<Outcome> commit(List<Write> group) {
        lock.writeLock().lock();
        try {
            List<Outcome> outcomes = new ArrayList<>(group.size());
            for (Write write : group) {
                outcomes.add(apply(write));
            }
            return outcomes;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Outcome apply(Write write) {
        return switch (write) {
            case Write.Append append -> append(append);
            case Write.Advance advance -> advance(advance);
            case Write.Schedule schedule -> {
                tasks.schedule(schedule.tasks());
                yield new Outcome.Done();
            }
            case Write.ClaimTasks c -> new Outcome.Claimed(tasks.lease(c));
            case Write.ReclaimTasks reclaim -> {
                tasks.reclaim(reclaim);
                yield new Outcome.Done();
            }
            case Write.TaskResult result -> tasks.result(result);
            case Write.ResumeTask resume -> tasks.resume(resume);
            case Write.DropTask drop -> tasks.drop(drop.id());
            case Write.SaveSnapshot s -> {
                Snapshot snapshot = new Snapshot(s.stream(), s.version(), s.tag(), s.type(), s.state());
                snapshots.merge(s.stream(), snapshot, (old, now) -> now.version() >= old.version() ? now : old);
                yield new Outcome.Done();
            }
            case Write.AcquireLease acquire -> acquire(acquire);
            case Write.ReleaseLease release -> {
                leases.computeIfPresent(
                        release.partition(),
                        (partition, held) ->
                                held.epoch() == release.epoch() && held.owner().equals(Optional.of(release.owner()))
                                        ? new Held(Optional.empty(), held.epoch(), held.until())
                                        : held);
                yield new Outcome.Done();
            }
            case Write.Join join -> join(join);
            case Write.Leave leave -> {
                members.computeIfPresent(
                        leave.node(),
                        (node, member) -> member.since().equals(millis(leave.since()))
                                ? until(member, millis(leave.now()))
                                : member);
                yield new Outcome.Done();
            }
            case Write.ExpireCommands expire -> {
                commands.values().removeIf(command -> command.at().isBefore(expire.before()));
                yield new Outcome.Done();
            }
            case Write.Restore restore -> {
                if (!leases.isEmpty()) {
                    yield new Outcome.Fenced("the journal is in use");
                }
                restore(restore.kept());
                yield new Outcome.Done();
            }
        };
    }

    private void restore(Kept.Aside kept) {
        switch (kept) {
            case Kept.Command c ->
                commands.putIfAbsent(
                        c.id(), new Command(new Outcome.Duplicate(c.stream(), c.position(), c.version()), c.at()));
            case Kept.Claimed c -> claims.putIfAbsent(new Name(c.space(), c.name()), c.holder());
            case Kept.Cursor c ->
                cursors.computeIfAbsent(c.process(), p -> new HashMap<>()).putIfAbsent(c.partition(), c.position());
            case Kept.State s -> states.putIfAbsent(new ProcessKey(s.process(), s.key()), s.state());
            case Kept.Parked p ->
                parked.computeIfAbsent(new ProcessPartition(p.process(), p.partition()), k -> new HashMap<>())
                        .putIfAbsent(p.key().key(), p.key());
            case Kept.Task task -> tasks.restore(task.task());
        }
    }

    private Outcome append(Write.Append append) {
        if (!current(append.partition(), append.epoch())) {
            return fenced(append.partition(), append.epoch());
        }
        Command known = commands.get(append.commandId());
        if (known != null) {
            return known.did();
        }
        List<StoredEvent> stream = streams.computeIfAbsent(append.stream(), s -> new ArrayList<>());
        if (stream.size() != append.expectedVersion()) {
            return new Outcome.VersionConflict(stream.size());
        }
        for (Claim claim : append.claims()) {
            StreamId holder = claims.get(new Name(claim.space(), claim.name()));
            if (claim.take() && holder != null && !holder.equals(append.stream())) {
                return new Outcome.ClaimTaken(claim.space(), claim.name(), holder);
            }
        }
        for (Claim claim : append.claims()) {
            Name name = new Name(claim.space(), claim.name());
            if (claim.take()) {
                claims.put(name, append.stream());
            } else {
                claims.remove(name, append.stream());
            }
        }
        List<StoredEvent> partition = partitions.computeIfAbsent(append.partition(), p -> new ArrayList<>());
        for (Write.NewEvent event : append.events()) {
            StoredEvent stored = new StoredEvent(
                    append.partition(),
                    partition.size() + 1L,
                    append.stream(),
                    stream.size() + 1L,
                    event.type(),
                    event.schema(),
                    event.payload(),
                    millis(append.at()),
                    append.commandId(),
                    append.correlationId(),
                    append.by());
            partition.add(stored);
            stream.add(stored);
        }
        tasks.schedule(append.tasks());
        var did = new Outcome.Duplicate(append.stream(), partition.size(), stream.size());
        commands.put(append.commandId(), new Command(did, millis(append.at())));
        return new Outcome.Appended(did.position(), did.version());
    }

    private Outcome advance(Write.Advance advance) {
        if (!current(advance.fence(), advance.epoch())) {
            return fenced(advance.fence(), advance.epoch());
        }
        var ofProcess = cursors.computeIfAbsent(advance.process(), p -> new HashMap<>());
        long cursor = ofProcess.getOrDefault(advance.partition(), 0L);
        if (cursor != advance.from()) {
            return new Outcome.VersionConflict(cursor);
        }
        ofProcess.put(advance.partition(), advance.to());
        for (Write.ProcessState state : advance.states()) {
            ProcessKey key = new ProcessKey(advance.process(), state.key());
            state.state().ifPresentOrElse(bytes -> states.put(key, bytes), () -> states.remove(key));
        }
        var keys = parked.computeIfAbsent(
                new ProcessPartition(advance.process(), advance.partition()), p -> new HashMap<>());
        advance.unparked().forEach(keys::remove);
        for (Write.ParkedKey key : advance.parked()) {
            keys.put(key.key(), new Write.ParkedKey(key.key(), key.position(), key.error(), millis(key.at())));
        }
        tasks.schedule(advance.tasks());
        return new Outcome.Done();
    }

    private Outcome acquire(Write.AcquireLease acquire) {
        Held held = leases.get(acquire.partition());
        Optional<String> owner = Optional.of(acquire.owner());
        Instant now = millis(acquire.now());
        boolean mine = held != null && held.owner().equals(owner);
        if (held != null && !mine && held.owner().isPresent() && held.until().isAfter(now)) {
            return new Outcome.Fenced(
                    acquire.partition() + " is held by " + held.owner().get() + " until " + held.until());
        }
        long before = held == null ? 0 : held.epoch();
        Held taken =
                new Held(owner, mine ? before : before + 1, millis(acquire.now().plus(acquire.length())));
        leases.put(acquire.partition(), taken);
        return new Outcome.Leased(new Lease(acquire.partition(), acquire.owner(), taken.epoch(), taken.until()));
    }

    private Outcome join(Write.Join join) {
        Instant since = millis(join.since());
        Member known = members.get(join.node());
        if (known != null && known.since().isAfter(since)) {
            return new Outcome.Fenced("another process is called " + join.node() + " since " + known.since()
                    + "; give each node a name of its own");
        }
        var obstacle = Member.obstacle(members.values(), join);
        if (obstacle.isPresent()) {
            return new Outcome.Fenced(obstacle.get());
        }
        if (known == null) {
            Instant forgotten = millis(join.now().minus(Write.NODE_MEMORY));
            members.values().removeIf(member -> member.until().isBefore(forgotten));
        }
        Set<Integer> taken = members.values().stream().map(Member::number).collect(Collectors.toSet());
        int number = known != null ? known.number() : 0;
        while (known == null && taken.contains(number)) {
            number++;
        }
        if (number >= Member.NUMBERS) {
            return new Outcome.Fenced(Member.NUMBERS + " nodes have joined already");
        }
        Member member = new Member(
                join.node(),
                number,
                join.roles(),
                join.address(),
                since,
                millis(join.now().plus(join.length())));
        members.put(join.node(), member);
        return new Outcome.Joined(member);
    }

    private static Member until(Member member, Instant until) {
        return new Member(member.node(), member.number(), member.roles(), member.address(), member.since(), until);
    }

    private boolean current(PartitionId partition, long epoch) {
        Held held = leases.get(partition);
        return held == null ? epoch == 0 : held.owner().isPresent() && held.epoch() == epoch;
    }

    private Outcome fenced(PartitionId partition, long epoch) {
        Held held = leases.get(partition);
        return new Outcome.Fenced("epoch " + epoch + " of " + partition + " is over; the partition is "
                + (held == null
                        ? "not leased"
                        : held.owner().map(owner -> "held by " + owner).orElse("free") + " at epoch " + held.epoch()));
    }

    @Override
    public List<StoredEvent> stream(StreamId stream, long afterVersion, int limit) {
        return reading(() -> slice(streams.getOrDefault(stream, List.of()), afterVersion, limit));
    }

    @Override
    public List<StoredEvent> partition(PartitionId partition, long afterPosition, int limit) {
        return reading(() -> {
            var events = partitions.getOrDefault(partition, List.<StoredEvent>of());
            int shown = shuffle.shown(partition, afterPosition, events.size());
            return slice(events.subList(0, shown), afterPosition, limit);
        });
    }

    private static List<StoredEvent> slice(List<StoredEvent> events, long after, int limit) {
        int from = (int) Math.min(Math.max(after, 0), events.size());
        int to = (int) Math.min((long) from + limit, events.size());
        return List.copyOf(events.subList(from, to));
    }

    @Override
    public Map<PartitionId, Long> heads() {
        return reading(() -> {
            Map<PartitionId, Long> heads = new LinkedHashMap<>();
            for (PartitionId partition : shuffle.order(new ArrayList<>(partitions.keySet()))) {
                int size = partitions.getOrDefault(partition, List.of()).size();
                if (size > 0) {
                    heads.put(partition, (long) size);
                }
            }
            return heads;
        });
    }

    @Override
    public List<Member> members() {
        return reading(() -> List.copyOf(members.values()));
    }

    @Override
    public Optional<Outcome.Duplicate> command(UUID commandId) {
        return reading(() -> Optional.ofNullable(commands.get(commandId)).map(Command::did));
    }

    @Override
    public Optional<StreamId> claim(String space, String name) {
        return reading(() -> Optional.ofNullable(claims.get(new Name(space, name))));
    }

    @Override
    public Optional<Snapshot> snapshot(StreamId stream) {
        return reading(() -> Optional.ofNullable(snapshots.get(stream)));
    }

    @Override
    public Map<PartitionId, Long> cursors(String process) {
        return reading(() -> Map.copyOf(cursors.getOrDefault(process, Map.of())));
    }

    @Override
    public Optional<byte[]> processState(String process, String key) {
        return reading(() -> Optional.ofNullable(states.get(new ProcessKey(process, key))));
    }

    @Override
    public List<Write.ParkedKey> parkedKeys(String process, PartitionId partition) {
        return reading(() -> parked.getOrDefault(new ProcessPartition(process, partition), Map.of()).values().stream()
                .sorted(Comparator.comparingLong(Write.ParkedKey::position))
                .toList());
    }

    @Override
    public List<StoredTask> tasks(StoredTask.State state, int limit) {
        return reading(() -> tasks.in(state, limit));
    }

    @Override
    public Optional<StoredTask> task(UUID id) {
        return reading(() -> tasks.find(id));
    }

    @Override
    public Map<String, Map<StoredTask.State, Long>> taskCounts() {
        return reading(tasks::counts);
    }

    @Override
    public Optional<Instant> nextTaskAt(Set<String> kinds) {
        return reading(() -> tasks.nextAt(kinds));
    }

    @Override
    public void export(Consumer<Kept> listener) {
        List<Kept> all = reading(() -> {
            List<Kept> kept = new ArrayList<>();
            partitions.values().forEach(events -> events.forEach(event -> kept.add(new Kept.Event(event))));
            commands.forEach((id, c) -> kept.add(new Kept.Command(
                    id, c.did().stream(), c.did().position(), c.did().version(), c.at())));
            claims.forEach((name, holder) -> kept.add(new Kept.Claimed(name.space(), name.name(), holder)));
            cursors.forEach((process, of) ->
                    of.forEach((partition, position) -> kept.add(new Kept.Cursor(process, partition, position))));
            states.forEach((key, state) -> kept.add(new Kept.State(key.process(), key.key(), state)));
            parked.forEach((of, keys) ->
                    keys.values().forEach(key -> kept.add(new Kept.Parked(of.process(), of.partition(), key))));
            tasks.all().forEach(task -> kept.add(new Kept.Task(task)));
            return kept;
        });
        all.forEach(listener);
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Decides what a shuffled partition shows; does nothing until started. */
    private static final class Shuffle {
        private Optional<Random> random = Optional.empty();
        private final Map<PartitionId, Integer> hidden = new HashMap<>();

        synchronized void start(long seed) {
            random = Optional.of(new Random(seed));
        }

        synchronized int shown(PartitionId partition, long after, int size) {
            if (random.isEmpty() || after >= size) {
                return size;
            }
            int before = hidden.getOrDefault(partition, 0);
            if (before == MAX_HIDDEN_READS || random.get().nextBoolean()) {
                hidden.remove(partition);
                return size;
            }
            hidden.put(partition, before + 1);
            int from = (int) Math.max(after, 0);
            return from + random.get().nextInt(size - from);
        }

        synchronized List<PartitionId> order(List<PartitionId> partitions) {
            random.ifPresent(r -> java.util.Collections.shuffle(partitions, r));
            return partitions;
        }
    }
}
