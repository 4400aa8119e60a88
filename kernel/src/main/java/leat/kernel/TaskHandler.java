package leat.kernel;

/**
 * Does a task. Returning is success; throwing is a failed attempt, tried again later with backoff; throwing
 * {@link HopelessException} parks the task at once.
 *
 * <p>It may be run again after a crash even though it had finished, so what it does outside must bear repetition.
 */
@FunctionalInterface
public interface TaskHandler {
    void run(TaskRun task) throws Exception;
}
