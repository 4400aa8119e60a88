package leat.web.ui;

import java.util.List;
import java.util.Locale;

/** The points of a small line, scaled to a box of 100 by 24 with nothing below zero. */
record Sparkline(String line, String area) {
    private static final double WIDTH = 100;
    private static final double HEIGHT = 24;

    static Sparkline of(List<? extends Number> values) {
        double highest = values.stream().mapToDouble(Number::doubleValue).max().orElse(0);
        var points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = values.size() == 1 ? WIDTH : i * WIDTH / (values.size() - 1);
            double share = highest <= 0 ? 0 : Math.max(0, values.get(i).doubleValue()) / highest;
            points.append(String.format(
                    Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x, HEIGHT - 1 - share * (HEIGHT - 2)));
        }
        var line = points.toString();
        return new Sparkline(line, line.isEmpty() ? "" : "0," + (int) HEIGHT + " " + line + " 100," + (int) HEIGHT);
    }
}
