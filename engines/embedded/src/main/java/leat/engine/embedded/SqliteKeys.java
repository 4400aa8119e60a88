package leat.engine.embedded;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import leat.kernel.port.JournalException;
import leat.kernel.port.Keys;
import leat.kernel.sql.PersonKeys;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/**
 * Keys in a small SQLite file of their own, so that it can be written anew as a whole when one is destroyed: pages that
 * are freed are overwritten, the file is vacuumed, and there is no write-ahead log in which an old page could stay.
 */
final class SqliteKeys implements Keys, AutoCloseable {
    private final Path file;
    private final Sql sql;
    private final Runnable afterwards;
    private long forgotten;

    private SqliteKeys(Path file, Sql sql, Runnable afterwards) {
        this.file = file;
        this.sql = sql;
        this.afterwards = afterwards;
        this.forgotten = PersonKeys.forgotten(sql);
    }

    /**
     * @param afterwards what follows each time that somebody was forgotten
     * @throws SqlException when the file cannot be opened, or is damaged
     */
    static SqliteKeys open(Path file, EmbeddedSettings settings, Runnable afterwards) {
        Sql sql = Sqlite.forgetful(file, settings);
        try {
            sql.script(List.of("create table if not exists person_key"
                    + " (person text primary key, wrapped blob, forgotten_at integer) without rowid"));
            return new SqliteKeys(file, sql, afterwards);
        } catch (SqlException e) {
            sql.close();
            throw e;
        }
    }

    boolean isEmpty() {
        return with(open -> open.number("select count(*) from person_key")) == 0;
    }

    @Override
    public Optional<Key> find(String person) {
        return with(open -> PersonKeys.find(open, person));
    }

    @Override
    public Key keep(String person, byte[] wrapped) {
        return with(open -> PersonKeys.keep(open, person, wrapped));
    }

    @Override
    public void rewrap(String person, byte[] before, byte[] after) {
        var _ = with(open -> {
            PersonKeys.rewrap(open, person, before, after);
            return true;
        });
    }

    @Override
    public void forget(String person, Instant at) {
        var _ = with(open -> {
            open.transaction(() -> PersonKeys.forget(open, person, at));
            open.script(List.of("vacuum"));
            forgotten = PersonKeys.forgotten(open);
            return true;
        });
        afterwards.run();
    }

    @Override
    public synchronized long forgotten() {
        return forgotten;
    }

    @Override
    public void each(BiConsumer<String, Key> listener) {
        var _ = with(open -> {
            PersonKeys.each(open, listener);
            return true;
        });
    }

    private synchronized <T> T with(Function<Sql, T> work) {
        try {
            return work.apply(sql);
        } catch (SqlException e) {
            throw new JournalException(Faults.sentence(file, e), e);
        }
    }

    @Override
    public synchronized void close() {
        sql.close();
    }
}
