package leat.kernel.test;

/** Says what a test did to the product and what it found, as a row of the table that {@code ./leat torture} prints. */
public final class Tally {
    private Tally() {}

    /**
     * Prints a row, once its test has found nothing wrong.
     *
     * @param what was done
     * @param times how often
     * @param found what is true after all of it
     * @param seed from which it can be done again
     */
    public static void row(String what, long times, String found, long seed) {
        System.out.printf("torture | %s | %,d | %s | %d |%n", what, times, found, seed);
    }
}
