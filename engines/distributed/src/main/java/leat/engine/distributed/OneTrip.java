package leat.engine.distributed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Sql;

/**
 * A group of writes that is expected to succeed whole, sent together with its commit in one round trip: nothing is read
 * before.
 *
 * <p>It rests on what is {@link Remembered}, and the server compares: partitions that are not at the epochs and positions
 * that are remembered fail the transaction, and so do commands, names, entities and versions that are there already.
 * Nothing is changed then, and {@link Group} finds out what each write comes to. So refusals are unknown here.
 */
final class OneTrip {
    /** A division by zero, unless there are as many rows as there should be. */
    private static final String ALL = "1 / (count(*) = ?)::integer";

    private final Remembered remembered;
    private final Map<PartitionId, Moving> partitions = new HashMap<>();
    private final Map<StreamId, Appending> streams = new HashMap<>();
    private final Map<Claims.Name, StreamId> names = new TreeMap<>();
    private final Map<Remembered.Cursor, Moved> cursors = new HashMap<>();
    private final Set<UUID> commands = new HashSet<>();
    private final NewRows rows = new NewRows();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** A partition between what is remembered and what this group makes of it. */
    private static final class Moving {
        final Remembered.Stand from;
        long head;

        Moving(Remembered.Stand from) {
            this.from = from;
            this.head = from.head();
        }
    }

    private record Appending(PartitionId partition, Streams.Stream stream) {}

    private record Moved(int partition, long from, long to) {}

    private OneTrip(Remembered remembered) {
        this.remembered = remembered;
    }

    /** Nothing when one of the writes is of a kind that has to ask first, or not enough is remembered. */
    static Optional<OneTrip> of(Remembered remembered, List<Write> writes) {
        OneTrip trip = new OneTrip(remembered);
        return writes.stream().allMatch(trip::add) ? Optional.of(trip) : Optional.empty();
    }

    private boolean add(Write write) {
        return switch (write) {
            case Write.Append append -> append(append);
            case Write.Advance advance -> advance(advance);
            case Write.SaveSnapshot snapshot -> {
                rows.snapshot(snapshot);
                outcomes.add(new Outcome.Done());
                yield true;
            }
            default -> false;
        };
    }

    private boolean append(Write.Append append) {
        Optional<Moving> partition = moving(append.partition(), append.epoch());
        Optional<Streams.Stream> stream = stream(append).filter(known -> known.version == append.expectedVersion());
        boolean fits = append.tasks().isEmpty()
                && commands.add(append.commandId())
                && append.claims().stream().allMatch(claim -> take(claim, append.stream()));
        if (!fits || partition.isEmpty() || stream.isEmpty()) {
            return false;
        }
        append(append, partition.get(), stream.get());
        return true;
    }

    private void append(Write.Append append, Moving partition, Streams.Stream stream) {
        for (Write.NewEvent event : append.events()) {
            rows.event(stream, partition.from.id(), ++partition.head, append, event);
        }
        rows.command(append.commandId(), stream, partition.head, stream.version, append.at());
        outcomes.add(new Outcome.Appended(partition.head, stream.version));
    }

    private Optional<Moving> moving(PartitionId name, long epoch) {
        if (!partitions.containsKey(name)) {
            remembered
                    .partition(name)
                    .filter(Remembered.Stand::takes)
                    .ifPresent(stand -> partitions.put(name, new Moving(stand)));
        }
        return Optional.ofNullable(partitions.get(name)).filter(moving -> moving.from.epoch() == epoch);
    }

    /** The entity as it is remembered, or a new one if it is meant to be new. */
    private Optional<Streams.Stream> stream(Write.Append append) {
        StreamId name = append.stream();
        Appending known = streams.get(name);
        if (known == null) {
            Optional<Streams.Stream> stream = remembered.stream(append.partition(), name)
                    .map(old -> Streams.Stream.known(name, old))
                    .or(() ->
                            append.expectedVersion() == 0 ? Optional.of(Streams.Stream.fresh(name)) : Optional.empty());
            stream.ifPresent(found -> streams.put(name, new Appending(append.partition(), found)));
            return stream;
        }
        return Optional.of(known.stream());
    }

    private boolean take(Claim claim, StreamId holder) {
        return claim.take() && names.putIfAbsent(new Claims.Name(claim.space(), claim.name()), holder) == null;
    }

    private boolean advance(Write.Advance advance) {
        var cursor = new Remembered.Cursor(advance.process(), advance.partition());
        Optional<Integer> partition = remembered.id(advance.partition());
        boolean fits = moving(advance.fence(), advance.epoch()).isPresent()
                && partition.isPresent()
                && advance.states().isEmpty()
                && advance.parked().isEmpty()
                && advance.unparked().isEmpty()
                && advance.tasks().isEmpty()
                && !cursors.containsKey(cursor)
                && remembered.cursor(cursor).equals(Optional.of(advance.from()));
        if (fits) {
            cursors.put(cursor, new Moved(partition.get(), advance.from(), advance.to()));
            outcomes.add(new Outcome.Done());
        }
        return fits;
    }

    /** Sends it. Whatever it throws, it may have been committed only if the connection was lost. */
    List<Outcome> commit(Sql sql, Expiry expiry) {
        List<Streams.Stream> fresh = streams.values().stream()
                .map(Appending::stream)
                .filter(Streams.Stream::isNew)
                .toList();
        fresh.forEach(stream -> stream.number(remembered.number(sql)));
        RoundTrip writing = new RoundTrip(sql);
        lockPartitions(sql, writing);
        expiry.walk(writing);
        Streams.add(sql, writing, fresh);
        rows.write(sql, writing);
        Claims.add(sql, writing, names);
        moveCursors(sql, writing);
        writing.execute("commit", touched -> {});
        writing.run();
        remember();
        return outcomes;
    }

    /**
     * Locks them in the order in which {@link Partitions} does, so that two groups never wait for each other in a circle.
     * Where one has come further than is remembered, its next position is there already, and the event that wants it fails.
     */
    private void lockPartitions(Sql sql, RoundTrip writing) {
        List<Remembered.Stand> all =
                partitions.values().stream().map(one -> one.from).toList();
        if (all.isEmpty()) {
            return;
        }
        List<Integer> ids = all.stream().map(Remembered.Stand::id).toList();
        writing.query(
                "with held as materialized (select p.id from partition p join unnest(?, ?) as w (id, epoch)"
                        + " on p.id = w.id and p.epoch = w.epoch where p.owner is not null or p.epoch = 0"
                        + " order by p.module, p.number for update of p) select " + ALL + " from held",
                row -> row.integer(1),
                one -> {},
                Columns.integers(sql, ids),
                Columns.numbers(sql, all.stream().map(Remembered.Stand::epoch).toList()),
                all.size());
        // Not by "exists": planned while there are few events, that reads all of them each time until they are
        // analyzed.
        writing.query(
                "with stand as (select 1 from unnest(?, ?) as w (id, stood) where w.stood = 0 or"
                        + " (select true from event e where e.partition = w.id and e.position = w.stood)) select " + ALL
                        + " from stand",
                row -> row.integer(1),
                one -> {},
                Columns.integers(sql, ids),
                Columns.numbers(sql, all.stream().map(Remembered.Stand::head).toList()),
                all.size());
    }

    private void moveCursors(Sql sql, RoundTrip writing) {
        if (cursors.isEmpty()) {
            return;
        }
        List<Map.Entry<Remembered.Cursor, Moved>> all = List.copyOf(cursors.entrySet());
        writing.query(
                "with changed as (update process_cursor c set position = w.onto from unnest(?, ?, ?, ?) as w (process,"
                        + " partition, stood, onto) where c.process = w.process and c.partition = w.partition"
                        + " and c.position = w.stood returning 1) select " + ALL + " from changed",
                row -> row.integer(1),
                one -> {},
                Columns.texts(
                        sql, all.stream().map(one -> one.getKey().process()).toList()),
                Columns.integers(
                        sql, all.stream().map(one -> one.getValue().partition()).toList()),
                Columns.numbers(
                        sql, all.stream().map(one -> one.getValue().from()).toList()),
                Columns.numbers(
                        sql, all.stream().map(one -> one.getValue().to()).toList()),
                all.size());
    }

    private void remember() {
        partitions.forEach((name, moving) -> remembered.put(name, moving.from.at(moving.head)));
        streams.values().forEach(appending -> remembered.put(appending.partition(), appending.stream()));
        cursors.forEach((cursor, moved) -> remembered.put(cursor, moved.to()));
    }
}
