package leat.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    @Test
    void a_value_is_counted_with_the_smallest_bound_that_it_does_not_exceed() {
        Histogram sizes = Histogram.ofSizes(512);
        for (long size : new long[] {1, 2, 3, 4, 512, 513}) {
            sizes.add(size);
        }
        Histogram.Counts counts = sizes.counts();
        assertThat(counts.bounds()).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L);
        assertThat(counts.counts()).containsExactly(1L, 1L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L);
        assertThat(counts.count()).isEqualTo(6);
        assertThat(counts.sum()).isEqualTo(1 + 2 + 3 + 4 + 512 + 513);
    }

    @Test
    void bounds_of_sizes_reach_as_far_as_the_largest() {
        assertThat(Histogram.ofSizes(5).counts().bounds()).isEqualTo(List.of(1L, 2L, 4L, 8L));
        assertThat(Histogram.ofSizes(1).counts().bounds()).isEqualTo(List.of(1L));
    }

    @Test
    void times_are_told_apart_from_a_tenth_of_a_millisecond_to_ten_seconds() {
        Histogram times = Histogram.ofTimes();
        times.add(0);
        times.add(Duration.ofMillis(7).toNanos());
        times.add(Duration.ofMinutes(1).toNanos());
        Histogram.Counts counts = times.counts();
        assertThat(counts.bounds().getFirst())
                .isEqualTo(Duration.ofNanos(100_000).toNanos());
        assertThat(counts.bounds().getLast()).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(counts.bounds()).isSorted();
        assertThat(counts.counts().getFirst()).isEqualTo(1);
        assertThat(counts.counts()
                        .get(counts.bounds().indexOf(Duration.ofMillis(10).toNanos())))
                .isEqualTo(1);
        assertThat(counts.counts().getLast()).isEqualTo(1);
    }
}
