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

    /** Levenshtein's distance: characters to add, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
