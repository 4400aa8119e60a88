package leat.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import leat.kernel.Refusal;

/**
 * Lets each key through at a steady rate with room for a burst: the generic cell rate algorithm (ITU-T I.371), one number a
 * key.
 *
 * <p>Memory is bounded: beyond {@code maxKeys} the key that was seen longest ago is forgotten, which forgives it. Safe for
 * any number of threads.
 */
public final class RateLimiter {
    private final long intervalNanos;
    private final long toleranceNanos;
    private final LongSupplier nanos;
    /** The time at which each key's bucket is empty again, in order of last use. */
    private final Map<String, Long> emptyAt;

    /**
     * @param times how many requests a key may make in each period; it may make them all at once
     * @param maxKeys how many keys are remembered
     * @param nanos a clock that never steps back, such as {@code System::nanoTime}
     */
    public RateLimiter(int times, Duration period, int maxKeys, LongSupplier nanos) {
        if (times < 1 || maxKeys < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a rate needs at least one time in a period above zero, and one key");
        }
        this.intervalNanos = Math.max(1, period.toNanos() / times);
        this.toleranceNanos = intervalNanos * (times - 1);
        this.nanos = nanos;
        this.emptyAt = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** Counts one request of a key; zero when it may pass, else how long until the next one may. */
    public synchronized Duration tryPass(String key) {
        long now = nanos.getAsLong();
        Long known = emptyAt.get(key);
        long empty = known == null || known - now < 0 ? now : known;
        long wait = empty - now - toleranceNanos;
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        emptyAt.put(key, empty + intervalNanos);
        return Duration.ZERO;
    }

    /**
     * Counts one request of a key.
     *
     * @throws leat.kernel.RefusedException with {@code rate.exhausted} when it must wait; the answer then says how long in
     *     Retry-After
     */
    public void pass(String key) {
        Duration wait = tryPass(key);
        if (!wait.isZero()) {
            String seconds = Problem.retryAfter(wait);
            throw Refusal.of(
                            Refusal.Kind.EXHAUSTED,
                            "rate.exhausted",
                            "Too many requests; try again in " + seconds + " s.")
                    .with("retryAfterSeconds", Long.parseLong(seconds))
                    .asException();
        }
    }
}
