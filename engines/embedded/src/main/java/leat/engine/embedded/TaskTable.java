package leat.engine.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import leat.kernel.TaskRequest;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StoredTask.State;
import leat.kernel.port.Write;
import leat.kernel.sql.Row;
import leat.kernel.sql.Sql;

/**
 * Tasks in the journal. A task's {@code due} is set only while it is the first of its kind and key and not parked, so
 * that finding work reads the due ones alone, however many wait behind them.
 */
final class TaskTable {
    private static final String COLUMNS =
            "id, kind, key, payload, not_before, state, attempt, until, error, correlation, by, created";

    private TaskTable() {}

    static void schedule(Sql sql, Words words, List<TaskRequest> requests) {
        for (TaskRequest request : requests) {
            int kind = words.intern(sql, request.kind());
            boolean first = sql.first(
                            "select 1 from task where kind = ? and key = ? limit 1", row -> true, kind, request.key())
                    .isEmpty();
            sql.execute(
                    "insert into task (id, kind, key, state, due, not_before, attempt, correlation, by, created, payload)"
                            + " values (?, ?, ?, 0, ?, ?, 0, ?, ?, ?, ?) on conflict (id) do nothing",
                    request.id(),
                    kind,
                    request.key(),
                    first ? request.notBefore() : Optional.empty(),
                    request.notBefore(),
                    request.correlationId(),
                    request.by(),
                    request.createdAt(),
                    request.payload());
        }
    }

    /** Puts a task of another journal behind those that are here. */
    static void restore(Sql sql, Words words, StoredTask task) {
        int kind = words.intern(sql, task.kind());
        boolean parked = task.state() == State.PARKED;
        boolean first = sql.number("select count(*) from task where kind = ? and key = ?", kind, task.key()) == 0;
        sql.execute(
                "insert into task (id, kind, key, state, due, not_before, attempt, error, correlation, by, created, payload)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                task.id(),
                kind,
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

    static void each(Sql sql, Words words, Consumer<StoredTask> next) {
        sql.each("select " + COLUMNS + " from task order by place", row -> read(sql, words, row), next);
    }

    private record Due(long place, long at) {}

    static List<StoredTask> lease(Sql sql, Words words, Write.ClaimTasks claim) {
        List<Due> due = new ArrayList<>();
        for (String kind : claim.kinds()) {
            words.number(sql, kind)
                    .ifPresent(number -> due.addAll(sql.query(
                            "select place, due from task where kind = ? and due <= ? order by due, place limit ?",
                            row -> new Due(row.number(1), row.number(2)),
                            number,
                            claim.now(),
                            claim.limit())));
        }
        due.sort(Comparator.comparingLong(Due::at).thenComparingLong(Due::place));
        List<StoredTask> leased = new ArrayList<>();
        Instant until = claim.now().plus(claim.lease());
        for (Due task : due.subList(0, Math.min(claim.limit(), due.size()))) {
            sql.execute(
                    "update task set state = 1, due = ?, until = ?, owner = ?, attempt = attempt + 1 where place = ?",
                    until,
                    until,
                    claim.owner(),
                    task.place());
            leased.addAll(sql.query(
                    "select " + COLUMNS + " from task where place = ?", row -> read(sql, words, row), task.place()));
        }
        return leased;
    }

    static void reclaim(Sql sql, Write.ReclaimTasks reclaim) {
        sql.execute(
                "update task set state = 0, until = null, due = ?, not_before = ? where state = 1 and owner = ?",
                reclaim.now(),
                reclaim.now(),
                reclaim.owner());
    }

    private record Place(long place, int kind, String key, State state, int attempt) {}

    private static Optional<Place> find(Sql sql, UUID id) {
        return sql.first(
                "select place, kind, key, state, attempt from task where id = ?",
                row -> new Place(row.number(1), row.integer(2), row.text(3), state(row.integer(4)), row.integer(5)),
                id);
    }

    static Outcome result(Sql sql, Words words, Write.TaskResult result) {
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
                schedule(sql, words, done.next());
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
            case Write.TaskReleased released ->
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

    static Optional<StoredTask> read(Sql sql, Words words, UUID id) {
        return sql.first("select " + COLUMNS + " from task where id = ?", row -> read(sql, words, row), id);
    }

    static List<StoredTask> read(Sql sql, Words words, State state, int limit) {
        return sql.query(
                "select " + COLUMNS + " from task where state = ? order by place limit ?",
                row -> read(sql, words, row),
                number(state),
                limit);
    }

    static Optional<Instant> nextAt(Sql sql, Words words, Set<String> kinds) {
        return kinds.stream()
                .flatMap(kind -> words.number(sql, kind).stream())
                .flatMap(kind -> sql
                        .query(
                                "select due from task where kind = ? and due is not null order by due limit 1",
                                row -> row.time(1),
                                kind)
                        .stream())
                .min(Comparator.naturalOrder());
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

    private static StoredTask read(Sql sql, Words words, Row row) throws java.sql.SQLException {
        return new StoredTask(
                row.uuid(1),
                words.word(sql, row.integer(2)),
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

    private static String shortened(String error) {
        return error.length() <= StoredTask.MAX_ERROR ? error : error.substring(0, StoredTask.MAX_ERROR);
    }
}
