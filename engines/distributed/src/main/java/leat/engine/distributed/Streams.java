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

        static Stream fresh(StreamId name) {
            return new Stream(name, NEW, 0);
        }

        static Stream known(StreamId name, Remembered.Known known) {
            return new Stream(name, known.id(), known.version());
        }

        boolean isNew() {
            return id == NEW;
        }

        void number(long id) {
            this.id = id;
        }

        /** Its number, once it has got one. */
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
            known.put(name, Stream.fresh(name));
        }
        reading.query(
                "select s.name, s.id, (select coalesce(max(e.version), 0) from event e where e.stream = s.id)"
                        + " from stream s where s.name = any (?)",
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
                "insert into stream (name) select name from unnest(?) as w (name)"
                        + " on conflict (name) do update set name = excluded.name returning name, id",
                row -> new Numbered(row.text(1), row.number(2)),
                Columns.texts(sql, fresh.keySet()))) {
            Stream stream = fresh.get(numbered.name());
            if (stream != null) {
                stream.id = numbered.id();
            }
        }
    }

    /** Adds new entities, which have their numbers; one that is there already fails. */
    static void add(Sql sql, RoundTrip writing, List<Stream> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        writing.execute(
                "insert into stream (id, name) overriding system value select * from unnest(?, ?)",
                rows -> {},
                Columns.numbers(sql, fresh.stream().map(Stream::id).toList()),
                Columns.texts(
                        sql,
                        fresh.stream().map(stream -> stream.name.toString()).toList()));
    }

    /** All that were read and those that were added. */
    Collection<Stream> all() {
        return known.values();
    }
}
