package leat.web.ui;

import java.util.List;
import java.util.stream.IntStream;

/** Figures for the gallery's charts. */
final class Plots {
    record Data(List<Long> x, List<Series> series) {}

    record Series(String label, List<Double> y) {}

    private Plots() {}

    static Data latency() {
        var x = IntStream.range(0, 60)
                .mapToObj(i -> Gallery.NOW.getEpochSecond() - (60 - i) * 60L)
                .toList();
        return new Data(x, List.of(new Series("p50", wave(2, .4)), new Series("p99", wave(8, 2.5))));
    }

    private static List<Double> wave(double base, double swing) {
        return IntStream.range(0, 60)
                .mapToObj(i ->
                        Math.round((base + swing * Math.sin(i / 5.0) + swing / 3 * Math.sin(i * 1.7)) * 100) / 100.0)
                .toList();
    }
}
