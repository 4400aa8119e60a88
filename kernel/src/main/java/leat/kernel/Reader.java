package leat.kernel;

import java.time.Duration;
import java.util.function.Function;
import leat.kernel.sql.Sql;

/** Reads one view's tables. */
public interface Reader {
    /** Longest sensible wait for a view to catch up with a command. */
    Duration PATIENCE = Duration.ofSeconds(2);

    /** Runs on a consistent snapshot of the view; it must not write. */
    <T> T read(Function<Sql, T> query);

    /**
     * Waits until the view shows everything up to a position, so that people see what they just wrote.
     *
     * @return whether it does; false when the time ran out, and the reading would be a little old
     */
    boolean await(Position position, Duration patience);

    /** Waits for what an answer rests on, then reads. */
    default <T> T readAfter(Answer<?> answer, Function<Sql, T> query) {
        await(answer.position(), PATIENCE);
        return read(query);
    }
}
