package leat.engine.distributed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import leat.kernel.sql.SqlException;

/**
 * The journal in PostgreSQL, shared by all nodes: each commits its groups on connections of its own, and reads through a
 * pool.
 *
 * <p>A commit returns once the server says that it is durable ({@code synchronous_commit = on}; with synchronous standbys,
 * there too). When the server is lost in the midst of a commit nobody can know what became of it: the caller is told so, and
 * a retry under the same command ids is answered from what is there.
 */
final class PostgresJournal implements Journal, AutoCloseable {
    private static final Migrations MIGRATIONS = Migrations.beside(
            PostgresJournal.class, "001-journal.sql", "002-one-trip.sql", "003-heads.sql", "004-person-keys.sql");
    /** Grows when older code could not read what this writes. */
    private static final String FORMAT = "1";
    /** The advisory lock under which tables are brought up to date, when several nodes start at once. */
    private static final long MIGRATING = 0x6c65_6174_0001L;
    /** Groups that are committed at once: while one is synced, the next is sent. */
    private static final int LANES = 2;

    private static final int EXPORTED_AT_ONCE = 2_000;

    private final PostgresConnections connections;
    private final BlockingQueue<Committer> idle = new ArrayBlockingQueue<>(LANES);
    private volatile boolean closed;

    private PostgresJournal(PostgresConnections connections) {
        this.connections = connections;
        Remembered remembered = new Remembered();
        Expiry expiry = new Expiry();
        for (int i = 0; i < LANES; i++) {
            idle.add(new Committer(connections, remembered, expiry));
        }
    }

    /** @throws EngineException when the server cannot be reached, or its tables are of another release */
    static PostgresJournal open(PostgresConnections connections) {
        try (Connection connection = connections.open()) {
            Sql sql = new Sql(connection);
            sql.query("select pg_advisory_lock(?)", row -> true, MIGRATING);
            MIGRATIONS.run(sql);
            meta(sql, "format", FORMAT);
            meta(sql, "partitions", Integer.toString(PartitionId.COUNT));
            return new PostgresJournal(connections);
        } catch (SQLException e) {
            throw new EngineException(PostgresFaults.sentence(connections.settings(), e), e);
        } catch (SqlException e) {
            throw new EngineException(PostgresFaults.sentence(connections.settings(), e.sqlCause()), e);
        } catch (IllegalStateException e) {
            throw new EngineException(
                    "The journal in " + connections.settings() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static void meta(Sql sql, String name, String ours) {
        sql.execute("insert into meta (name, value) values (?, ?) on conflict do nothing", name, ours);
        String theirs = sql.first("select value from meta where name = ?", row -> row.text(1), name)
                .orElseThrow();
        if (!theirs.equals(ours)) {
            throw new IllegalStateException("its " + name + " is " + theirs + ", but this release works with " + ours
                    + "; run the release that wrote it");
        }
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public List<Outcome> commit(List<Write> group) {
        if (group.isEmpty()) {
            return List.of();
        }
        Committer committer = take();
        try {
            return committer.commit(group);
        } finally {
            idle.add(committer);
        }
    }

    private Committer take() {
        try {
            Committer committer = idle.take();
            if (closed) {
                idle.add(committer);
                throw new IllegalStateException("the journal is closed");
            }
            return committer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("This node is stopping; what was not answered can be sent again.", e);
        }
    }

    private static final String EVENT = "select p.module, p.number, e.position, s.name, e.version, e.type, e.schema,"
            + " e.payload, e.at, e.command, e.correlation, e.by from event e join stream s on s.id = e.stream"
            + " join partition p on p.id = e.partition";

    private static StoredEvent event(Row row) throws SQLException {
        return new StoredEvent(
                new PartitionId(row.text(1), row.integer(2)),
                row.number(3),
                StreamId.parse(row.text(4)),
                row.number(5),
                row.text(6),
                row.integer(7),
                row.bytes(8),
                row.time(9),
                row.uuid(10),
                row.text(11),
                row.text(12));
    }

    @Override
    public List<StoredEvent> stream(StreamId stream, long afterVersion, int limit) {
        return read(sql -> sql.query(
                EVENT + " where e.stream = (select id from stream where name = ?) and e.version > ?"
                        + " order by e.version limit ?",
                PostgresJournal::event,
                stream.toString(),
                afterVersion,
                limit));
    }

    @Override
    public List<StoredEvent> partition(PartitionId partition, long afterPosition, int limit) {
        return read(sql -> sql.query(
                EVENT + " where e.partition = (select id from partition where module = ? and number = ?)"
                        + " and e.position > ? order by e.position limit ?",
                PostgresJournal::event,
                partition.module(),
                partition.number(),
                afterPosition,
                limit));
    }

    @Override
    public Map<PartitionId, Long> heads() {
        return read(sql -> {
            Map<PartitionId, Long> heads = new HashMap<>();
            sql.query(Partitions.HEADS, Partitions::head).forEach(head -> heads.put(head.getKey(), head.getValue()));
            return heads;
        });
    }

    @Override
    public List<Member> members() {
        return read(Members::all);
    }

    @Override
    public Optional<Outcome.Duplicate> command(UUID commandId) {
        return read(sql -> sql.first(
                "select s.name, c.position, c.version from command c join stream s on s.id = c.stream where c.id = ?",
                row -> new Outcome.Duplicate(StreamId.parse(row.text(1)), row.number(2), row.number(3)),
                commandId));
    }

    @Override
    public Optional<StreamId> claim(String space, String name) {
        return read(sql -> sql.first(
                "select holder from claim where space = ? and name = ?",
                row -> StreamId.parse(row.text(1)),
                space,
                name));
    }

    @Override
    public Optional<Snapshot> snapshot(StreamId stream) {
        return read(sql -> sql.first(
                "select version, tag, type, state from snapshot where stream = ?",
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
        return read(sql -> Tasks.read(sql, state, limit));
    }

    @Override
    public Optional<StoredTask> task(UUID id) {
        return read(sql -> Tasks.read(sql, id));
    }

    @Override
    public Map<String, Map<StoredTask.State, Long>> taskCounts() {
        record Count(String kind, StoredTask.State state, long tasks) {}
        return read(sql -> {
            Map<String, Map<StoredTask.State, Long>> counts = new TreeMap<>();
            sql.query(
                            "select kind, state, count(*) from task group by kind, state",
                            row -> new Count(row.text(1), Tasks.state(row.integer(2)), row.number(3)))
                    .forEach(count -> counts.computeIfAbsent(count.kind(), kind -> new TreeMap<>())
                            .put(count.state(), count.tasks()));
            return counts;
        });
    }

    @Override
    public Optional<Instant> nextTaskAt(Set<String> kinds) {
        return read(sql -> Tasks.nextAt(sql, kinds));
    }

    @Override
    public void export(Consumer<Kept> listener) {
        try {
            connections.snapshot(
                    "set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0", sql -> {
                        tell(sql, listener);
                        return true;
                    });
        } catch (SqlException e) {
            throw PostgresFaults.journal(connections.settings(), e.sqlCause());
        }
    }

    private static void tell(Sql sql, Consumer<Kept> next) {
        List<PartitionId> partitions = sql.query(
                Partitions.HEADS + " order by p.module, p.number",
                row -> Partitions.head(row).getKey());
        for (PartitionId partition : partitions) {
            long after = 0;
            List<StoredEvent> events;
            do {
                events = sql.query(
                        EVENT + " where p.module = ? and p.number = ? and e.position > ? order by e.position limit ?",
                        PostgresJournal::event,
                        partition.module(),
                        partition.number(),
                        after,
                        EXPORTED_AT_ONCE);
                for (StoredEvent event : events) {
                    next.accept(new Kept.Event(event));
                    after = event.position();
                }
            } while (!events.isEmpty());
        }
        sql.each(
                "select c.id, s.name, c.position, c.version, c.at from command c join stream s on s.id = c.stream",
                row -> new Kept.Command(
                        row.uuid(1), StreamId.parse(row.text(2)), row.number(3), row.number(4), row.time(5)),
                next::accept);
        sql.each(
                "select space, name, holder from claim",
                row -> new Kept.Claimed(row.text(1), row.text(2), StreamId.parse(row.text(3))),
                next::accept);
        sql.each(
                "select c.process, p.module, p.number, c.position from process_cursor c"
                        + " join partition p on p.id = c.partition",
                row -> new Kept.Cursor(row.text(1), new PartitionId(row.text(2), row.integer(3)), row.number(4)),
                next::accept);
        sql.each(
                "select process, key, state from process_state",
                row -> new Kept.State(row.text(1), row.text(2), row.bytes(3)),
                next::accept);
        sql.each(
                "select k.process, p.module, p.number, k.key, k.position, k.error, k.at from process_parked k"
                        + " join partition p on p.id = k.partition",
                row -> new Kept.Parked(
                        row.text(1),
                        new PartitionId(row.text(2), row.integer(3)),
                        new Write.ParkedKey(row.text(4), row.number(5), row.text(6), row.time(7))),
                next::accept);
        Tasks.each(sql, task -> next.accept(new Kept.Task(task)));
    }

    private <T> T read(Function<Sql, T> work) {
        try {
            return connections.read(work);
        } catch (SqlException e) {
            throw PostgresFaults.journal(connections.settings(), e.sqlCause());
        }
    }

    /** Waits for the groups under way. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (int i = 0; i < LANES; i++) {
                idle.take().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
