package leat.mocks.template;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Guesses which known name was meant by an unknown one: the nearest, when no more than a third of it is different. */
final class Suggestion {
    private static final int MAX_CHARS = 40;

    private Suggestion() {}

    /** "Did you mean …?", or else the sentence given. */
    static String orElse(String name, Collection<String> known, String otherwise) {
        String nearest = nearest(name, known);
        return nearest == null ? otherwise : "Did you mean \"" + nearest + "\"?";
    }

    private static @Nullable String nearest(String name, Collection<String> known) {
        if (name.length() > MAX_CHARS) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Characters to add, drop, change, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        int change = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
