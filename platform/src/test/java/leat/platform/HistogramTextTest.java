package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.kernel.runtime.Histogram;
import org.junit.jupiter.api.Test;

final class HistogramTextTest {
    @Test
    void each_bucket_counts_what_is_below_it_too_and_times_are_seconds() {
        var text = new HistogramText();
        text.times(
                "leat_ask_seconds",
                "Questions",
                List.of(new HistogramText.Series(
                        Map.of("module", "notes"),
                        new Histogram.Counts(List.of(500_000L, 1_000_000_000L), List.of(2L, 3L, 1L), 4_500_000_000L))));
        assertThat(text.toString()).isEqualTo("""
                        # HELP leat_ask_seconds Questions
                        # TYPE leat_ask_seconds histogram
                        leat_ask_seconds_bucket{module="notes",le="5.0E-4"} 2
                        leat_ask_seconds_bucket{module="notes",le="1"} 5
                        leat_ask_seconds_bucket{module="notes",le="+Inf"} 6
                        leat_ask_seconds_count{module="notes"} 6
                        leat_ask_seconds_sum{module="notes"} 4.5
                        """);
    }

    @Test
    void what_was_never_measured_is_not_told() {
        var text = new HistogramText();
        text.times("leat_ask_seconds", "Questions", List.of());
        assertThat(text.toString()).isEmpty();
    }
}
