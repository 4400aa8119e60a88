package leat.kernel.test;

import java.util.Random;

/**
 * Says what happens at each commit of a {@link CrashingJournal}; commits count from 1.
 *
 * <p>Every choice is a pure function of the number of the commit, so a crash can be replayed.
 */
public interface CrashPoints {
    What at(long commit);

    /** What becomes of a commit. */
    enum What {
        /** It goes well. */
        NOTHING,
        /** It is refused by the store with a {@link leat.kernel.port.JournalException} and nothing is changed; the next may go well. */
        FAIL,
        /** The process dies first: the group is lost. */
        DIE_BEFORE,
        /** The process dies afterwards: the group is durable and its caller never learns. */
        DIE_AFTER
    }

    static CrashPoints never() {
        return commit -> What.NOTHING;
    }

    static CrashPoints at(long commit, What what) {
        return number -> number == commit ? what : What.NOTHING;
    }

    /** One commit in {@code oneIn} ends in one of the three ways, chosen by the seed. */
    static CrashPoints seeded(long seed, int oneIn) {
        return commit -> {
            Random random = new Random(seed * 31 + commit);
            if (random.nextInt(oneIn) != 0) {
                return What.NOTHING;
            }
            return switch (random.nextInt(3)) {
                case 0 -> What.FAIL;
                case 1 -> What.DIE_BEFORE;
                default -> What.DIE_AFTER;
            };
        };
    }
}
