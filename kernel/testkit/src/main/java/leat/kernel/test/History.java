package leat.kernel.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was asked of one entity by many at once, and what they were answered; tells whether it is linearizable: whether all
 * could have happened one after the other, each between its question and its answer.
 *
 * <p>An event-sourced entity makes that easy to decide, for an answer names the version that it rests on. The versions are
 * the order. What is left to check: no two writings have the same version, the states at a version are the same for all,
 * and nobody who asked after another was answered got an older version than that other one. (A writing must be newer.)
 * Writings whose outcome is unknown may or may not have happened, and prove nothing.
 */
public final class History {
    private final ConcurrentLinkedQueue<Done> all = new ConcurrentLinkedQueue<>();

    /** An empty history. */
    public History() {}

    /**
     * @param wrote whether this was a writing, which made the version
     * @param asked when, by one clock for all: {@link System#nanoTime}
     */
    public record Done(boolean wrote, long version, Object state, long asked, long answered, String through) {}

    /** Adds what was done; any thread. */
    public void add(Done done) {
        all.add(done);
    }

    public int size() {
        return all.size();
    }

    /** What cannot have happened, in words; empty when the history is linearizable. */
    public Optional<String> broken() {
        List<Done> byAsking = new ArrayList<>(all);
        byAsking.sort(Comparator.comparingLong(Done::asked));
        return twice(byAsking).or(() -> backwards(byAsking));
    }

    private static Optional<String> twice(List<Done> history) {
        Map<Long, Done> writings = new HashMap<>();
        Map<Long, Done> states = new HashMap<>();
        for (Done done : history) {
            Done same = done.wrote ? writings.put(done.version, done) : null;
            if (same != null) {
                return Optional.of("two writings made version " + done.version + ": " + same + " and " + done);
            }
            Done seen = states.putIfAbsent(done.version, done);
            if (seen != null && !seen.state.equals(done.state)) {
                return Optional.of("version " + done.version + " had two states: " + seen + " and " + done);
            }
        }
        return Optional.empty();
    }

    /** Goes through the questions in order of time, and keeps the newest version among the answers that were before. */
    private static Optional<String> backwards(List<Done> byAsking) {
        PriorityQueue<Done> underWay = new PriorityQueue<>(Comparator.comparingLong(Done::answered));
        Optional<Done> newest = Optional.empty();
        for (Done done : byAsking) {
            while (!underWay.isEmpty() && underWay.peek().answered < done.asked) {
                Done before = underWay.remove();
                if (newest.isEmpty() || before.version > newest.get().version) {
                    newest = Optional.of(before);
                }
            }
            if (newest.isPresent()
                    && (done.version < newest.get().version || (done.wrote && done.version == newest.get().version))) {
                return Optional.of(done + " was asked after the answer of " + newest.get());
            }
            underWay.add(done);
        }
        return Optional.empty();
    }
}
