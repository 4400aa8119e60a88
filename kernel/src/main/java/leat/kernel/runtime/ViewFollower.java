package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import leat.kernel.Announcements;
import leat.kernel.Position;
import leat.kernel.Reader;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.port.Journal;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.ViewStore;
import leat.kernel.sql.Sql;

/**
 * Keeps one view: folds events into its tables and moves its cursor in the same transaction.
 *
 * <p>A round is folded without savepoints, for folds do not fail. When one does, the round is undone and done again event
 * by event, and the entity whose fold fails is parked at that event: its later events wait, all other entities go on. A
 * parked entity is tried again by itself a few times, and then by a person, who may also skip the event.
 *
 * <p>Rebuilding folds the whole journal into tables beside the live ones and then swaps; readers see the old ones until
 * then.
 */
final class ViewFollower extends Follower implements Reader {
    private static final List<String> OWN_TABLES = List.of(
            "create table leat_cursor (part text primary key, position bigint not null)",
            "create table leat_parked (stream text primary key, part text not null, position bigint not null,"
                    + " version bigint not null, error text not null, at bigint not null, attempts integer not null)");

    /** Tries after which a parked entity waits for a person. */
    static final int SELF_HEALING_ATTEMPTS = 3;

    /** In the place of a partition's name: how many people had been forgotten when these tables were built. */
    private static final String FORGOTTEN = "forgotten";

    private static final int READ_BATCH = 1_000;
    private static final Duration LOOKING_AGAIN = Duration.ofMillis(10);

    private final View view;
    private final ViewStore store;
    private final EventTypes types;
    private final Journal journal;
    private final Announcements announcements;
    private final Clock clock;
    private final Map<Class<?>, View.Fold<?>> folds;
    private final Set<String> parked = new HashSet<>();
    private final ReadWriteLock swapping = new ReentrantReadWriteLock();
    private volatile ViewStore.Database database;
    private volatile Optional<Rebuild> rebuild = Optional.empty();
    private volatile Instant movedAt = Instant.EPOCH;
    private final Leases leases;
    private final boolean shared;
    private final LongSupplier forgotten;
    /** Whether it follows events that tell of people. */
    private final boolean personal;

    private final ReentrantLock rebuilding = new ReentrantLock();
    private final AtomicBoolean forgetting = new AtomicBoolean();
    /** How many people had been forgotten when it was last seen that these tables know nothing of them. */
    private volatile long forgottenHere = -1;

    ViewFollower(
            View view,
            List<PartitionId> partitions,
            Tails tails,
            Faults faults,
            NodeSettings settings,
            ViewStore store,
            EventTypes types,
            Journal journal,
            Announcements announcements,
            Leases leases,
            boolean shared,
            LongSupplier forgotten) {
        Set<String> names = types.names(view.folds().keySet(), "the view " + view.name());
        super(view.name(), names, partitions, tails, faults, settings.bounds().batch());
        this.view = view;
        this.store = store;
        this.types = types;
        this.journal = journal;
        this.announcements = announcements;
        this.clock = settings.clock();
        this.folds = view.folds();
        this.leases = leases;
        this.shared = shared;
        this.forgotten = forgotten;
        this.personal = types.personal(names);
        this.database = store.open(view.name(), tag(), schema());
        if (!shared) {
            store.retire(view.name(), tag());
        }
    }

    /** What a node must own to fold events into this view, when others could: one node does at a time, for each tag. */
    static String role(View view) {
        return "view:" + view.name() + "@v" + view.version();
    }

    @Override
    long tenure(PartitionId partition) {
        return shared ? leases.epoch(new PartitionId(role(view), 0)) : 0;
    }

    /** Nodes that do not fold look at the stored cursors while somebody waits. */
    @Override
    long lateNanos() {
        return (shared ? LOOKING_AGAIN.multipliedBy(2) : Duration.ofSeconds(1)).toNanos();
    }

    /** While another node folds, its cursors tell what can be read. */
    @Override
    Map<PartitionId, Long> positions() {
        return storedCursors(database);
    }

    /** Drops the tables of other releases, unless a node still works with them. */
    void retire(Set<String> rolesOfOthers) {
        String ours = role(view);
        String any = ours.substring(0, ours.lastIndexOf('@') + 1);
        if (following() && rolesOfOthers.stream().noneMatch(role -> role.startsWith(any) && !role.equals(ours))) {
            store.retire(view.name(), tag());
        }
    }

    /** Whether this node is the one that folds. */
    boolean following() {
        return cursors().isEmpty() || tenure(cursors().keySet().iterator().next()) != Leases.NOT_OURS;
    }

    /** How far a rebuild has come. */
    record Rebuild(long done, long total) {}

    /** An entity whose event could not be folded. */
    record Parked(StreamId stream, PartitionId partition, long position, String error, Instant at, int attempts) {}

    private String tag() {
        return "v" + view.version();
    }

    private List<String> schema() {
        List<String> all = new ArrayList<>(OWN_TABLES);
        all.addAll(view.tables(store.dialect()));
        return all;
    }

    @Override
    Map<PartitionId, Long> stored() {
        parked.clear();
        parked.addAll(database.read(sql -> sql.query("select stream from leat_parked", row -> row.text(1))));
        Map<PartitionId, Long> positions = storedCursors(database);
        if (positions.isEmpty() && personal) {
            database.write(sql -> mark(sql, forgotten.getAsLong()));
        }
        Map<PartitionId, Long> heads = journal.heads();
        for (var entry : positions.entrySet()) {
            if (entry.getValue() > heads.getOrDefault(entry.getKey(), 0L)) {
                // The journal is older than the view, as after restoring a backup: what the view shows never happened.
                swap(store.beside(view.name(), tag(), schema()));
                parked.clear();
                return Map.of();
            }
        }
        return positions;
    }

    private static Map<PartitionId, Long> storedCursors(ViewStore.Database database) {
        Map<PartitionId, Long> positions = new HashMap<>();
        database.read(sql -> sql.query(
                "select part, position from leat_cursor where part <> ?",
                row -> positions.put(PartitionId.parse(row.text(1)), row.number(2)),
                FORGOTTEN));
        return positions;
    }

    @Override
    void take(List<Batch> round) {
        try {
            database.write(sql -> {
                moveCursors(sql, round);
                round.forEach(batch -> batch.events().stream()
                        .filter(event -> concerns(event.stored()))
                        .forEach(event -> fold(sql, event)));
            });
            reached(round);
        } catch (Superseded another) {
            throw another;
        } catch (RuntimeException fault) {
            round.forEach(this::takeOneByOne);
        }
        movedAt = clock.instant();
        round.forEach(batch -> announce(batch.events()));
    }

    private boolean concerns(StoredEvent event) {
        return follows(event)
                && (parked.isEmpty() || !parked.contains(event.stream().toString()));
    }

    @SuppressWarnings("unchecked")
    private void fold(Sql sql, Happening happening) {
        Recorded<Object> recorded = happening.decoded(types);
        View.Fold<Object> fold = (View.Fold<Object>) folds.get(recorded.event().getClass());
        if (fold != null) {
            fold.apply(sql, recorded);
        }
    }

    /**
     * First in each transaction, so that of two nodes that both believe they follow, the second waits here and then learns
     * that it is late, before it has touched anything.
     */
    private void moveCursors(Sql sql, List<Batch> round) {
        for (Batch batch : round) {
            if (batch.from() == 0) {
                sql.execute(
                        "insert into leat_cursor (part, position) values (?, 0) on conflict (part) do nothing",
                        batch.partition().toString());
            }
        }
        List<Object> values = new ArrayList<>();
        round.forEach(batch -> Collections.addAll(values, batch.partition().toString(), batch.to()));
        round.forEach(batch -> Collections.addAll(values, batch.partition().toString(), batch.from()));
        int moved = sql.change(
                "update leat_cursor set position = case part" + " when ? then ?".repeat(round.size())
                        + " end where (part, position) in (values (?, ?)" + ", (?, ?)".repeat(round.size() - 1) + ")",
                values.toArray());
        if (moved != round.size()) {
            throw new Superseded(view.name() + " is not at "
                    + round.stream()
                            .map(batch -> batch.from() + " in " + batch.partition())
                            .collect(Collectors.joining(", "))
                    + " any more");
        }
    }

    private void moveCursor(Sql sql, PartitionId partition, long from, long to) {
        moveCursors(sql, List.of(new Batch(partition, List.of(), from, to)));
    }

    private void takeOneByOne(Batch batch) {
        PartitionId partition = batch.partition();
        long at = batch.from();
        for (Happening event : batch.events()) {
            StoredEvent stored = event.stored();
            if (concerns(stored)) {
                long reached = at;
                try {
                    database.write(sql -> {
                        moveCursor(sql, partition, reached, stored.position());
                        fold(sql, event);
                    });
                } catch (Superseded another) {
                    throw another;
                } catch (RuntimeException fault) {
                    park(partition, reached, stored, fault);
                }
                at = stored.position();
            }
        }
        long reached = at;
        database.write(sql -> moveCursor(sql, partition, reached, batch.to()));
        reached(List.of(batch));
    }

    /** @param from where the cursor stands; it moves to the event, unless it is past it already */
    private void park(PartitionId partition, long from, StoredEvent stored, RuntimeException fault) {
        database.write(sql -> {
            moveCursor(sql, partition, from, Math.max(from, stored.position()));
            sql.execute(
                    "insert into leat_parked (stream, part, position, version, error, at, attempts)"
                            + " values (?, ?, ?, ?, ?, ?, 1) on conflict (stream) do update set"
                            + " position = excluded.position, version = excluded.version, error = excluded.error,"
                            + " at = excluded.at, attempts = leat_parked.attempts + 1",
                    stored.stream().toString(),
                    partition.toString(),
                    stored.position(),
                    stored.version(),
                    Faults.describe(fault),
                    clock.instant());
        });
        parked.add(stored.stream().toString());
        faults().report(
                        "view " + view.name() + " at " + stored.stream() + " version " + stored.version(),
                        fault,
                        stored.correlationId());
    }

    private void announce(List<Happening> events) {
        Set<Announced> announced = new LinkedHashSet<>();
        for (Happening event : events) {
            if (follows(event.stored())) {
                Recorded<Object> recorded = event.decoded(types);
                for (Function<Recorded<?>, String> topic :
                        view.topics(recorded.event().getClass())) {
                    announced.add(new Announced(topic.apply(recorded), recorded.id(), recorded.version()));
                }
            }
        }
        announced.forEach(
                one -> announcements.announce(one.topic(), new View.Change(view.name(), one.id(), one.version())));
    }

    private record Announced(String topic, String id, long version) {}

    /** Folds a parked entity's events again from where it stopped, or from the next one. */
    void resume(String stream, boolean skip) {
        onThread(() -> retry(stream, skip));
    }

    /** Tries again what may have healed by itself. */
    void heal() {
        if (following() && parkedKeys().stream().anyMatch(key -> key.attempts() < SELF_HEALING_ATTEMPTS)) {
            onThread(() -> parkedKeys().stream()
                    .filter(key -> key.attempts() < SELF_HEALING_ATTEMPTS)
                    .forEach(key -> retry(key.stream().toString(), false)));
        }
    }

    private void retry(String stream, boolean skip) {
        keep();
        var at = database.read(sql -> sql.first(
                "select part, version from leat_parked where stream = ?",
                row -> Map.entry(PartitionId.parse(row.text(1)), row.number(2)),
                stream));
        if (at.isEmpty()) {
            return;
        }
        PartitionId partition = at.get().getKey();
        long version = at.get().getValue() - (skip ? 0 : 1);
        long upTo = cursors().getOrDefault(partition, 0L);
        while (true) {
            List<StoredEvent> events = journal.stream(StreamId.parse(stream), version, READ_BATCH).stream()
                    .filter(event -> event.position() <= upTo)
                    .toList();
            for (StoredEvent stored : events) {
                if (follows(stored)) {
                    Happening event = new Happening(stored, null);
                    try {
                        database.write(sql -> fold(sql, event));
                    } catch (RuntimeException fault) {
                        park(partition, upTo, stored, fault);
                        return;
                    }
                    announce(List.of(event));
                }
                version = stored.version();
                long reached = version + 1;
                database.write(
                        sql -> sql.execute("update leat_parked set version = ? where stream = ?", reached, stream));
            }
            if (events.size() < READ_BATCH) {
                database.write(sql -> sql.execute("delete from leat_parked where stream = ?", stream));
                parked.remove(stream);
                return;
            }
        }
    }

    List<Parked> parkedKeys() {
        return read(sql -> sql.query(
                "select stream, part, position, error, at, attempts from leat_parked order by at",
                row -> new Parked(
                        StreamId.parse(row.text(1)),
                        PartitionId.parse(row.text(2)),
                        row.number(3),
                        row.text(4),
                        row.time(5),
                        row.integer(6))));
    }

    /** Builds the view anew beside the live one and swaps; blocks until done. */
    void rebuild() {
        rebuilding.lock();
        try {
            rebuildAlone();
        } finally {
            rebuilding.unlock();
        }
    }

    private void rebuildAlone() {
        var progress = new Progress(
                cursors().keySet().stream().mapToLong(tails()::head).sum());
        try {
            ViewStore.Database fresh = besideMarked();
            Map<PartitionId, Long> positions = new HashMap<>();
            cursors().keySet().forEach(partition -> positions.put(partition, 0L));
            refill(fresh, positions, progress);
            onThread(() -> {
                // What happened meanwhile; from here on nothing else is folded until the tables have changed places.
                positions.replaceAll((partition, position) -> refillRest(fresh, partition, position, progress));
                swap(fresh);
                parked.clear();
                reset(positions);
            });
        } finally {
            rebuild = Optional.empty();
        }
    }

    private ViewStore.Database besideMarked() {
        // Asked before anything is read: who is forgotten later may be told of in these tables.
        long before = forgotten.getAsLong();
        ViewStore.Database fresh = store.beside(view.name(), tag(), schema());
        fresh.write(sql -> mark(sql, before));
        return fresh;
    }

    private static void mark(Sql sql, long people) {
        sql.execute(
                "insert into leat_cursor (part, position) values (?, ?)"
                        + " on conflict (part) do update set position = excluded.position",
                FORGOTTEN,
                people);
    }

    /** Builds the view anew in the background, unless that was done since so many people had been forgotten. */
    void forget(long people) {
        if (!personal || people == forgottenHere || !following()) {
            return;
        }
        if (people <= marked()) {
            forgottenHere = people;
            return;
        }
        if (!forgetting.compareAndSet(false, true)) {
            return;
        }
        Thread.ofPlatform().name("leat-forget-" + name()).daemon().start(() -> {
            try {
                rebuild();
            } catch (RuntimeException fault) {
                faults().report("building " + name() + " anew", fault, "");
                beginAnew();
            } finally {
                forgetting.set(false);
            }
        });
    }

    private long marked() {
        return read(sql -> sql.number("select position from leat_cursor where part = ?", FORGOTTEN));
    }

    /** Shows nothing rather than what is to be forgotten, and folds everything again in the usual way. */
    private void beginAnew() {
        try {
            onThread(() -> {
                swap(besideMarked());
                parked.clear();
                reset(Map.of());
            });
        } catch (RuntimeException fault) {
            // Tried again at the next look.
            faults().report("emptying " + name(), fault, "");
        }
    }

    private final class Progress {
        private final long total;
        private long done;

        Progress(long total) {
            this.total = total;
            rebuild = Optional.of(new Rebuild(0, total));
        }

        void add(int events) {
            done += events;
            rebuild = Optional.of(new Rebuild(done, total));
        }
    }

    private void refill(ViewStore.Database fresh, Map<PartitionId, Long> positions, Progress progress) {
        try (var ahead = new ReadAhead(view.name(), positions.keySet(), journal, types, this::follows)) {
            while (true) {
                Optional<ReadAhead.Batch> next = ahead.next();
                if (next.isEmpty()) {
                    return;
                }
                ReadAhead.Batch batch = next.get();
                refill(fresh, batch.partition(), batch.events(), batch.to());
                positions.put(batch.partition(), batch.to());
                progress.add(batch.read());
            }
        }
    }

    private long refillRest(ViewStore.Database fresh, PartitionId partition, long from, Progress progress) {
        long position = from;
        while (true) {
            List<StoredEvent> stored = journal.partition(partition, position, READ_BATCH);
            if (stored.isEmpty()) {
                return position;
            }
            position = stored.getLast().position();
            refill(
                    fresh,
                    partition,
                    stored.stream()
                            .filter(this::follows)
                            .map(event -> new Happening(event, null))
                            .toList(),
                    position);
            progress.add(stored.size());
        }
    }

    private void refill(ViewStore.Database fresh, PartitionId partition, List<Happening> events, long to) {
        fresh.write(sql -> {
            events.forEach(event -> fold(sql, event));
            sql.execute(
                    "insert into leat_cursor (part, position) values (?, ?)"
                            + " on conflict (part) do update set position = excluded.position",
                    partition.toString(),
                    to);
        });
    }

    Optional<Rebuild> rebuilding() {
        return rebuild;
    }

    Instant movedAt() {
        return movedAt;
    }

    @Override
    public <T> T read(Function<Sql, T> query) {
        swapping.readLock().lock();
        try {
            return database.read(query);
        } finally {
            swapping.readLock().unlock();
        }
    }

    /** Waits until nobody reads the old tables any more. */
    private void swap(ViewStore.Database fresh) {
        swapping.writeLock().lock();
        try {
            database = store.swap(database, fresh);
        } finally {
            swapping.writeLock().unlock();
        }
    }

    @Override
    public boolean await(Position position, Duration patience) {
        return await(PartitionId.parse(position.partition()), position.number(), patience);
    }

    @Override
    boolean await(PartitionId partition, long position, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!following()) {
            // Another node folds; its cursor is looked at rather than waited for.
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (super.await(partition, position, left.compareTo(LOOKING_AGAIN) < 0 ? left : LOOKING_AGAIN)) {
                return true;
            }
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            watch();
        }
        return super.await(partition, position, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    @Override
    public void close() {
        super.close();
        database.close();
    }
}
