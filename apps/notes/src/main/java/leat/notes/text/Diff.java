package leat.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The difference of two versions, line by line, with the words that changed marked within lines, and three unchanged lines
 * around each change.
 *
 * @param added how many lines
 * @param removed how many lines
 */
public record Diff(List<Line> lines, int added, int removed) {
    private static final int CONTEXT = 3;

    /** Words, runs of spaces, and every other character alone. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+|\\s+|\\X");

    /** When more of a line than this share of its characters is new, marks would say nothing. */
    private static final double MOST_MARKED = 0.7;

    /** What became of a line. */
    public enum Change {
        SAME,
        ADDED,
        REMOVED,
        /** Unchanged lines left out; the text says how many. */
        SKIPPED
    }

    /** @param changed whether it is what differs from the line that this one replaced or was replaced by */
    public record Part(String text, boolean changed) {}

    /**
     * One line.
     *
     * @param before its number in the old version, from 1; 0 where it had none
     * @param after the same for the new version
     * @param parts make up its text
     */
    public record Line(Change change, int before, int after, List<Part> parts) {
        public Line {
            parts = List.copyOf(parts);
        }

        public String text() {
            return String.join("", parts.stream().map(Part::text).toList());
        }
    }

    public Diff {
        lines = List.copyOf(lines);
    }

    public static Diff between(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        var all = new ArrayList<Line>(now.size() + 16);
        int done = 0;
        int doneNow = 0;
        int added = 0;
        int removed = 0;
        for (Edits.Edit edit : Edits.between(old, now)) {
            same(all, old, done, edit.from(), doneNow);
            replaced(all, old, now, edit);
            done = edit.to();
            doneNow = edit.newTo();
            removed += edit.to() - edit.from();
            added += edit.newTo() - edit.newFrom();
        }
        same(all, old, done, old.size(), doneNow);
        return new Diff(folded(all), added, removed);
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    /** A line break stands between two lines; so a text of one line without any is the same as a list of one. */
    static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static void same(List<Line> all, List<String> old, int from, int to, int now) {
        for (int i = from; i < to; i++) {
            all.add(new Line(Change.SAME, i + 1, now + (i - from) + 1, List.of(new Part(old.get(i), false))));
        }
    }

    /** The first line that went is compared with the first that came, and so on. */
    private static void replaced(List<Line> all, List<String> old, List<String> now, Edits.Edit edit) {
        int pairs = Math.min(edit.to() - edit.from(), edit.newTo() - edit.newFrom());
        var came = new ArrayList<Line>();
        for (int i = edit.from(); i < edit.to(); i++) {
            int pair = i - edit.from();
            var marked = pair < pairs
                    ? Marked.of(old.get(i), now.get(edit.newFrom() + pair))
                    : new Marked(List.of(new Part(old.get(i), false)), List.of());
            all.add(new Line(Change.REMOVED, i + 1, 0, marked.before()));
            if (pair < pairs) {
                came.add(new Line(Change.ADDED, 0, edit.newFrom() + pair + 1, marked.after()));
            }
        }
        for (int i = edit.newFrom() + pairs; i < edit.newTo(); i++) {
            came.add(new Line(Change.ADDED, 0, i + 1, List.of(new Part(now.get(i), false))));
        }
        all.addAll(came);
    }

    /** A line and the one in its place, each in parts. */
    private record Marked(List<Part> before, List<Part> after) {
        static Marked of(String before, String after) {
            List<String> old = words(before);
            List<String> now = words(after);
            List<Edits.Edit> edits = Edits.between(old, now);
            var marked = new Marked(
                    parts(old, edits.stream().map(it -> new int[] {it.from(), it.to()})),
                    parts(now, edits.stream().map(it -> new int[] {it.newFrom(), it.newTo()})));
            return isTelling(marked.before, before) && isTelling(marked.after, after)
                    ? marked
                    : new Marked(List.of(new Part(before, false)), List.of(new Part(after, false)));
        }

        private static List<Part> parts(List<String> words, Stream<int[]> changed) {
            var parts = new ArrayList<Part>();
            var done = new int[1];
            changed.forEach(it -> {
                add(parts, words, done[0], it[0], false);
                add(parts, words, it[0], it[1], true);
                done[0] = it[1];
            });
            add(parts, words, done[0], words.size(), false);
            return parts;
        }

        private static void add(List<Part> parts, List<String> words, int from, int to, boolean changed) {
            if (from < to) {
                parts.add(new Part(String.join("", words.subList(from, to)), changed));
            }
        }

        private static boolean isTelling(List<Part> parts, String line) {
            int marked = parts.stream()
                    .filter(Part::changed)
                    .mapToInt(it -> it.text().length())
                    .sum();
            return marked <= line.length() * MOST_MARKED;
        }

        private static List<String> words(String line) {
            return WORD.matcher(line).results().map(MatchResult::group).toList();
        }
    }

    private static List<Line> folded(List<Line> all) {
        var isShown = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).change() != Change.SAME) {
                int to = Math.min(all.size(), i + CONTEXT + 1);
                for (int near = Math.max(0, i - CONTEXT); near < to; near++) {
                    isShown[near] = true;
                }
            }
        }
        var kept = new ArrayList<Line>();
        for (int i = 0; i < all.size(); ) {
            int from = i;
            while (i < all.size() && !isShown[i]) {
                i++;
            }
            if (i > from) {
                String left = (i - from) + (i - from == 1 ? " unchanged line" : " unchanged lines");
                kept.add(new Line(Change.SKIPPED, 0, 0, List.of(new Part(left, false))));
            } else {
                kept.add(all.get(i++));
            }
        }
        return kept;
    }
}
