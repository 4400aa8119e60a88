package leat.web.ui;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts, line by line, with three unchanged lines around each change.
 *
 * <p>A longest common subsequence over the lines that remain after the common beginning and end are set aside. Its table is
 * limited to {@value #MAX_CELLS} cells (16 MB); beyond that the whole middle counts as replaced, which is true if coarse.
 */
public record Diff(List<Line> lines, int added, int removed) {
    static final int MAX_CELLS = 4_000_000;
    private static final int CONTEXT = 3;

    /** What became of a line. */
    public enum Change {
        SAME,
        ADDED,
        REMOVED,
        /** Unchanged lines left out; {@link Line#text} says how many. */
        SKIPPED
    }

    /**
     * @param before the line's number in the old text, 0 where it had none
     * @param after the same for the new text
     */
    public record Line(Change change, int before, int after, String text) {
        public String css() {
            return switch (change) {
                case ADDED -> "diff-added";
                case REMOVED -> "diff-removed";
                case SAME -> "diff-same";
                case SKIPPED -> "diff-skip";
            };
        }

        public String sign() {
            return switch (change) {
                case ADDED -> "+";
                case REMOVED -> "−";
                case SAME, SKIPPED -> "";
            };
        }
    }

    public static Diff of(String before, String after) {
        var all = compare(lines(before), lines(after));
        int added =
                (int) all.stream().filter(line -> line.change == Change.ADDED).count();
        int removed =
                (int) all.stream().filter(line -> line.change == Change.REMOVED).count();
        return new Diff(folded(all), added, removed);
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static List<Line> compare(List<String> old, List<String> now) {
        int start = 0;
        while (start < Math.min(old.size(), now.size()) && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        var lines = new ArrayList<Line>(now.size() + 16);
        for (int i = 0; i < start; i++) {
            lines.add(new Line(Change.SAME, i + 1, i + 1, now.get(i)));
        }
        middle(old, start, old.size() - end, now, start, now.size() - end, lines);
        for (int i = end; i > 0; i--) {
            int before = old.size() - i;
            lines.add(new Line(Change.SAME, before + 1, now.size() - i + 1, old.get(before)));
        }
        return lines;
    }

    private static void middle(
            List<String> old, int oldFrom, int oldTo, List<String> now, int nowFrom, int nowTo, List<Line> lines) {
        int rows = oldTo - oldFrom;
        int columns = nowTo - nowFrom;
        boolean fits = (long) (rows + 1) * (columns + 1) <= MAX_CELLS;
        int[][] common = fits ? new int[rows + 1][columns + 1] : new int[0][];
        for (int row = rows - 1; fits && row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                common[row][column] = old.get(oldFrom + row).equals(now.get(nowFrom + column))
                        ? common[row + 1][column + 1] + 1
                        : Math.max(common[row + 1][column], common[row][column + 1]);
            }
        }
        int row = 0;
        int column = 0;
        while (row < rows || column < columns) {
            var isBoth = row < rows && column < columns;
            if (fits && isBoth && old.get(oldFrom + row).equals(now.get(nowFrom + column))) {
                lines.add(new Line(Change.SAME, oldFrom + ++row, nowFrom + ++column, old.get(oldFrom + row - 1)));
            } else if (row < rows && (!isBoth || !fits || common[row + 1][column] >= common[row][column + 1])) {
                lines.add(new Line(Change.REMOVED, oldFrom + ++row, 0, old.get(oldFrom + row - 1)));
            } else {
                lines.add(new Line(Change.ADDED, 0, nowFrom + ++column, now.get(nowFrom + column - 1)));
            }
        }
    }

    private static List<Line> folded(List<Line> all) {
        var isShown = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).change == Change.SAME) {
                continue;
            }
            for (int near = Math.max(0, i - CONTEXT); near <= Math.min(all.size() - 1, i + CONTEXT); near++) {
                isShown[near] = true;
            }
        }
        var kept = new ArrayList<Line>();
        for (int i = 0; i < all.size(); ) {
            if (isShown[i]) {
                kept.add(all.get(i++));
                continue;
            }
            int from = i;
            while (i < all.size() && !isShown[i]) {
                i++;
            }
            int left = i - from;
            kept.add(new Line(Change.SKIPPED, 0, 0, left + (left == 1 ? " unchanged line" : " unchanged lines")));
        }
        return List.copyOf(kept);
    }
}
