package leat.engine.distributed;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import leat.kernel.port.StreamId;
import leat.kernel.sql.RoundTrip;
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

        /** Its number; there is one once {@link Streams#number} has returned. */
        long id() {
            return id;
        }

        long next() {
            changed = true;
            return ++version;
        }

        private static void fresh(java.util.stream.Stream<Stream> among, Map<String, Stream> fresh) {
            among.filter(stream -> stream.id == NEW).forEach(stream -> fresh.put(stream.name.toString(), stream));
        }
    }

    void read(Sql sql, RoundTrip reading, Collection<StreamId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        for (StreamId name : wanted) {
            known.put(name, new Stream(name, Stream.NEW, 0));
        }
        reading.query(
                "select name, id, version from stream where name = any (?)",
                row -> new Stream(StreamId.parse(row.text(1)), row.number(2), row.number(3)),
                stream -> known.put(stream.name, stream),
                Columns.texts(sql, wanted.stream().map(StreamId::toString).toList()));
    }

    Stream get(StreamId name) {
        Stream stream = known.get(name);
        if (stream == null) {
            throw new IllegalStateException(name + " was not read");
        }
        return stream;
    }

    /** Gives a number to each new entity that got events or that is {@code named} by another row. */
    void number(Sql sql, Collection<Stream> named) {
        Map<String, Stream> fresh = new TreeMap<>();
        Stream.fresh(known.values().stream().filter(stream -> stream.changed), fresh);
        Stream.fresh(named.stream(), fresh);
        if (fresh.isEmpty()) {
            return;
        }
        record Numbered(String name, long id) {}
        for (Numbered numbered : sql.query(
                "insert into stream (name, version) select name, 0 from unnest(?) as w (name)"
                        + " on conflict (name) do update set version = stream.version returning name, id",
                row -> new Numbered(row.text(1), row.number(2)),
                Columns.texts(sql, fresh.keySet()))) {
            Stream stream = fresh.get(numbered.name());
            if (stream != null) {
                stream.id = numbered.id();
            }
        }
    }

    /** Stores the versions of those that got events; they have numbers. */
    void write(Sql sql, RoundTrip writing) {
        List<Stream> changed =
                known.values().stream().filter(stream -> stream.changed).toList();
        if (changed.isEmpty()) {
            return;
        }
        writing.execute(
                "update stream s set version = w.version from unnest(?, ?) as w (id, version) where s.id = w.id",
                rows -> {},
                Columns.numbers(sql, changed.stream().map(Stream::id).toList()),
                Columns.numbers(
                        sql, changed.stream().map(stream -> stream.version).toList()));
    }
}
