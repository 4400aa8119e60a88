package leat.kernel.test;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs a randomized test so that a failure can be replayed: the failure's message ends with the seed, and
 * {@code -Dseed=…} uses that seed again.
 */
public final class Seed {
    private Seed() {}

    /** The seed of {@code -Dseed=…}, or a new one. */
    public static long next() {
        Long given = Long.getLong("seed");
        return given != null ? given : ThreadLocalRandom.current().nextLong();
    }

    /** Runs a test once with a random of {@link #next()}. */
    public static void replayable(Test test) throws Exception {
        replayable(1, test);
    }

    /** Runs a test a number of times, each with a seed of its own; once only when {@code -Dseed=…} is given. */
    public static void replayable(int times, Test test) throws Exception {
        int rounds = Long.getLong("seed") != null ? 1 : times;
        for (int i = 0; i < rounds; i++) {
            long seed = next();
            try {
                test.run(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(e.getMessage() + "\nreplay with -Dseed=" + seed, e);
            }
        }
    }

    /** A test that takes every choice from {@code random}. */
    public interface Test {
        void run(Random random) throws Exception;
    }
}
