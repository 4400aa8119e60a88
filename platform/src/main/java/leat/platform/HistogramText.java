package leat.platform;

import java.util.List;
import java.util.Map;
import leat.kernel.runtime.Histogram;

/** Histograms as Prometheus reads them: text format 0.0.4, buckets that each count what is below them too. */
final class HistogramText {
    private static final double NANOS = 1e9;

    private final StringBuilder text = new StringBuilder();

    /** Times in nanoseconds, told in seconds. */
    void times(String name, String description, List<Series> all) {
        histogram(name, description, all, NANOS);
    }

    void sizes(String name, String description, Histogram.Counts counts) {
        histogram(name, description, List.of(new Series(Map.of(), counts)), 1);
    }

    /** @param labels whose values need no quoting */
    record Series(Map<String, String> labels, Histogram.Counts counts) {}

    private void histogram(String name, String description, List<Series> all, double unit) {
        if (all.isEmpty()) {
            return;
        }
        text.append("# HELP ").append(name).append(' ').append(description).append('\n');
        text.append("# TYPE ").append(name).append(" histogram\n");
        for (Series series : all) {
            StringBuilder labels = new StringBuilder();
            series.labels.forEach((label, value) ->
                    labels.append(label).append("=\"").append(value).append("\","));
            long below = 0;
            for (int i = 0; i < series.counts.counts().size(); i++) {
                below += series.counts.counts().get(i);
                String bound = i < series.counts.bounds().size()
                        ? number(series.counts.bounds().get(i) / unit)
                        : "+Inf";
                text.append(name)
                        .append("_bucket{")
                        .append(labels)
                        .append("le=\"")
                        .append(bound)
                        .append("\"} ");
                text.append(below).append('\n');
            }
            String braces = labels.isEmpty() ? "" : "{" + labels.substring(0, labels.length() - 1) + "}";
            text.append(name)
                    .append("_count")
                    .append(braces)
                    .append(' ')
                    .append(below)
                    .append('\n');
            text.append(name).append("_sum").append(braces).append(' ');
            text.append(number(series.counts.sum() / unit)).append('\n');
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
