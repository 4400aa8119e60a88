package leat.engine.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.port.Kept;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.Write;
import leat.kernel.sql.Members;
import leat.kernel.sql.Sql;

/** Applies the writes of a group, one after the other, within the transaction that its caller begins and ends. */
final class Transaction {
    /** Late events that are sorted together; more cost fewer pages an event, but hold the one commit up that sorts. */
    static final int SORT_EVENTS = 1_536;
    /** Bytes of late events, as they are packed, that are kept in memory and sorted together. */
    static final int SORT_BYTES = 1 << 20;

    private final Sql sql;
    private final Late late;
    private final Partitions partitions;
    private final Streams streams;
    private final Words words = new Words();
    private final Commands commands = new Commands();

    /** The group's own events that are not sorted. */
    private final List<Late.Event> fresh = new ArrayList<>();

    private long freshBytes;
    private final Map<UUID, Outcome.Duplicate> freshCommands = new HashMap<>();
    private final Map<PartitionId, Partitions.Head> moved = new HashMap<>();
    private boolean sorted;

    Transaction(Sql sql, Late late) {
        this.sql = sql;
        this.late = late;
        this.partitions = new Partitions(late);
        this.streams = new Streams(late);
    }

    /** Drops what was learnt within a transaction that was undone. */
    void forget() {
        partitions.forget();
        streams.forget();
        words.forget();
        commands.forget();
        end();
    }

    /** Shows the group to readers, once it is durable. */
    void committed() {
        late.committed(sorted, fresh, moved);
        streams.trim();
        end();
    }

    private void end() {
        fresh.clear();
        freshBytes = 0;
        freshCommands.clear();
        moved.clear();
        sorted = false;
    }

    List<Outcome> apply(List<Write> group) {
        partitions.verify(sql);
        commands.expect(sql, group);
        List<Outcome> outcomes = new ArrayList<>(group.size());
        for (Write write : group) {
            outcomes.add(apply(write));
        }
        if (late.count() + fresh.size() >= SORT_EVENTS || late.bytes() + freshBytes >= SORT_BYTES) {
            sort();
            commands.walk(sql);
        } else {
            keepFresh();
        }
        return outcomes;
    }

    /** Writes the group's events in the order of the group: a few pages, wherever the events belong. */
    private void keepFresh() {
        List<byte[]> row = new ArrayList<>(fresh.size());
        for (Late.Event event : fresh) {
            row.add(event.packed());
        }
        if (!row.isEmpty()) {
            sql.execute("insert into late (events) values (?)", Packing.join(row));
        }
    }

    /** Moves all late events, and the group's own, to where they belong. */
    private void sort() {
        List<Late.Event> all = new ArrayList<>(sorted ? List.of() : late.all());
        all.addAll(fresh);
        Segments.write(sql, streams, all);
        sql.execute("delete from late");
        fresh.clear();
        freshBytes = 0;
        freshCommands.clear();
        sorted = true;
    }

    private Outcome apply(Write write) {
        return switch (write) {
            case Write.Append append -> append(append);
            case Write.Advance advance -> advance(advance);
            case Write.Schedule schedule -> {
                TaskTable.schedule(sql, words, schedule.tasks());
                yield new Outcome.Done();
            }
            case Write.ClaimTasks claim -> new Outcome.Claimed(TaskTable.lease(sql, words, claim));
            case Write.ReclaimTasks reclaim -> {
                TaskTable.reclaim(sql, reclaim);
                yield new Outcome.Done();
            }
            case Write.TaskResult result -> TaskTable.result(sql, words, result);
            case Write.ResumeTask resume -> TaskTable.resume(sql, resume);
            case Write.DropTask drop -> TaskTable.drop(sql, drop.id());
            case Write.SaveSnapshot snapshot -> save(snapshot);
            case Write.AcquireLease acquire -> acquire(acquire);
            case Write.ReleaseLease release -> release(release);
            case Write.Join join -> Members.join(sql, join);
            case Write.Leave leave -> Members.leave(sql, leave);
            case Write.ExpireCommands expire -> {
                sort();
                commands.expire(sql, expire.before());
                yield new Outcome.Done();
            }
            case Write.Restore restore -> restore(restore.kept());
        };
    }

    private Outcome append(Write.Append append) {
        Partitions.Partition partition = partitions.get(sql, append.partition());
        if (!partition.takes(append.epoch())) {
            return fenced(partition, append.epoch());
        }
        Optional<Outcome.Duplicate> known = command(append.commandId());
        if (known.isPresent()) {
            return known.get();
        }
        Streams.Stream stream = streams.get(sql, append.stream());
        if (stream.version != append.expectedVersion()) {
            return new Outcome.VersionConflict(stream.version);
        }
        for (Claim claim : append.claims()) {
            long holder = claim.take() ? holder(claim) : 0;
            if (holder != 0 && holder != stream.id) {
                return new Outcome.ClaimTaken(claim.space(), claim.name(), Streams.name(sql, holder));
            }
        }
        long streamId = streams.intern(sql, stream);
        for (Write.NewEvent event : append.events()) {
            add(append, event, partition, stream);
        }
        Outcome.Duplicate did = new Outcome.Duplicate(append.stream(), partition.head, stream.version);
        if (append.events().isEmpty()) {
            commands.addNow(
                    sql, Commands.row(append.commandId(), streamId, did.position(), did.version(), append.at()));
        } else {
            freshCommands.put(append.commandId(), did);
            moved.put(partition.name, new Partitions.Head(partition.id, partition.head));
        }
        append.claims().forEach(claim -> settle(claim, streamId));
        TaskTable.schedule(sql, words, append.tasks());
        return new Outcome.Appended(did.position(), did.version());
    }

    private void add(Write.Append append, Write.NewEvent event, Partitions.Partition partition, Streams.Stream stream) {
        StoredEvent stored = new StoredEvent(
                partition.name,
                ++partition.head,
                append.stream(),
                ++stream.version,
                event.type(),
                event.schema(),
                event.payload(),
                append.at().truncatedTo(ChronoUnit.MILLIS),
                append.commandId(),
                append.correlationId(),
                append.by());
        byte[] packed = Packing.pack(partition.id, words.intern(sql, event.type()), stored);
        fresh.add(new Late.Event(partition.id, stored, packed));
        freshBytes += packed.length;
    }

    private Optional<Outcome.Duplicate> command(UUID id) {
        Outcome.Duplicate now = freshCommands.get(id);
        if (now != null) {
            return Optional.of(now);
        }
        Optional<Outcome.Duplicate> before = sorted ? Optional.empty() : late.command(id);
        return before.isPresent() ? before : commands.get(sql, id);
    }

    private long holder(Claim claim) {
        return sql.number("select stream from claim where space = ? and name = ?", claim.space(), claim.name());
    }

    private void settle(Claim claim, long stream) {
        if (claim.take()) {
            sql.execute(
                    "insert into claim (space, name, stream) values (?, ?, ?) on conflict do nothing",
                    claim.space(),
                    claim.name(),
                    stream);
        } else {
            sql.execute(
                    "delete from claim where space = ? and name = ? and stream = ?",
                    claim.space(),
                    claim.name(),
                    stream);
        }
    }

    private Outcome advance(Write.Advance advance) {
        Partitions.Partition fence = partitions.get(sql, advance.fence());
        if (!fence.takes(advance.epoch())) {
            return fenced(fence, advance.epoch());
        }
        Partitions.Partition partition = partitions.get(sql, advance.partition());
        String process = advance.process();
        long cursor = sql.number(
                "select position from process_cursor where process = ? and partition = ?", process, partition.id);
        if (cursor != advance.from()) {
            return new Outcome.VersionConflict(cursor);
        }
        sql.execute(
                "insert into process_cursor (process, partition, position) values (?, ?, ?)"
                        + " on conflict do update set position = excluded.position",
                process,
                partition.id,
                advance.to());
        for (Write.ProcessState state : advance.states()) {
            if (state.state().isPresent()) {
                sql.execute(
                        "insert into process_state (process, key, state) values (?, ?, ?)"
                                + " on conflict do update set state = excluded.state",
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
                    partition.id,
                    key);
        }
        for (Write.ParkedKey parked : advance.parked()) {
            sql.execute(
                    "insert or replace into process_parked (process, partition, key, position, error, at)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    process,
                    partition.id,
                    parked.key(),
                    parked.position(),
                    parked.error(),
                    parked.at());
        }
        TaskTable.schedule(sql, words, advance.tasks());
        return new Outcome.Done();
    }

    private Outcome save(Write.SaveSnapshot snapshot) {
        sql.execute(
                "insert into snapshot (stream, version, tag, type, state) values (?, ?, ?, ?, ?) on conflict do update set"
                        + " version = excluded.version, tag = excluded.tag, type = excluded.type, state = excluded.state"
                        + " where excluded.version >= snapshot.version",
                streams.intern(sql, streams.get(sql, snapshot.stream())),
                snapshot.version(),
                snapshot.tag(),
                snapshot.type(),
                snapshot.state());
        return new Outcome.Done();
    }

    private Outcome acquire(Write.AcquireLease acquire) {
        Partitions.Partition partition = partitions.get(sql, acquire.partition());
        Optional<String> owner = Optional.of(acquire.owner());
        Instant now = acquire.now().truncatedTo(ChronoUnit.MILLIS);
        boolean mine = partition.owner.equals(owner);
        if (!mine && partition.owner.isPresent() && partition.until.isAfter(now)) {
            return new Outcome.Fenced(
                    partition.name + " is held by " + partition.owner.get() + " until " + partition.until);
        }
        Instant until = acquire.now().plus(acquire.length()).truncatedTo(ChronoUnit.MILLIS);
        partitions.lease(sql, partition, owner, mine ? partition.epoch : partition.epoch + 1, until);
        return new Outcome.Leased(new Lease(partition.name, acquire.owner(), partition.epoch, until));
    }

    private Outcome release(Write.ReleaseLease release) {
        Partitions.Partition partition = partitions.get(sql, release.partition());
        if (partition.epoch == release.epoch() && partition.owner.equals(Optional.of(release.owner()))) {
            partitions.lease(sql, partition, Optional.empty(), partition.epoch, partition.until);
        }
        return new Outcome.Done();
    }

    private Outcome restore(Kept.Aside kept) {
        if (sql.number("select max(epoch) from partition") > 0) {
            return new Outcome.Fenced("the journal is in use: its partitions have been leased");
        }
        switch (kept) {
            case Kept.Command command -> {
                // Not only among the ids that the group's appends were expected to bring.
                if (command(command.id()).isEmpty()
                        && Commands.find(sql, command.id()).isEmpty()) {
                    long stream = streams.intern(sql, streams.get(sql, command.stream()));
                    commands.addNow(
                            sql,
                            Commands.row(command.id(), stream, command.position(), command.version(), command.at()));
                }
            }
            case Kept.Claimed claim ->
                sql.execute(
                        "insert into claim (space, name, stream) values (?, ?, ?) on conflict do nothing",
                        claim.space(),
                        claim.name(),
                        streams.intern(sql, streams.get(sql, claim.holder())));
            case Kept.Cursor cursor ->
                sql.execute(
                        "insert into process_cursor (process, partition, position) values (?, ?, ?) on conflict do nothing",
                        cursor.process(),
                        partitions.get(sql, cursor.partition()).id,
                        cursor.position());
            case Kept.State state ->
                sql.execute(
                        "insert into process_state (process, key, state) values (?, ?, ?) on conflict do nothing",
                        state.process(),
                        state.key(),
                        state.state());
            case Kept.Parked parked ->
                sql.execute(
                        "insert into process_parked (process, partition, key, position, error, at)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                        parked.process(),
                        partitions.get(sql, parked.partition()).id,
                        parked.key().key(),
                        parked.key().position(),
                        parked.key().error(),
                        parked.key().at());
            case Kept.Task task -> TaskTable.restore(sql, words, task.task());
        }
        return new Outcome.Done();
    }

    private static Outcome fenced(Partitions.Partition partition, long epoch) {
        return new Outcome.Fenced("epoch " + epoch + " of " + partition.name + " is over; the partition is "
                + partition.owner.map(owner -> "held by " + owner).orElse("free") + " at epoch " + partition.epoch);
    }
}
