package leat.engine.distributed;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import leat.kernel.TaskRequest;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StoredTask.State;
import leat.kernel.port.Write;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in the journal. A task's {@code due} is set only while it is the first of its kind and key and not parked, so that
 * finding work reads the due ones alone, however many wait behind them.
 *
 * <p>Whoever adds to a key or removes from it holds the key's advisory lock until the transaction ends; otherwise two nodes
 * could each leave the other to wake the next task.
 */
final class Tasks {
    private static final String COLUMNS =
            "id, kind, key, payload, not_before, state, attempt, until, error, correlation, by, created";

    private Tasks() {}

    /** Locks, in one order for all nodes, every key that these writes may add to or remove from. */
    static void lock(Sql sql, List<TaskRequest> added, Collection<UUID> touched) {
        Set<Long> keys = new TreeSet<>();
        added.forEach(request -> keys.add(lockOf(request.kind(), request.key())));
        if (!touched.isEmpty()) {
            keys.addAll(sql.query(
                    "select kind, key from task where id = any (?)",
                    row -> lockOf(row.text(1), row.text(2)),
                    Columns.bytes(sql, touched.stream().map(Uuids::bytes).toList())));
        }
        if (!keys.isEmpty()) {
            sql.query(
                    "select pg_advisory_xact_lock(key) from unnest(?) as w (key)",
                    row -> true,
                    Columns.numbers(sql, keys));
        }
    }

    /** Two keys with one number would only wait for each other. */
    private static long lockOf(String kind, String key) {
        return ((long) Objects.hash("leat.task", kind) << 32) ^ key.hashCode();
    }

    static void schedule(Sql sql, List<TaskRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        record Key(String kind, String key) {}
        Set<Key> seen = new HashSet<>();
        List<byte[]> ids = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<@Nullable Long> dues = new ArrayList<>();
        List<Long> notBefore = new ArrayList<>();
        List<String> correlations = new ArrayList<>();
        List<String> by = new ArrayList<>();
        List<Long> created = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>();
        for (TaskRequest request : requests) {
            ids.add(Uuids.bytes(request.id()));
            kinds.add(request.kind());
            keys.add(request.key());
            long at = request.notBefore().toEpochMilli();
            dues.add(seen.add(new Key(request.kind(), request.key())) ? at : null);
            notBefore.add(at);
            correlations.add(request.correlationId());
            by.add(request.by());
            created.add(request.createdAt().toEpochMilli());
            payloads.add(request.payload());
        }
        sql.execute(
                "insert into task (id, kind, key, state, due, not_before, attempt, correlation, by, created, payload)"
                        + " select w.id, w.kind, w.key, 0,"
                        + " case when exists (select 1 from task t where t.kind = w.kind and t.key = w.key)"
                        + " then null else w.due end, w.not_before, 0, w.correlation, w.by, w.created, w.payload"
                        + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality"
                        + " as w (id, kind, key, due, not_before, correlation, by, created, payload, place)"
                        + " order by w.place on conflict (id) do nothing",
                Columns.bytes(sql, ids),
                Columns.texts(sql, kinds),
                Columns.texts(sql, keys),
                Columns.numbers(sql, dues),
                Columns.numbers(sql, notBefore),
                Columns.texts(sql, correlations),
                Columns.texts(sql, by),
                Columns.numbers(sql, created),
                Columns.bytes(sql, payloads));
    }

    /** Puts a task of another journal behind those that are here. */
    static void restore(Sql sql, StoredTask task) {
        boolean parked = task.state() == State.PARKED;
        boolean first =
                sql.number("select count(*) from task where kind = ? and key = ?", task.kind(), task.key()) == 0;
        sql.execute(
                "insert into task (id, kind, key, state, due, not_before, attempt, error, correlation, by, created, payload)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                task.id(),
                task.kind(),
                task.key(),
                number(parked ? State.PARKED : State.WAITING),
                first && !parked ? task.notBefore() : Optional.empty(),
                task.notBefore(),
                task.attempt(),
                task.error(),
                task.correlationId(),
                task.by(),
                task.createdAt(),
                task.payload());
    }

    static void each(Sql sql, Consumer<StoredTask> next) {
        sql.each("select " + COLUMNS + " from task order by place", Tasks::read, next);
    }

    /** Tasks that another node leases at this moment are passed by. */
    static List<StoredTask> lease(Sql sql, Write.ClaimTasks claim) {
        long until = claim.now().plus(claim.lease()).toEpochMilli();
        record Leased(long due, long place, StoredTask task) {}
        return sql
                .query(
                        "with due as (select place, due from task where kind = any (?) and due <= ?"
                                + " order by due, place limit ? for update skip locked)"
                                + " update task t set state = 1, due = ?, until = ?, owner = ?, attempt = attempt + 1"
                                + " from due where t.place = due.place"
                                + " returning t.id, kind, key, payload, not_before, state, attempt, until, error,"
                                + " correlation, by, created, due.due, t.place",
                        row -> new Leased(row.number(13), row.number(14), read(row)),
                        Columns.texts(sql, claim.kinds()),
                        claim.now(),
                        claim.limit(),
                        until,
                        until,
                        claim.owner())
                .stream()
                .sorted(java.util.Comparator.comparingLong(Leased::due).thenComparingLong(Leased::place))
                .map(Leased::task)
                .toList();
    }

    static void reclaim(Sql sql, Write.ReclaimTasks reclaim) {
        sql.execute(
                "update task set state = 0, until = null, due = ?, not_before = ? where state = 1 and owner = ?",
                reclaim.now(),
                reclaim.now(),
                reclaim.owner());
    }

    private record Place(long place, String kind, String key, State state, int attempt) {}

    private static Optional<Place> find(Sql sql, UUID id) {
        return sql.first(
                "select place, kind, key, state, attempt from task where id = ? for update",
                row -> new Place(row.number(1), row.text(2), row.text(3), state(row.integer(4)), row.integer(5)),
                id);
    }

    static Outcome result(Sql sql, Write.TaskResult result) {
        Optional<Place> leased = find(sql, result.id())
                .filter(task -> task.state() == State.RUNNING && task.attempt() == result.attempt());
        if (leased.isEmpty()) {
            return new Outcome.Fenced(
                    "attempt " + result.attempt() + " of task " + result.id() + " holds the lease no longer");
        }
        Place task = leased.get();
        switch (result) {
            case Write.TaskDone done -> {
                remove(sql, task);
                schedule(sql, done.next());
            }
            case Write.TaskExtended extended ->
                sql.execute(
                        "update task set until = ?, due = ? where place = ?",
                        extended.until(),
                        extended.until(),
                        task.place());
            case Write.TaskRetried retried ->
                sql.execute(
                        "update task set state = 0, until = null, not_before = ?, due = ?, error = ? where place = ?",
                        retried.notBefore(),
                        retried.notBefore(),
                        shortened(retried.error()),
                        task.place());
            case Write.TaskParked parked ->
                sql.execute(
                        "update task set state = 2, until = null, due = null, error = ? where place = ?",
                        shortened(parked.error()),
                        task.place());
            case Write.TaskReleased _ ->
                sql.execute(
                        "update task set state = 0, until = null, due = not_before, attempt = attempt - 1 where place = ?",
                        task.place());
        }
        return new Outcome.Done();
    }

    static Outcome resume(Sql sql, Write.ResumeTask resume) {
        Optional<Place> task = find(sql, resume.id()).filter(found -> found.state() != State.RUNNING);
        if (task.isEmpty()) {
            return new Outcome.Missing();
        }
        sql.execute(
                "update task set state = 0, not_before = ?, attempt = 0 where place = ?",
                resume.now(),
                task.get().place());
        wakeFirst(sql, task.get());
        return new Outcome.Done();
    }

    static Outcome drop(Sql sql, UUID id) {
        Optional<Place> task = find(sql, id).filter(found -> found.state() != State.RUNNING);
        if (task.isEmpty()) {
            return new Outcome.Missing();
        }
        remove(sql, task.get());
        return new Outcome.Done();
    }

    private static void remove(Sql sql, Place task) {
        sql.execute("delete from task where place = ?", task.place());
        wakeFirst(sql, task);
    }

    /** Makes the first task of the key due when it is one that waits. */
    private static void wakeFirst(Sql sql, Place task) {
        sql.execute(
                "update task set due = not_before where state = 0 and place ="
                        + " (select place from task where kind = ? and key = ? order by place limit 1)",
                task.kind(),
                task.key());
    }

    static Optional<StoredTask> read(Sql sql, UUID id) {
        return sql.first("select " + COLUMNS + " from task where id = ?", Tasks::read, id);
    }

    static List<StoredTask> read(Sql sql, State state, int limit) {
        return sql.query(
                "select " + COLUMNS + " from task where state = ? order by place limit ?",
                Tasks::read,
                number(state),
                limit);
    }

    static Optional<Instant> nextAt(Sql sql, Set<String> kinds) {
        return sql.first(
                        "select min(due) from task where kind = any (?) and due is not null",
                        row -> row.optionalTime(1),
                        Columns.texts(sql, kinds))
                .flatMap(due -> due);
    }

    static State state(int number) {
        return switch (number) {
            case 0 -> State.WAITING;
            case 1 -> State.RUNNING;
            case 2 -> State.PARKED;
            default -> throw new IllegalStateException("the journal has a task in the unknown state " + number);
        };
    }

    private static int number(State state) {
        return switch (state) {
            case WAITING -> 0;
            case RUNNING -> 1;
            case PARKED -> 2;
        };
    }

    private static StoredTask read(Row row) throws SQLException {
        return new StoredTask(
                row.uuid(1),
                row.text(2),
                row.text(3),
                row.bytes(4),
                row.time(5),
                state(row.integer(6)),
                row.integer(7),
                row.optionalTime(8),
                row.optionalText(9),
                row.text(10),
                row.text(11),
                row.time(12));
    }

    /** PostgreSQL keeps no NUL in text. */
    private static String shortened(String error) {
        String clean = error.replace('\0', '\uFFFD');
        return clean.length() <= StoredTask.MAX_ERROR ? clean : clean.substring(0, StoredTask.MAX_ERROR);
    }
}
