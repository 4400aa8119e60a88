package leat.kernel;

import java.util.List;

/**
 * The entities of one type: tell them commands, read their state and their history.
 *
 * <p>Commands to one entity are decided one after the other; different entities do not wait for each other. Call from a
 * virtual thread, for every method may wait.
 */
public interface Entities<C, E, S> {
    /**
     * Has the entity decide a command, and returns once the outcome is durable.
     *
     * @throws RefusedException when the decider or a claim says no; nothing has changed
     * @throws OverloadedException when the queue is full; nothing has changed
     * @throws leat.kernel.port.JournalException when the store fails; the same command id may be sent again
     */
    Answer<S> tell(String id, C command, Envelope envelope);

    /**
     * The same, if the entity is at the version that the caller has seen.
     *
     * @throws RefusedException of kind STALE otherwise, with the present version as detail {@code version}
     */
    Answer<S> tell(String id, long expectedVersion, C command, Envelope envelope);

    /** The entity as it durably stands; one to which nothing happened has version 0 and the initial state. */
    Answer<S> get(String id);

    /**
     * Its events after a version, oldest first.
     *
     * @param limit 1 to 1,000
     */
    List<Recorded<E>> history(String id, long afterVersion, int limit);

    /** Its state as it was at a version. */
    S at(String id, long version);
}
