package leat.engine.distributed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import leat.kernel.port.StreamId;
import leat.kernel.sql.Sql;

/** The entities of one group of writes, and how many events each has. */
final class Streams {
    private final Map<StreamId, Stream> known = new HashMap<>();

    /** An entity, as the group has changed it so far. */
    static final class Stream {
        private static final long NEW = 0;

        final StreamId name;
        long version;
        private long id;
        private boolean changed;

        private Stream(StreamId name, long id, long version) {
            this.name = name;
            this.id = id;
            this.version = version;
        }

        /** Its number; there is one once {@link Streams#write} has returned. */
        long id() {
            return id;
        }

        long next() {
            changed = true;
            return ++version;
        }
    }

    void read(Sql sql, Collection<StreamId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        for (StreamId name : wanted) {
            known.put(name, new Stream(name, Stream.NEW, 0));
        }
        sql.query(
                        "select name, id, version from stream where name = any (?)",
                        row -> new Stream(StreamId.parse(row.text(1)), row.number(2), row.number(3)),
                        Columns.texts(
                                sql, wanted.stream().map(StreamId::toString).toList()))
                .forEach(stream -> known.put(stream.name, stream));
    }

    Stream get(StreamId name) {
        Stream stream = known.get(name);
        if (stream == null) {
            throw new IllegalStateException(name + " was not read");
        }
        return stream;
    }

    /** Stores new versions, and gives new entities that are {@code named} by other rows a number. */
    void write(Sql sql, Collection<Stream> named) {
        Map<String, Stream> rows = new TreeMap<>();
        known.values().stream()
                .filter(stream -> stream.changed)
                .forEach(stream -> rows.put(stream.name.toString(), stream));
        named.stream()
                .filter(stream -> stream.id == Stream.NEW)
                .forEach(stream -> rows.put(stream.name.toString(), stream));
        if (rows.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>(rows.keySet());
        List<Long> versions =
                rows.values().stream().map(stream -> stream.version).toList();
        record Numbered(String name, long id) {}
        for (Numbered numbered : sql.query(
                "insert into stream (name, version) select * from unnest(?, ?)"
                        + " on conflict (name) do update set version = excluded.version returning name, id",
                row -> new Numbered(row.text(1), row.number(2)),
                Columns.texts(sql, names),
                Columns.numbers(sql, versions))) {
            Stream stream = rows.get(numbered.name());
            if (stream != null) {
                stream.id = numbered.id();
                stream.changed = false;
            }
        }
    }
}
