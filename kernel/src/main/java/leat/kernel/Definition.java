package leat.kernel;

import java.time.Clock;
import java.util.function.Function;
import leat.kernel.port.Blobs;
import leat.kernel.port.Logs;

/**
 * What a module says about itself while it is mounted. The handles it gets in return work from the moment the node has
 * started; using one earlier is an {@link IllegalStateException}.
 */
public interface Definition {
    <C, E, S> Entities<C, E, S> entity(EntityType<C, E, S> type);

    Reader view(View view);

    void process(Process<?> process);

    void task(String kind, TaskPolicy policy, TaskHandler handler);

    /** Answers questions of a type, from this process or another. */
    <R, Q extends Ask<R>> void serves(Class<Q> question, Function<Q, R> answer);

    /** Does this module's part when a person is forgotten, see {@link Decision.Accepted#forget}. */
    void forgets(Forgetting forgetting);

    /** Adds a thing for an edge to collect, such as a table of routes. */
    <T> void adds(Class<T> kind, T thing);

    /** Runs after the node has started, before it is ready. */
    void onStart(Runnable action);

    /** Runs when the node drains, after edges have stopped asking. */
    void onStop(Runnable action);

    Asks asks();

    Announcements announcements();

    Tasks tasks();

    Blobs blobs();

    Logs logs();

    Clock clock();

    Ids ids();
}
