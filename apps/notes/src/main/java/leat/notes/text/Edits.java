package leat.notes.text;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.algorithm.myers.MyersDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What makes one list out of another: the stretches that were replaced, in their order, as few as Myers' algorithm finds.
 *
 * <p>Its work grows with the square of what differs. Where more than {@value #MAX_STEPS} entries do, all between the first
 * and the last difference counts as one replacement, which is true if coarse.
 */
final class Edits {
    static final int MAX_STEPS = 1_000;

    private Edits() {}

    /** The entries {@code [from, to)} of the old list became the entries {@code [newFrom, newTo)} of the new one. */
    record Edit(int from, int to, int newFrom, int newTo) {}

    static List<Edit> between(List<String> before, List<String> after) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        var all = new Edit(start, before.size() - end, start, after.size() - end);
        if (all.from() == all.to() && all.newFrom() == all.newTo()) {
            return List.of();
        }
        if (all.from() == all.to() || all.newFrom() == all.newTo()) {
            return List.of(all);
        }
        return compared(before, after, all);
    }

    private static List<Edit> compared(List<String> before, List<String> after, Edit all) {
        List<Change> changes;
        try {
            changes = new MyersDiff<String>()
                    .computeDiff(
                            before.subList(all.from(), all.to()),
                            after.subList(all.newFrom(), all.newTo()),
                            new StepLimit());
        } catch (TooDifferentException e) {
            return List.of(all);
        }
        var edits = new ArrayList<Edit>(changes.size());
        for (Change it : changes) {
            edits.add(new Edit(
                    all.from() + it.startOriginal,
                    all.from() + it.endOriginal,
                    all.newFrom() + it.startRevised,
                    all.newFrom() + it.endRevised));
        }
        edits.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::newFrom));
        return List.copyOf(edits);
    }

    /** The algorithm tells of each step, which is a further difference; it knows no other way to be stopped. */
    private static final class StepLimit implements DiffAlgorithmListener {
        @Override
        public void diffStart() {}

        @Override
        public void diffStep(int step, int most) {
            if (step > MAX_STEPS) {
                throw new TooDifferentException();
            }
        }

        @Override
        public void diffEnd() {}
    }

    @SuppressWarnings("serial")
    private static final class TooDifferentException extends RuntimeException {
        TooDifferentException() {
            super("too different", null, false, false);
        }
    }
}
