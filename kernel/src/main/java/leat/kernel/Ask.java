package leat.kernel;

/**
 * A typed question; whoever asks does not know whether the answer comes from this process or another.
 *
 * @param <R> the answer, a record that can be written as JSON
 */
public interface Ask<R> {}
