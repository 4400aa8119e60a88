package leat.kernel;

import java.time.Duration;

/**
 * How a kind of task is tried.
 *
 * @param attempts tries before it is parked
 * @param firstBackoff wait after the first failure; doubled after each further one
 * @param maxBackoff longest wait
 * @param concurrency most tasks of this kind at once on one node
 */
public record TaskPolicy(int attempts, Duration firstBackoff, Duration maxBackoff, int concurrency) {
    /** Eight tries over about two minutes, four at a time. */
    public static final TaskPolicy DEFAULT = new TaskPolicy(8, Duration.ofSeconds(1), Duration.ofMinutes(10), 4);

    public TaskPolicy attempts(int attempts) {
        return new TaskPolicy(attempts, firstBackoff, maxBackoff, concurrency);
    }

    public TaskPolicy backoff(Duration first, Duration max) {
        return new TaskPolicy(attempts, first, max, concurrency);
    }

    public TaskPolicy concurrency(int concurrency) {
        return new TaskPolicy(attempts, firstBackoff, maxBackoff, concurrency);
    }

    /** How long to wait after the {@code attempt}-th failure. */
    public Duration backoffAfter(int attempt) {
        Duration wait = firstBackoff.multipliedBy(1L << Math.min(attempt - 1, 30));
        return wait.compareTo(maxBackoff) > 0 ? maxBackoff : wait;
    }
}
