package leat.kernel;

/**
 * What a module does when a person is forgotten: ends and removes what is theirs, by commands, before their key is
 * destroyed and what they wrote can no longer be read.
 *
 * <p>Runs as a task: again when it throws, and perhaps again although it had finished, so it must bear repetition.
 */
@FunctionalInterface
public interface Forgetting {
    /** @param person the id under which {@link Subject} names them */
    void forget(String person, TaskRun task) throws Exception;
}
