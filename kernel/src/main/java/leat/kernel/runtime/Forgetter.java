package leat.kernel.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import leat.kernel.Decision;
import leat.kernel.Forgetting;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.kernel.Tasks;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;

/**
 * Forgets people: a chain of tasks, one a module that has written anything, then the one that destroys the key.
 *
 * <p>Each task asks for the next before it ends, and each bears repetition, so that a process that is killed anywhere in it
 * leaves somebody who is going to be forgotten, and the next start goes on.
 *
 * <p>What is derived follows by itself. The store counts those whom it has forgotten. A node that sees the number grow, or
 * finds it grown at its start, empties its memory of what it decoded, and builds anew each view that follows events that
 * tell of people and does not say that it was built at that number. So it does not matter which node forgot somebody, and
 * what had been done when one died.
 */
final class Forgetter {
    private static final String PART = Decision.FORGET + "/";
    private static final String DESTROY = "kernel.destroy-key";
    private static final Duration CATCHING_UP = Duration.ofSeconds(20);
    private static final TaskPolicy PATIENT =
            TaskPolicy.DEFAULT.attempts(50).backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));

    private final Engine engine;
    private final KeyRing ring;
    private final Tails tails;
    private final Clock clock;
    private final List<EntityHost<?, ?, ?>> hosts = new ArrayList<>();
    private final List<ViewFollower> views = new ArrayList<>();
    private long seen;

    Forgetter(Engine engine, KeyRing ring, Tails tails, Clock clock) {
        this.engine = engine;
        this.ring = ring;
        this.tails = tails;
        this.clock = clock;
        this.seen = engine.keys().forgotten();
    }

    void watch(EntityHost<?, ?, ?> host) {
        hosts.add(host);
        if (Sealing.personal(host.type()) && host.type().snapshots().every() > 0) {
            ring.beginSnapshots();
        }
    }

    void watch(ViewFollower view) {
        views.add(view);
    }

    /** @param left modules whose part is still to be done */
    private record Part(String person, List<String> left) {}

    /** The tasks of this node. */
    Map<String, TaskWorkers.Kind> kinds(List<String> modules, Map<String, List<Forgetting>> parts, Tasks tasks) {
        Map<String, TaskWorkers.Kind> kinds = new TreeMap<>();
        kinds.put(Decision.FORGET, new TaskWorkers.Kind(PATIENT, task -> next(task, hosted(modules), tasks)));
        for (String module : modules) {
            List<Forgetting> own = parts.getOrDefault(module, List.of());
            kinds.put(PART + module, new TaskWorkers.Kind(PATIENT, task -> {
                Part part = task.payload(Part.class);
                catchUp();
                for (Forgetting one : own) {
                    one.forget(part.person(), task);
                }
                next(task, part.left(), tasks);
            }));
        }
        kinds.put(DESTROY, new TaskWorkers.Kind(PATIENT, task -> {
            engine.keys().forget(task.key(), clock.instant());
            look();
        }));
        return kinds;
    }

    /** So that a module finds in its views all that the person has done. */
    private void catchUp() {
        tails.heard(engine.journal().heads());
        for (ViewFollower view : views) {
            if (!view.catchUp(CATCHING_UP)) {
                throw new IllegalStateException(view.name() + " has not taken everything in yet");
            }
        }
    }

    private static void next(TaskRun task, List<String> left, Tasks tasks) {
        if (left.isEmpty()) {
            tasks.schedule(DESTROY, task.key(), task.key(), asked(task), task.envelope(0));
        } else {
            tasks.schedule(
                    PART + left.getFirst(),
                    task.key(),
                    new Part(task.key(), left.subList(1, left.size())),
                    asked(task),
                    task.envelope(0));
        }
    }

    private static Instant asked(TaskRun task) {
        return task.envelope(0).at();
    }

    /** Modules that have written something and that a node hosts which is alive, or was within a day. */
    private List<String> hosted(List<String> here) {
        Set<String> hosted = new TreeSet<>(here);
        engine.journal().members().forEach(member -> hosted.addAll(member.roles()));
        Set<String> written = new TreeSet<>();
        for (PartitionId partition : engine.journal().heads().keySet()) {
            written.add(partition.module());
        }
        written.retainAll(hosted);
        return List.copyOf(written);
    }

    /** Forgets here whom anybody has forgotten since the last look; nothing, most of the time. */
    synchronized void look() {
        long forgotten = engine.keys().forgotten();
        if (forgotten != seen) {
            ring.forget();
            hosts.forEach(EntityHost::forget);
            tails.forget();
            seen = forgotten;
        }
        views.forEach(view -> view.forget(forgotten));
    }
}
