package leat.kernel.test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import leat.kernel.TaskRequest;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StoredTask.State;
import leat.kernel.port.Write;

/** The tasks of a {@link MemoryJournal}: a queue for each kind and key, of which only the first can be leased. */
final class MemoryTasks {
    private final Map<UUID, Entry> byId = new LinkedHashMap<>();
    private final Map<Key, ArrayDeque<Entry>> queues = new HashMap<>();
    private long asked;

    private record Key(String kind, String key) {}

    private static final class Entry {
        final TaskRequest request;
        final long order;
        State state = State.WAITING;
        int attempt;
        Instant notBefore;
        Optional<Instant> until = Optional.empty();
        String owner = "";
        Optional<String> error = Optional.empty();

        Entry(TaskRequest request, long order) {
            this.request = request;
            this.order = order;
            this.notBefore = millis(request.notBefore());
        }

        Key key() {
            return new Key(request.kind(), request.key());
        }

        /** When it could be leased if it were the first of its key; empty when parked. */
        Optional<Instant> dueAt() {
            return switch (state) {
                case WAITING -> Optional.of(notBefore);
                case RUNNING -> until;
                case PARKED -> Optional.empty();
            };
        }

        void await(Instant from) {
            state = State.WAITING;
            until = Optional.empty();
            notBefore = millis(from);
        }

        StoredTask stored() {
            return new StoredTask(
                    request.id(),
                    request.kind(),
                    request.key(),
                    request.payload(),
                    notBefore,
                    state,
                    attempt,
                    until,
                    error,
                    request.correlationId(),
                    request.by(),
                    millis(request.createdAt()));
        }
    }

    void schedule(List<TaskRequest> requests) {
        for (TaskRequest request : requests) {
            if (!byId.containsKey(request.id())) {
                Entry entry = new Entry(request, asked++);
                byId.put(request.id(), entry);
                queues.computeIfAbsent(entry.key(), k -> new ArrayDeque<>()).addLast(entry);
            }
        }
    }

    /** Puts a task of another journal behind those that are here. */
    void restore(StoredTask task) {
        schedule(List.of(new TaskRequest(
                task.id(),
                task.kind(),
                task.key(),
                task.payload(),
                task.notBefore(),
                task.correlationId(),
                task.by(),
                task.createdAt())));
        Entry entry = Objects.requireNonNull(byId.get(task.id()));
        entry.state = task.state() == State.PARKED ? State.PARKED : State.WAITING;
        entry.attempt = task.attempt();
        entry.error = task.error();
    }

    /** In the order in which they were asked for. */
    List<StoredTask> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(entry -> entry.order))
                .map(Entry::stored)
                .toList();
    }

    void reclaim(Write.ReclaimTasks reclaim) {
        for (Entry entry : byId.values()) {
            if (entry.state == State.RUNNING && entry.owner.equals(reclaim.owner())) {
                entry.await(reclaim.now());
            }
        }
    }

    List<StoredTask> lease(Write.ClaimTasks claim) {
        Set<String> kinds = claim.kinds();
        int limit = claim.limit();
        Instant now = claim.now();
        List<Entry> due = new ArrayList<>();
        queues.forEach((key, queue) -> {
            Entry first = queue.getFirst();
            if (kinds.contains(key.kind())
                    && first.dueAt().filter(at -> !at.isAfter(millis(now))).isPresent()) {
                due.add(first);
            }
        });
        due.sort(Comparator.comparing((Entry e) -> e.dueAt().orElseThrow()).thenComparingLong(e -> e.order));
        List<StoredTask> leased = new ArrayList<>();
        for (Entry entry : due.subList(0, Math.min(limit, due.size()))) {
            entry.state = State.RUNNING;
            entry.attempt++;
            entry.until = Optional.of(millis(now.plus(claim.lease())));
            entry.owner = claim.owner();
            leased.add(entry.stored());
        }
        return leased;
    }

    Outcome result(Write.TaskResult result) {
        Entry entry = byId.get(result.id());
        if (entry == null || entry.state != State.RUNNING || entry.attempt != result.attempt()) {
            return new Outcome.Fenced(
                    "attempt " + result.attempt() + " of task " + result.id() + " holds the lease no longer");
        }
        switch (result) {
            case Write.TaskDone done -> {
                remove(entry);
                schedule(done.next());
            }
            case Write.TaskExtended extended -> entry.until = Optional.of(millis(extended.until()));
            case Write.TaskRetried retried -> {
                entry.await(retried.notBefore());
                entry.error = Optional.of(shortened(retried.error()));
            }
            case Write.TaskParked parked -> {
                entry.state = State.PARKED;
                entry.until = Optional.empty();
                entry.error = Optional.of(shortened(parked.error()));
            }
            case Write.TaskReleased released -> {
                entry.await(entry.notBefore);
                entry.attempt--;
            }
        }
        return new Outcome.Done();
    }

    Outcome resume(Write.ResumeTask resume) {
        Entry entry = byId.get(resume.id());
        if (entry == null || entry.state == State.RUNNING) {
            return new Outcome.Missing();
        }
        entry.await(resume.now());
        entry.attempt = 0;
        return new Outcome.Done();
    }

    Outcome drop(UUID id) {
        Entry entry = byId.get(id);
        if (entry == null || entry.state == State.RUNNING) {
            return new Outcome.Missing();
        }
        remove(entry);
        return new Outcome.Done();
    }

    private void remove(Entry entry) {
        byId.remove(entry.request.id());
        queues.computeIfPresent(entry.key(), (key, queue) -> {
            queue.remove(entry);
            return queue.isEmpty() ? null : queue;
        });
    }

    Optional<StoredTask> find(UUID id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::stored);
    }

    List<StoredTask> in(State state, int limit) {
        return byId.values().stream()
                .filter(entry -> entry.state == state)
                .limit(limit)
                .map(Entry::stored)
                .toList();
    }

    Map<String, Map<State, Long>> counts() {
        Map<String, Map<State, Long>> counts = new TreeMap<>();
        for (Entry entry : byId.values()) {
            counts.computeIfAbsent(entry.request.kind(), kind -> new TreeMap<>())
                    .merge(entry.state, 1L, Long::sum);
        }
        return counts;
    }

    Optional<Instant> nextAt(Set<String> kinds) {
        return queues.entrySet().stream()
                .filter(queue -> kinds.contains(queue.getKey().kind()))
                .flatMap(queue -> queue.getValue().getFirst().dueAt().stream())
                .min(Comparator.naturalOrder());
    }

    static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String shortened(String error) {
        return error.length() <= StoredTask.MAX_ERROR ? error : error.substring(0, StoredTask.MAX_ERROR);
    }
}
