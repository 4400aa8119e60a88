package leat.engine.distributed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.TaskRequest;
import leat.kernel.port.Kept;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Members;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Sql;

/**
 * Applies a group of writes within the transaction that its caller begins and ends, in few statements however large it is:
 * locks and reads all that it needs, decides each write in memory, and writes what came of them.
 *
 * <p>The first statement locks the rows of the group's partitions and so reads their epochs: whoever is fenced out learns
 * it here, and nobody else appends to these partitions until the transaction ends.
 */
final class Group {
    private final Sql sql;
    private final Expiry expiry;
    private final Partitions partitions = new Partitions();
    private final Streams streams = new Streams();
    private final Claims claims = new Claims();
    private final Map<UUID, Known> commands = new HashMap<>();
    private final Map<Remembered.Cursor, Long> cursors = new HashMap<>();
    private final Set<Remembered.Cursor> moved = new HashSet<>();
    private final Map<StreamId, PartitionId> places = new HashMap<>();
    private final List<TaskRequest> asked = new ArrayList<>();
    private final NewRows rows = new NewRows();

    private record Known(Outcome.Duplicate did, Instant at) {}

    private Group(Sql sql, Expiry expiry) {
        this.sql = sql;
        this.expiry = expiry;
    }

    static Group of(Sql sql, Expiry expiry) {
        return new Group(sql, expiry);
    }

    /** @throws Contention when the group must be begun again */
    List<Outcome> apply(List<Write> writes) {
        read(writes);
        List<Outcome> outcomes = new ArrayList<>(writes.size());
        for (Write write : writes) {
            outcomes.add(apply(write));
        }
        write();
        return outcomes;
    }

    /** After the commit: what the next group need not ask for. */
    void remember(Remembered remembered) {
        partitions.all().forEach(partition -> remembered.put(partition.name, partition.stand()));
        partitions.found().forEach(remembered::name);
        for (Streams.Stream stream : streams.all()) {
            PartitionId place = places.get(stream.name);
            if (place != null) {
                remembered.put(place, stream);
            }
        }
        cursors.forEach(remembered::put);
    }

    private void read(List<Write> writes) {
        SortedSet<PartitionId> locked = new TreeSet<>();
        Set<StreamId> named = new HashSet<>();
        List<UUID> ids = new ArrayList<>();
        List<Claim> names = new ArrayList<>();
        Set<PartitionId> found = new HashSet<>();
        Set<Remembered.Cursor> read = new HashSet<>();
        List<TaskRequest> added = new ArrayList<>();
        List<UUID> touched = new ArrayList<>();
        for (Write write : writes) {
            switch (write) {
                case Write.Append append -> {
                    locked.add(append.partition());
                    named.add(append.stream());
                    places.put(append.stream(), append.partition());
                    ids.add(append.commandId());
                    names.addAll(append.claims());
                    added.addAll(append.tasks());
                }
                case Write.Advance advance -> {
                    locked.add(advance.fence());
                    found.add(advance.partition());
                    read.add(new Remembered.Cursor(advance.process(), advance.partition()));
                    added.addAll(advance.tasks());
                }
                case Write.AcquireLease acquire -> locked.add(acquire.partition());
                case Write.ReleaseLease release -> locked.add(release.partition());
                case Write.Schedule schedule -> added.addAll(schedule.tasks());
                case Write.TaskDone result -> {
                    touched.add(result.id());
                    added.addAll(result.next());
                }
                case Write.TaskResult result -> touched.add(result.id());
                case Write.ResumeTask resume -> touched.add(resume.id());
                case Write.DropTask drop -> touched.add(drop.id());
                case Write.Restore(Kept.Command command) -> {
                    named.add(command.stream());
                    ids.add(command.id());
                }
                case Write.Restore(Kept.Cursor cursor) -> locked.add(cursor.partition());
                case Write.Restore(Kept.Parked parked) -> locked.add(parked.partition());
                case Write.Restore _, Write.ClaimTasks _, Write.ReclaimTasks _, Write.SaveSnapshot _ -> {}
                case Write.Join _, Write.Leave _, Write.ExpireCommands _ -> {}
            }
        }
        Tasks.lock(sql, added, touched);
        do {
            RoundTrip reading = new RoundTrip(sql);
            partitions.lock(sql, reading, locked);
            partitions.find(sql, reading, found);
            streams.read(sql, reading, named);
            claims.read(sql, reading, names);
            readCommands(reading, ids);
            readCursors(reading, read);
            reading.run();
        } while (partitions.make(sql, locked, found));
    }

    private void readCommands(RoundTrip reading, List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        reading.query(
                "select c.id, s.name, c.position, c.version, c.at from command c join stream s on s.id = c.stream"
                        + " where c.id = any (?)",
                row -> Map.entry(
                        row.uuid(1),
                        new Known(
                                new Outcome.Duplicate(StreamId.parse(row.text(2)), row.number(3), row.number(4)),
                                row.time(5))),
                known -> commands.put(known.getKey(), known.getValue()),
                Columns.bytes(sql, ids.stream().map(Uuids::bytes).toList()));
    }

    private void readCursors(RoundTrip reading, Set<Remembered.Cursor> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        reading.query(
                "select c.process, p.module, p.number, c.position from process_cursor c"
                        + " join partition p on p.id = c.partition join unnest(?, ?, ?) as w (process, module, number)"
                        + " on c.process = w.process and p.module = w.module and p.number = w.number",
                row -> Map.entry(
                        new Remembered.Cursor(row.text(1), new PartitionId(row.text(2), row.integer(3))),
                        row.number(4)),
                cursor -> cursors.put(cursor.getKey(), cursor.getValue()),
                Columns.texts(
                        sql, wanted.stream().map(Remembered.Cursor::process).toList()),
                Columns.texts(
                        sql,
                        wanted.stream()
                                .map(cursor -> cursor.partition().module())
                                .toList()),
                Columns.integers(
                        sql,
                        wanted.stream()
                                .map(cursor -> cursor.partition().number())
                                .toList()));
    }

    private Outcome apply(Write write) {
        return switch (write) {
            case Write.Append append -> append(append);
            case Write.Advance advance -> advance(advance);
            case Write.Schedule schedule -> {
                asked.addAll(schedule.tasks());
                yield new Outcome.Done();
            }
            case Write.ClaimTasks claim -> {
                schedule();
                yield new Outcome.Claimed(Tasks.lease(sql, claim));
            }
            case Write.ReclaimTasks reclaim -> {
                Tasks.reclaim(sql, reclaim);
                yield new Outcome.Done();
            }
            case Write.TaskResult result -> {
                schedule();
                yield Tasks.result(sql, result);
            }
            case Write.ResumeTask resume -> {
                schedule();
                yield Tasks.resume(sql, resume);
            }
            case Write.DropTask drop -> {
                schedule();
                yield Tasks.drop(sql, drop.id());
            }
            case Write.SaveSnapshot snapshot -> {
                rows.snapshot(snapshot);
                yield new Outcome.Done();
            }
            case Write.AcquireLease acquire -> acquire(acquire);
            case Write.ReleaseLease release -> release(release);
            case Write.Join join -> {
                // Two nodes that join at once would else find the same number free.
                sql.script(List.of("lock table member in share row exclusive mode"));
                yield Members.join(sql, join);
            }
            case Write.Leave leave -> Members.leave(sql, leave);
            case Write.ExpireCommands expire -> expire(expire.before());
            case Write.Restore restore -> restore(restore.kept());
        };
    }

    private Outcome append(Write.Append append) {
        Partitions.Partition partition = partitions.get(append.partition());
        if (!partition.takes(append.epoch())) {
            return partition.fenced(append.epoch());
        }
        Known known = commands.get(append.commandId());
        if (known != null) {
            return known.did();
        }
        Streams.Stream stream = streams.get(append.stream());
        if (stream.version != append.expectedVersion()) {
            return new Outcome.VersionConflict(stream.version);
        }
        for (Claim claim : append.claims()) {
            Optional<StreamId> holder = claim.take() ? claims.other(claim, append.stream()) : Optional.empty();
            if (holder.isPresent()) {
                return new Outcome.ClaimTaken(claim.space(), claim.name(), holder.get());
            }
        }
        for (Write.NewEvent event : append.events()) {
            rows.event(stream, partition.id, partition.next(), append, event);
        }
        append.claims().forEach(claim -> claims.settle(claim, append.stream()));
        asked.addAll(append.tasks());
        Outcome.Duplicate did = new Outcome.Duplicate(append.stream(), partition.head, stream.version);
        commands.put(append.commandId(), new Known(did, append.at()));
        rows.command(append.commandId(), stream, did.position(), did.version(), append.at());
        return new Outcome.Appended(did.position(), did.version());
    }

    private Outcome advance(Write.Advance advance) {
        Partitions.Partition fence = partitions.get(advance.fence());
        if (!fence.takes(advance.epoch())) {
            return fence.fenced(advance.epoch());
        }
        int partition = partitions.id(advance.partition());
        String process = advance.process();
        Remembered.Cursor cursor = new Remembered.Cursor(process, advance.partition());
        long stands = cursors.getOrDefault(cursor, 0L);
        if (stands != advance.from()) {
            return new Outcome.VersionConflict(stands);
        }
        cursors.put(cursor, advance.to());
        moved.add(cursor);
        for (Write.ProcessState state : advance.states()) {
            if (state.state().isPresent()) {
                sql.execute(
                        "insert into process_state (process, key, state) values (?, ?, ?)"
                                + " on conflict (process, key) do update set state = excluded.state",
                        process,
                        state.key(),
                        state.state().get());
            } else {
                sql.execute("delete from process_state where process = ? and key = ?", process, state.key());
            }
        }
        for (String key : advance.unparked()) {
            sql.execute(
                    "delete from process_parked where process = ? and partition = ? and key = ?",
                    process,
                    partition,
                    key);
        }
        for (Write.ParkedKey parked : advance.parked()) {
            park(
                    process,
                    partition,
                    parked,
                    "do update set position = excluded.position, error = excluded.error," + " at = excluded.at");
        }
        asked.addAll(advance.tasks());
        return new Outcome.Done();
    }

    private void park(String process, int partition, Write.ParkedKey parked, String otherwise) {
        sql.execute(
                "insert into process_parked (process, partition, key, position, error, at) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (process, partition, key) " + otherwise,
                process,
                partition,
                parked.key(),
                parked.position(),
                parked.error().replace('\0', '\uFFFD'),
                parked.at());
    }

    private Outcome acquire(Write.AcquireLease acquire) {
        Partitions.Partition partition = partitions.get(acquire.partition());
        Optional<String> owner = Optional.of(acquire.owner());
        Instant now = acquire.now().truncatedTo(ChronoUnit.MILLIS);
        boolean mine = partition.owner.equals(owner);
        if (!mine && partition.owner.isPresent() && partition.until.isAfter(now)) {
            return new Outcome.Fenced(
                    partition.name + " is held by " + partition.owner.get() + " until " + partition.until);
        }
        Instant until = acquire.now().plus(acquire.length()).truncatedTo(ChronoUnit.MILLIS);
        partition.lease(owner, mine ? partition.epoch : partition.epoch + 1, until);
        return new Outcome.Leased(new Lease(partition.name, acquire.owner(), partition.epoch, until));
    }

    private Outcome release(Write.ReleaseLease release) {
        Partitions.Partition partition = partitions.get(release.partition());
        if (partition.epoch == release.epoch() && partition.owner.equals(Optional.of(release.owner()))) {
            partition.lease(Optional.empty(), partition.epoch, partition.until);
        }
        return new Outcome.Done();
    }

    /** Those that this very group sends go at once, as if they had been forgotten before; the others as the walk goes on. */
    private Outcome expire(Instant before) {
        expiry.begin(sql, before);
        List<byte[]> here = commands.entrySet().stream()
                .filter(known -> known.getValue().at().isBefore(before))
                .map(known -> Uuids.bytes(known.getKey()))
                .toList();
        sql.execute("delete from command where id = any (?)", Columns.bytes(sql, here));
        rows.expire(before);
        commands.values().removeIf(known -> known.at().isBefore(before));
        return new Outcome.Done();
    }

    private Outcome restore(Kept.Aside kept) {
        if (sql.number("select count(*) from partition where epoch > 0") > 0) {
            return new Outcome.Fenced("the journal is in use: its partitions have been leased");
        }
        switch (kept) {
            case Kept.Command command -> {
                if (!commands.containsKey(command.id())) {
                    commands.put(
                            command.id(),
                            new Known(
                                    new Outcome.Duplicate(command.stream(), command.position(), command.version()),
                                    command.at()));
                    rows.command(
                            command.id(),
                            streams.get(command.stream()),
                            command.position(),
                            command.version(),
                            command.at());
                }
            }
            case Kept.Claimed claim ->
                sql.execute(
                        "insert into claim (space, name, holder) values (?, ?, ?) on conflict do nothing",
                        claim.space(),
                        claim.name(),
                        claim.holder().toString());
            case Kept.Cursor cursor ->
                sql.execute(
                        "insert into process_cursor (process, partition, position) values (?, ?, ?)"
                                + " on conflict do nothing",
                        cursor.process(),
                        partitions.get(cursor.partition()).id,
                        cursor.position());
            case Kept.State state ->
                sql.execute(
                        "insert into process_state (process, key, state) values (?, ?, ?) on conflict do nothing",
                        state.process(),
                        state.key(),
                        state.state());
            case Kept.Parked parked ->
                park(parked.process(), partitions.id(parked.partition()), parked.key(), "do nothing");
            case Kept.Task task -> {
                schedule();
                Tasks.restore(sql, task.task());
            }
        }
        return new Outcome.Done();
    }

    private void schedule() {
        Tasks.schedule(sql, asked);
        asked.clear();
    }

    private void write() {
        streams.number(sql, rows.named());
        RoundTrip writing = new RoundTrip(sql);
        expiry.walk(writing);
        rows.write(sql, writing);
        writeCursors(writing);
        partitions.write(sql, writing);
        writing.run();
        claims.write(sql);
        schedule();
    }

    private void writeCursors(RoundTrip writing) {
        if (moved.isEmpty()) {
            return;
        }
        List<Remembered.Cursor> all = List.copyOf(moved);
        writing.execute(
                "insert into process_cursor (process, partition, position) select * from unnest(?, ?, ?)"
                        + " on conflict (process, partition) do update set position = excluded.position",
                touched -> {},
                Columns.texts(sql, all.stream().map(Remembered.Cursor::process).toList()),
                Columns.integers(
                        sql,
                        all.stream()
                                .map(cursor -> partitions.id(cursor.partition()))
                                .toList()),
                Columns.numbers(
                        sql,
                        all.stream()
                                .map(cursor -> cursors.getOrDefault(cursor, 0L))
                                .toList()));
    }
}
