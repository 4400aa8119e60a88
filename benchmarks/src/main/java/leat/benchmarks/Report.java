package leat.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Collects the rows of one benchmark and prints them as a Markdown table. */
final class Report {
    private final String name;
    private final List<String[]> rows = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    void row(String what, String figure, String target) {
        rows.add(new String[] {what, figure, target});
        System.err.println("  " + what + ": " + figure);
    }

    static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    /** The value below which the given share of sorted samples lies. */
    static double percentile(long[] sortedNanos, double share) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.min(sortedNanos.length - 1, Math.floor(sortedNanos.length * share));
        return sortedNanos[index] / 1e6;
    }

    static long[] sorted(List<long[]> samples) {
        long[] all = samples.stream().flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("\n### ").append(name).append("\n\n| what | measured | target |\n|---|---|---|\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }
}
