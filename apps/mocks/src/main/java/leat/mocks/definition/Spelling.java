package leat.mocks.definition;

import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Spelling {
    private static final int LONGEST = 64;

    private Spelling() {}

    /** "Did you mean …?" when one of the words is close. */
    static Optional<String> advice(String word, String... known) {
        String best = "";
        int closest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < closest && isClose(distance, word, candidate)) {
                closest = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of("Did you mean `" + best + "`?");
    }

    /** Whether words at this distance look like each other: at most a third of the longer differs. */
    public static boolean isClose(int distance, String word, String other) {
        return distance <= Math.max(1, Math.max(word.length(), other.length()) / 3);
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours that turn one into the other (optimal string
     * alignment); words longer than 64 characters are far from everything but themselves.
     */
    public static int distance(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[b.length()];
    }
}
