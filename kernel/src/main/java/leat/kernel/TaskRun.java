package leat.kernel;

import java.util.UUID;

/** One attempt at a task, leased to this node; the lease is kept alive while the handler runs. */
public interface TaskRun {
    UUID id();

    String kind();

    String key();

    /** 1 for the first try. */
    int attempt();

    <T> T payload(Class<T> type);

    /**
     * The envelope for the {@code n}-th command this task sends: its command id is derived from the task, so a repeated
     * attempt repeats the command, not its effect.
     */
    Envelope envelope(int n);

    /** Whether the node is draining or the lease is lost; a long task should stop soon and throw. */
    boolean cancelled();
}
