package leat.engine.distributed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import leat.kernel.Claim;
import leat.kernel.port.StreamId;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Sql;

/** The unique names of one group of writes: who held them when it began, and who holds them after it. */
final class Claims {
    /** A unique name within its space. */
    record Name(String space, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int bySpace = space.compareTo(other.space);
            return bySpace != 0 ? bySpace : name.compareTo(other.name);
        }
    }

    private final Map<Name, StreamId> before = new HashMap<>();
    private final Map<Name, Optional<StreamId>> after = new TreeMap<>();

    void read(Sql sql, RoundTrip reading, Collection<Claim> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        record Held(Name name, StreamId holder) {}
        reading.query(
                "select c.space, c.name, c.holder from claim c join unnest(?, ?) as w (space, name)"
                        + " on c.space = w.space and c.name = w.name",
                row -> new Held(new Name(row.text(1), row.text(2)), StreamId.parse(row.text(3))),
                held -> before.put(held.name(), held.holder()),
                Columns.texts(sql, wanted.stream().map(Claim::space).toList()),
                Columns.texts(sql, wanted.stream().map(Claim::name).toList()));
    }

    private Optional<StreamId> holder(Name name) {
        Optional<StreamId> now = after.get(name);
        return now != null ? now : Optional.ofNullable(before.get(name));
    }

    /** Another entity that holds the name, if one does. */
    Optional<StreamId> other(Claim claim, StreamId stream) {
        return holder(new Name(claim.space(), claim.name())).filter(holder -> !holder.equals(stream));
    }

    /** Takes or gives up a name that no other holds; giving up what another holds changes nothing. */
    void settle(Claim claim, StreamId stream) {
        Name name = new Name(claim.space(), claim.name());
        if (claim.take()) {
            after.put(name, Optional.of(stream));
        } else if (other(claim, stream).isEmpty()) {
            after.put(name, Optional.empty());
        }
    }

    /** @throws Contention when a name changed hands on another node meanwhile */
    void write(Sql sql) {
        List<Name> added = new ArrayList<>();
        List<String> holders = new ArrayList<>();
        after.forEach((name, holder) -> {
            StreamId held = before.get(name);
            if (holder.isPresent() && held == null) {
                added.add(name);
                holders.add(holder.get().toString());
            } else if (held != null && !holder.equals(Optional.of(held))) {
                pass(sql, name, held, holder);
            }
        });
        if (!added.isEmpty()) {
            int rows = sql.change(
                    "insert into claim (space, name, holder) select * from unnest(?, ?, ?) on conflict do nothing",
                    Columns.texts(sql, added.stream().map(Name::space).toList()),
                    Columns.texts(sql, added.stream().map(Name::name).toList()),
                    Columns.texts(sql, holders));
            if (rows < added.size()) {
                throw new Contention("a name was taken by another node");
            }
        }
    }

    /** Adds names that are believed to be free; one that is not fails. */
    static void add(Sql sql, RoundTrip writing, Map<Name, StreamId> names) {
        if (names.isEmpty()) {
            return;
        }
        writing.execute(
                "insert into claim (space, name, holder) select * from unnest(?, ?, ?)",
                rows -> {},
                Columns.texts(sql, names.keySet().stream().map(Name::space).toList()),
                Columns.texts(sql, names.keySet().stream().map(Name::name).toList()),
                Columns.texts(
                        sql, names.values().stream().map(StreamId::toString).toList()));
    }

    private static void pass(Sql sql, Name name, StreamId from, Optional<StreamId> to) {
        int rows = to.isPresent()
                ? sql.change(
                        "update claim set holder = ? where space = ? and name = ? and holder = ?",
                        to.get().toString(),
                        name.space(),
                        name.name(),
                        from.toString())
                : sql.change(
                        "delete from claim where space = ? and name = ? and holder = ?",
                        name.space(),
                        name.name(),
                        from.toString());
        if (rows == 0) {
            throw new Contention("a name changed hands on another node");
        }
    }
}
