package leat.kernel.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Counts measured values by size, for whoever wants to know the slowest hundredth and not only the mean.
 *
 * <p>Adding a value costs a search among a dozen bounds and two adders. A reading while values are added sees each count as
 * it is at that moment.
 */
public final class Histogram {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Histogram(long... bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, n -> new LongAdder());
    }

    /** For times in nanoseconds, told apart from 100 µs to 10 s. */
    static Histogram ofTimes() {
        return new Histogram(LongStream.of(
                        100 * MICRO,
                        250 * MICRO,
                        500 * MICRO,
                        1_000 * MICRO,
                        2_500 * MICRO,
                        5_000 * MICRO,
                        10 * MILLI,
                        25 * MILLI,
                        50 * MILLI,
                        100 * MILLI,
                        250 * MILLI,
                        500 * MILLI,
                        1_000 * MILLI,
                        2_500 * MILLI,
                        5_000 * MILLI,
                        10_000 * MILLI)
                .toArray());
    }

    /** For numbers of things, told apart by powers of two up to {@code most}. */
    static Histogram ofSizes(int most) {
        return new Histogram(LongStream.iterate(1, bound -> bound < 2L * most, bound -> bound * 2)
                .toArray());
    }

    void add(long value) {
        int place = Arrays.binarySearch(bounds, value);
        counts[place >= 0 ? place : -place - 1].increment();
        sum.add(value);
    }

    Counts counts() {
        List<Long> all = new ArrayList<>(counts.length);
        for (LongAdder count : counts) {
            all.add(count.sum());
        }
        return new Counts(LongStream.of(bounds).boxed().toList(), List.copyOf(all), sum.sum());
    }

    /**
     * How many values there were of each size since the start.
     *
     * @param bounds the largest value of each count, ascending; times in nanoseconds
     * @param counts one more than bounds: the last counts what is larger than all of them
     * @param sum of all values
     */
    public record Counts(List<Long> bounds, List<Long> counts, long sum) {
        /** How many values there were. */
        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }
}
