package leat.engine.embedded;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import leat.kernel.port.EngineException;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Kept;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import leat.kernel.sql.Members;
import leat.kernel.sql.Migrations;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/**
 * The journal in one SQLite file: one connection writes, a few read.
 *
 * <p>A group's events are written as one row, in the order of the group, and kept in memory as {@link Late}; every so
 * many of them are sorted into the {@link Segments} of their partitions. So a commit writes a few pages, however many
 * entities and partitions its events belong to.
 *
 * <p>A commit returns once SQLite has synced its write-ahead log ({@code synchronous = full}). Moving the log into the
 * file is the {@link Checkpointer}'s work, off the path of commits. After a fault the transaction is undone, what the
 * writer remembered is forgotten, and the next commit reads it anew, on a new connection when the old one is of no use.
 */
final class SqliteJournal implements Journal, AutoCloseable {
    private static final Migrations MIGRATIONS =
            Migrations.beside(SqliteJournal.class, "001-journal.sql", "002-members.sql");
    /** Grows when older code could not read what this writes. */
    private static final String FORMAT = "1";

    private final Path file;
    private final EmbeddedSettings settings;
    private final ReentrantLock writing = new ReentrantLock();
    private final Readers readers;
    private final Words words = new Words();
    private final Map<Integer, PartitionId> partitions = new ConcurrentHashMap<>();
    private final Late late = new Late();
    private final Checkpointer checkpointer;
    private Sql sql;
    private Transaction transaction;
    private boolean broken;
    private boolean closed;

    private SqliteJournal(Path file, EmbeddedSettings settings, Sql sql) {
        this.file = file;
        this.settings = settings;
        this.sql = sql;
        this.transaction = new Transaction(sql, late);
        this.readers = new Readers(settings.readConnections(), () -> Sqlite.reader(file, settings));
        this.checkpointer = new Checkpointer(file, settings, writing);
    }

    /** @throws EngineException when the file is damaged, locked, not writable or of another release */
    static SqliteJournal open(Path file, EmbeddedSettings settings) {
        Sql sql;
        try {
            sql = Sqlite.journal(file, settings);
        } catch (SqlException e) {
            throw new EngineException(Faults.sentence(file, e), e);
        }
        try {
            MIGRATIONS.run(sql);
            meta(file, sql, "format", FORMAT);
            meta(file, sql, "partitions", Integer.toString(PartitionId.COUNT));
            SqliteJournal journal = new SqliteJournal(file, settings, sql);
            journal.late.load(sql);
            transact(sql);
            journal.checkpointer.start();
            return journal;
        } catch (SqlException e) {
            closeQuietly(sql, e);
            throw new EngineException(Faults.sentence(file, e), e);
        } catch (IllegalStateException e) {
            closeQuietly(sql, e);
            throw new EngineException("The journal " + file + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static void meta(Path file, Sql sql, String name, String ours) {
        sql.execute("insert into meta (name, value) values (?, ?) on conflict do nothing", name, ours);
        String theirs = sql.first("select value from meta where name = ?", row -> row.text(1), name)
                .orElseThrow();
        if (!theirs.equals(ours)) {
            throw new IllegalStateException("its " + name + " is " + theirs + ", but this release works with " + ours
                    + "; run the release that wrote " + file.getFileName());
        }
    }

    private static void closeQuietly(Sql sql, RuntimeException because) {
        try {
            sql.close();
        } catch (SqlException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public List<Outcome> commit(List<Write> group) {
        writing.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the journal is closed");
            }
            try {
                if (broken) {
                    reopen();
                }
                List<Outcome> outcomes = transaction.apply(group);
                sql.connection().commit();
                transaction.committed();
                checkpointer.committed();
                return outcomes;
            } catch (SQLException e) {
                broken = true;
                undo(e);
                throw Faults.journal(file, new SqlException("commit", e));
            } catch (SqlException e) {
                broken = true;
                undo(e);
                throw Faults.journal(file, e);
            } catch (RuntimeException | Error e) {
                undo(e);
                throw e;
            }
        } finally {
            writing.unlock();
        }
    }

    /** A connection on which a statement failed is not used again: the driver does not bring all of them back. */
    private void undo(Throwable because) {
        transaction.forget();
        try {
            sql.connection().rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
            broken = true;
        }
    }

    private void reopen() {
        sql.close();
        sql = Sqlite.journal(file, settings);
        late.load(sql);
        transact(sql);
        transaction = new Transaction(sql, late);
        broken = false;
    }

    /** From now on statements wait for a commit; one by one, the driver would look after each whether it must commit. */
    private static void transact(Sql sql) {
        try {
            sql.connection().setAutoCommit(false);
        } catch (SQLException e) {
            throw new SqlException("begin", e);
        }
    }

    @Override
    public List<StoredEvent> stream(StreamId stream, long afterVersion, int limit) {
        Late.Slice slice = late.stream(stream, afterVersion, limit);
        if (afterVersion + 1 >= slice.first()) {
            return slice.events();
        }
        return joined(
                read(sql -> Segments.stream(sql, names(sql), stream, afterVersion, slice.first(), limit)),
                slice.events(),
                limit);
    }

    @Override
    public List<StoredEvent> partition(PartitionId partition, long afterPosition, int limit) {
        Late.Slice slice = late.partition(partition, afterPosition, limit);
        if (afterPosition + 1 >= slice.first()) {
            return slice.events();
        }
        return joined(
                read(sql -> Segments.partition(sql, names(sql), slice.number(), afterPosition, slice.first(), limit)),
                slice.events(),
                limit);
    }

    private static List<StoredEvent> joined(List<StoredEvent> sorted, List<StoredEvent> late, int limit) {
        sorted.addAll(late.subList(0, Math.min(late.size(), limit - sorted.size())));
        return sorted;
    }

    private Segments.Names names(Sql sql) {
        return new Segments.Names(sql, words, partitions);
    }

    @Override
    public Map<PartitionId, Long> heads() {
        return late.heads();
    }

    @Override
    public List<Member> members() {
        return read(Members::all);
    }

    @Override
    public Optional<Outcome.Duplicate> command(UUID commandId) {
        Optional<Outcome.Duplicate> lately = late.command(commandId);
        return lately.isPresent() ? lately : read(sql -> Commands.find(sql, commandId));
    }

    @Override
    public Optional<StreamId> claim(String space, String name) {
        return read(sql -> sql.first(
                "select s.name from claim c join stream s on s.id = c.stream where c.space = ? and c.name = ?",
                row -> StreamId.parse(row.text(1)),
                space,
                name));
    }

    @Override
    public Optional<Snapshot> snapshot(StreamId stream) {
        return read(sql -> sql.first(
                "select version, tag, type, state from snapshot where stream = (select id from stream where name = ?)",
                row -> new Snapshot(stream, row.number(1), row.text(2), row.text(3), row.bytes(4)),
                stream.toString()));
    }

    @Override
    public Map<PartitionId, Long> cursors(String process) {
        return read(sql -> {
            Map<PartitionId, Long> cursors = new HashMap<>();
            sql.query(
                            "select p.module, p.number, c.position from process_cursor c"
                                    + " join partition p on p.id = c.partition where c.process = ?",
                            row -> Map.entry(new PartitionId(row.text(1), row.integer(2)), row.number(3)),
                            process)
                    .forEach(cursor -> cursors.put(cursor.getKey(), cursor.getValue()));
            return cursors;
        });
    }

    @Override
    public Optional<byte[]> processState(String process, String key) {
        return read(sql -> sql.first(
                "select state from process_state where process = ? and key = ?", row -> row.bytes(1), process, key));
    }

    @Override
    public List<Write.ParkedKey> parkedKeys(String process, PartitionId partition) {
        return read(sql -> sql.query(
                "select key, position, error, at from process_parked where process = ? and partition ="
                        + " (select id from partition where module = ? and number = ?) order by position",
                row -> new Write.ParkedKey(row.text(1), row.number(2), row.text(3), row.time(4)),
                process,
                partition.module(),
                partition.number()));
    }

    @Override
    public List<StoredTask> tasks(StoredTask.State state, int limit) {
        return read(sql -> TaskTable.read(sql, words, state, limit));
    }

    @Override
    public Optional<StoredTask> task(UUID id) {
        return read(sql -> TaskTable.read(sql, words, id));
    }

    @Override
    public Map<String, Map<StoredTask.State, Long>> taskCounts() {
        record Count(String kind, StoredTask.State state, long tasks) {}
        return read(sql -> {
            Map<String, Map<StoredTask.State, Long>> counts = new TreeMap<>();
            sql.query(
                            "select state, kind, count(*) from task group by state, kind",
                            row -> new Count(
                                    words.word(sql, row.integer(2)), TaskTable.state(row.integer(1)), row.number(3)))
                    .forEach(count -> counts.computeIfAbsent(count.kind(), kind -> new TreeMap<>())
                            .put(count.state(), count.tasks()));
            return counts;
        });
    }

    @Override
    public Optional<Instant> nextTaskAt(Set<String> kinds) {
        return read(sql -> TaskTable.nextAt(sql, words, kinds));
    }

    @Override
    public void export(Consumer<Kept> listener) {
        read(sql -> {
            sql.transaction(() -> new Contents(sql).tell(listener));
            return true;
        });
    }

    /**
     * Empties the write-ahead log, in which pages are as they were before something was deleted from them. Commits wait
     * meanwhile, for half a second at most.
     *
     * @throws JournalException when somebody reads for longer than that; it can be tried again
     */
    void emptyLog() {
        writing.lock();
        try (Sql alone = Sqlite.checkpointer(file)) {
            alone.script(List.of("pragma busy_timeout = 500"));
            boolean busy = alone.first("pragma wal_checkpoint(truncate)", row -> row.integer(1) != 0)
                    .orElseThrow();
            if (busy) {
                throw new JournalException("The write-ahead log of " + file + " is being read, and cannot be emptied.");
            }
        } catch (SqlException e) {
            throw Faults.journal(file, e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T read(Function<Sql, T> work) {
        try {
            return readers.read(work);
        } catch (SqlException e) {
            throw Faults.journal(file, e);
        }
    }

    /** Moves the write-ahead log into the file, so that it stands alone, and closes it. */
    @Override
    public void close() {
        checkpointer.close();
        readers.close();
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                sql.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
