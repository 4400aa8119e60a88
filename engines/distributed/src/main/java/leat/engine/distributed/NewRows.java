package leat.engine.distributed;

import java.sql.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Sql;

/** What a group of writes adds to the tables of events, commands and snapshots: one statement a table. */
final class NewRows {
    private final List<Event> events = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final Map<StreamId, Write.SaveSnapshot> snapshots = new HashMap<>();

    private record Event(
            Streams.Stream stream,
            long version,
            int partition,
            long position,
            Write.Append append,
            Write.NewEvent event) {}

    private record Command(UUID id, Streams.Stream stream, long position, long version, Instant at) {}

    void event(Streams.Stream stream, int partition, long position, Write.Append append, Write.NewEvent event) {
        events.add(new Event(stream, stream.next(), partition, position, append, event));
    }

    void command(UUID id, Streams.Stream stream, long position, long version, Instant at) {
        commands.add(new Command(id, stream, position, version, at));
    }

    void snapshot(Write.SaveSnapshot snapshot) {
        snapshots.merge(snapshot.stream(), snapshot, (one, other) -> one.version() > other.version() ? one : other);
    }

    /** Takes back the commands that are older than this. */
    void expire(Instant before) {
        commands.removeIf(command -> command.at().isBefore(before));
    }

    /** The entities that the rows of commands name. */
    Collection<Streams.Stream> named() {
        return commands.stream().map(Command::stream).toList();
    }

    /** Adds the statements; each entity has its number by now. An event or a command that is there already fails. */
    void write(Sql sql, RoundTrip writing) {
        writeEvents(sql, writing);
        writeCommands(sql, writing);
        writeSnapshots(sql, writing);
    }

    private void writeEvents(Sql sql, RoundTrip writing) {
        if (events.isEmpty()) {
            return;
        }
        writing.execute(
                "insert into event (stream, version, partition, position, type, schema, at, command, correlation, by,"
                        + " payload) select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows -> {},
                numbers(sql, events, event -> event.stream().id()),
                numbers(sql, events, Event::version),
                Columns.integers(sql, events.stream().map(Event::partition).toList()),
                numbers(sql, events, Event::position),
                texts(sql, event -> event.event().type()),
                Columns.integers(
                        sql,
                        events.stream().map(event -> event.event().schema()).toList()),
                numbers(sql, events, event -> event.append().at().toEpochMilli()),
                bytes(sql, events, event -> Uuids.bytes(event.append().commandId())),
                texts(sql, event -> event.append().correlationId()),
                texts(sql, event -> event.append().by()),
                bytes(sql, events, event -> event.event().payload()));
    }

    private void writeCommands(Sql sql, RoundTrip writing) {
        if (commands.isEmpty()) {
            return;
        }
        writing.execute(
                "insert into command (id, stream, position, version, at) select * from unnest(?, ?, ?, ?, ?)",
                rows -> {},
                bytes(sql, commands, command -> Uuids.bytes(command.id())),
                numbers(sql, commands, command -> command.stream().id()),
                numbers(sql, commands, Command::position),
                numbers(sql, commands, Command::version),
                numbers(sql, commands, command -> command.at().toEpochMilli()));
    }

    private void writeSnapshots(Sql sql, RoundTrip writing) {
        if (snapshots.isEmpty()) {
            return;
        }
        List<Write.SaveSnapshot> rows = List.copyOf(snapshots.values());
        writing.execute(
                "insert into snapshot (stream, version, tag, type, state) select * from unnest(?, ?, ?, ?, ?)"
                        + " on conflict (stream) do update set version = excluded.version, tag = excluded.tag,"
                        + " type = excluded.type, state = excluded.state where excluded.version >= snapshot.version",
                touched -> {},
                Columns.texts(
                        sql, rows.stream().map(row -> row.stream().toString()).toList()),
                numbers(sql, rows, Write.SaveSnapshot::version),
                Columns.texts(sql, rows.stream().map(Write.SaveSnapshot::tag).toList()),
                Columns.texts(sql, rows.stream().map(Write.SaveSnapshot::type).toList()),
                bytes(sql, rows, Write.SaveSnapshot::state));
    }

    private Array texts(Sql sql, Function<Event, String> column) {
        return Columns.texts(sql, events.stream().map(column).toList());
    }

    private static <T> Array numbers(Sql sql, List<T> rows, Function<T, Long> column) {
        return Columns.numbers(sql, rows.stream().map(column).toList());
    }

    private static <T> Array bytes(Sql sql, List<T> rows, Function<T, byte[]> column) {
        return Columns.bytes(sql, rows.stream().map(column).toList());
    }
}
