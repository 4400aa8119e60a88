package leat.engine.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Claim;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;

/** Applies the writes of a group, one after the other, within the transaction that its caller begins and ends. */
final class Transaction {
    private final Sql sql;
    private final Partitions partitions = new Partitions();
    private final Streams streams = new Streams();
    private final Words words = new Words();

    Transaction(Sql sql) {
        this.sql = sql;
    }

    Partitions partitions() {
        return partitions;
    }

    /** Drops what was learnt within a transaction that was undone. */
    void forget() {
        partitions.forget();
        streams.forget();
        words.forget();
    }

    List<Outcome> apply(List<Write> group) {
        partitions.verify(sql);
        List<Outcome> outcomes = new ArrayList<>(group.size());
        for (Write write : group) {
            outcomes.add(apply(write));
        }
        return outcomes;
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
            case Write.TaskResult result -> TaskTable.result(sql, words, result);
            case Write.ResumeTask resume -> TaskTable.resume(sql, resume);
            case Write.DropTask drop -> TaskTable.drop(sql, drop.id());
            case Write.SaveSnapshot snapshot -> save(snapshot);
            case Write.AcquireLease acquire -> acquire(acquire);
            case Write.ReleaseLease release -> release(release);
            case Write.ExpireCommands expire -> {
                sql.execute("delete from command where at < ?", expire.before());
                yield new Outcome.Done();
            }
        };
    }

    private Outcome append(Write.Append append) {
        Partitions.Partition partition = partitions.get(sql, append.partition());
        if (!partition.takes(append.epoch())) {
            return fenced(partition, append.epoch());
        }
        Streams.Stream stream = streams.get(sql, append.stream());
        long position = partition.head + append.events().size();
        long version = append.expectedVersion() + append.events().size();
        if (stream.version != append.expectedVersion()) {
            Optional<Outcome.Duplicate> known = command(append);
            return known.isPresent() ? known.get() : new Outcome.VersionConflict(stream.version);
        }
        if (!append.claims().isEmpty()) {
            Optional<Outcome.Duplicate> known = command(append);
            if (known.isPresent()) {
                return known.get();
            }
            for (Claim claim : append.claims()) {
                long holder = claim.take() ? holder(claim) : 0;
                if (holder != 0 && holder != stream.id) {
                    return new Outcome.ClaimTaken(claim.space(), claim.name(), Streams.name(sql, holder));
                }
            }
        }
        long streamId = streams.intern(sql, stream);
        int fresh = sql.execute(
                "insert into command (id, stream, position, version, at) values (?, ?, ?, ?, ?) on conflict do nothing",
                append.commandId(),
                streamId,
                position,
                version,
                append.at());
        if (fresh == 0) {
            return command(append).orElseThrow();
        }
        for (Write.NewEvent event : append.events()) {
            partition.head++;
            stream.version++;
            sql.execute(
                    "insert into event (place, stream, version, type, schema, at, command, correlation, by, payload)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    partition.place(partition.head),
                    streamId,
                    stream.version,
                    words.intern(sql, event.type()),
                    event.schema(),
                    append.at(),
                    append.commandId(),
                    append.correlationId(),
                    append.by(),
                    event.payload());
        }
        append.claims().forEach(claim -> settle(claim, streamId));
        TaskTable.schedule(sql, words, append.tasks());
        return new Outcome.Appended(position, version);
    }

    private Optional<Outcome.Duplicate> command(Write.Append append) {
        return sql.first(
                "select s.name, c.position, c.version from command c join stream s on s.id = c.stream where c.id = ?",
                row -> new Outcome.Duplicate(StreamId.parse(row.text(1)), row.number(2), row.number(3)),
                append.commandId());
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
        Partitions.Partition partition = partitions.get(sql, advance.partition());
        if (!partition.takes(advance.epoch())) {
            return fenced(partition, advance.epoch());
        }
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

    private static Outcome fenced(Partitions.Partition partition, long epoch) {
        return new Outcome.Fenced("epoch " + epoch + " of " + partition.name + " is over; the partition is "
                + partition.owner.map(owner -> "held by " + owner).orElse("free") + " at epoch " + partition.epoch);
    }
}
