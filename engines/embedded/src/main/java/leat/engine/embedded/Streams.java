package leat.engine.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import leat.kernel.port.StreamId;
import leat.kernel.sql.Sql;

/** The entities that were lately written, with their numbers and versions; forgotten when a transaction is undone. */
final class Streams {
    /** Entities remembered between groups; the one written longest ago makes room. About 15 MB when full. */
    static final int MAX = 50_000;

    private final Map<StreamId, Stream> lately = new LinkedHashMap<>(1_024, 0.75f, true);
    private final Late late;

    Streams(Late late) {
        this.late = late;
    }

    /** Makes room; never within a group, whose own events are counted nowhere else. */
    void trim() {
        var eldest = lately.entrySet().iterator();
        for (int surplus = lately.size() - MAX; surplus > 0; surplus--) {
            eldest.next();
            eldest.remove();
        }
    }

    /** {@code id} is 0 while the entity has no row. */
    static final class Stream {
        final StreamId name;
        long id;
        long version;

        Stream(StreamId name, long id, long version) {
            this.name = name;
            this.id = id;
            this.version = version;
        }
    }

    Stream get(Sql sql, StreamId name) {
        Stream stream = lately.get(name);
        if (stream == null) {
            long id = sql.number("select id from stream where name = ?", name.toString());
            long version = late.version(name);
            if (id != 0 && version == 0) {
                version = Segments.version(sql, id);
            }
            stream = new Stream(name, id, version);
            lately.put(name, stream);
        }
        return stream;
    }

    /** Gives the entity a row when it has none. */
    long intern(Sql sql, Stream stream) {
        if (stream.id == 0) {
            sql.execute("insert into stream (name) values (?)", stream.name.toString());
            stream.id = sql.number("select last_insert_rowid()");
        }
        return stream.id;
    }

    static StreamId name(Sql sql, long id) {
        return sql.first("select name from stream where id = ?", row -> StreamId.parse(row.text(1)), id)
                .orElseThrow(() -> new IllegalStateException("the journal knows no entity " + id));
    }

    void forget() {
        lately.clear();
    }
}
