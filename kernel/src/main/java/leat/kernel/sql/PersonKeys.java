package leat.kernel.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import leat.kernel.port.Keys;

/**
 * The keys of people as rows of a table {@code person_key (person, wrapped, forgotten_at)}; the same in every database. Each
 * of these is one statement or wants to be in one transaction.
 */
public final class PersonKeys {
    private PersonKeys() {}

    /** @see Keys#find */
    public static Optional<Keys.Key> find(Sql sql, String person) {
        return sql.first("select wrapped, forgotten_at from person_key where person = ?", PersonKeys::key, person);
    }

    private static Keys.Key key(Row row) throws java.sql.SQLException {
        return new Keys.Key(row.optionalBytes(1), row.optionalTime(2));
    }

    /** @see Keys#keep */
    public static Keys.Key keep(Sql sql, String person, byte[] wrapped) {
        sql.execute(
                "insert into person_key (person, wrapped) values (?, ?) on conflict (person) do nothing",
                person,
                wrapped);
        return find(sql, person).orElseThrow();
    }

    /** @see Keys#rewrap */
    public static void rewrap(Sql sql, String person, byte[] before, byte[] after) {
        sql.execute("update person_key set wrapped = ? where person = ? and wrapped = ?", after, person, before);
    }

    /** @see Keys#forget */
    public static void forget(Sql sql, String person, Instant at) {
        sql.execute(
                "insert into person_key (person, forgotten_at) values (?, ?) on conflict (person) do update set"
                        + " wrapped = null, forgotten_at = excluded.forgotten_at where person_key.forgotten_at is null",
                person,
                at);
        sql.execute("delete from person_key where person = ?", Keys.SNAPSHOTS);
    }

    /** @see Keys#forgotten */
    public static long forgotten(Sql sql) {
        return sql.number("select count(*) from person_key where forgotten_at is not null");
    }

    /** @see Keys#each */
    public static void each(Sql sql, BiConsumer<String, Keys.Key> listener) {
        sql.query("select person, wrapped, forgotten_at from person_key order by person", row -> {
                    Keys.Key key = new Keys.Key(row.optionalBytes(2), row.optionalTime(3));
                    return new Named(row.text(1), key);
                })
                .forEach(named -> listener.accept(named.person(), named.key()));
    }

    private record Named(String person, Keys.Key key) {}
}
