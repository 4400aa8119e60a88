package leat.engine.embedded;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Sql;
import org.jspecify.annotations.Nullable;

/** The table of commands and what they did; those of late events come into it when the events are sorted. */
final class Commands {
    /** Ids that are looked for, or rows that are written, with one statement. */
    private static final int TOGETHER = 16;

    /** Commands that are looked through at a time when old ones are forgotten; takes a few milliseconds. */
    static final int WALK = 4_096;

    private static final String FIND_ONE = find(1);
    private static final String FIND_MANY = find(TOGETHER);
    private static final String ADD_ONE = add(1);
    private static final String ADD_MANY = add(TOGETHER);

    private static final byte[] START = {};

    /** The ids of the present group that are in the table; null when that must be looked up for each. */
    private @Nullable Set<UUID> known;

    private Optional<Instant> expiring = Optional.empty();
    private byte[] walked = START;

    record Row(byte[] id, long stream, long position, long version, Instant at) {}

    private static String find(int count) {
        return "select id from command where id in (?" + ", ?".repeat(count - 1) + ")";
    }

    private static String add(int count) {
        return "insert into command (id, stream, position, version, at) values (?, ?, ?, ?, ?)"
                + ", (?, ?, ?, ?, ?)".repeat(count - 1);
    }

    /** Looks for all commands of a group at once, which costs a fifth of looking for each. */
    void expect(Sql sql, List<Write> group) {
        List<UUID> ids = group.stream()
                .filter(Write.Append.class::isInstance)
                .map(write -> ((Write.Append) write).commandId())
                .toList();
        Set<UUID> found = new HashSet<>();
        for (int from = 0; from < ids.size(); from += TOGETHER) {
            List<UUID> some = ids.subList(from, Math.min(from + TOGETHER, ids.size()));
            Object[] values = new Object[some.size() == 1 ? 1 : TOGETHER];
            for (int i = 0; i < values.length; i++) {
                values[i] = some.get(Math.min(i, some.size() - 1));
            }
            found.addAll(sql.query(values.length == 1 ? FIND_ONE : FIND_MANY, row -> row.uuid(1), values));
        }
        known = found;
    }

    Optional<Outcome.Duplicate> get(Sql sql, UUID id) {
        return known != null && !known.contains(id) ? Optional.empty() : find(sql, id);
    }

    static Optional<Outcome.Duplicate> find(Sql sql, UUID id) {
        return sql.first(
                "select s.name, c.position, c.version from command c join stream s on s.id = c.stream where c.id = ?",
                row -> new Outcome.Duplicate(StreamId.parse(row.text(1)), row.number(2), row.number(3)),
                id);
    }

    /** Writes rows, best in order of their ids. */
    static void add(Sql sql, List<Row> rows) {
        int from = 0;
        while (from < rows.size()) {
            int count = rows.size() - from < TOGETHER ? 1 : TOGETHER;
            Object[] values = new Object[count * 5];
            for (int i = 0; i < count; i++) {
                Row row = rows.get(from + i);
                values[i * 5] = row.id();
                values[i * 5 + 1] = row.stream();
                values[i * 5 + 2] = row.position();
                values[i * 5 + 3] = row.version();
                values[i * 5 + 4] = row.at();
            }
            sql.execute(count == 1 ? ADD_ONE : ADD_MANY, values);
            from += count;
        }
    }

    static Row row(long stream, StoredEvent last) {
        return row(last.commandId(), stream, last.position(), last.version(), last.at());
    }

    static Row row(UUID id, long stream, long position, long version, Instant at) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return new Row(bytes, stream, position, version, at);
    }

    /** A command that led to no event, written at once; to be found also within its own group. */
    void addNow(Sql sql, Row row) {
        add(sql, List.of(row));
        known = null;
    }

    /** Begins to forget what was decided before a time: the first part now, the rest by {@link #walk}. */
    void expire(Sql sql, Instant before) {
        expiring = Optional.of(before);
        walked = START;
        known = null;
        walk(sql);
    }

    /** Looks through a part of the table for commands to forget, if that is under way. */
    void walk(Sql sql) {
        if (expiring.isEmpty()) {
            return;
        }
        Optional<byte[]> end = sql.first(
                "select id from command where id > ? order by id limit 1 offset ?",
                row -> row.bytes(1),
                walked,
                WALK - 1);
        if (end.isPresent()) {
            sql.execute("delete from command where id > ? and id <= ? and at < ?", walked, end.get(), expiring.get());
            walked = end.get();
        } else {
            sql.execute("delete from command where id > ? and at < ?", walked, expiring.get());
            expiring = Optional.empty();
        }
    }

    /** After an undone transaction: whatever of the walk was undone is walked again. */
    void forget() {
        known = null;
        walked = START;
    }
}
