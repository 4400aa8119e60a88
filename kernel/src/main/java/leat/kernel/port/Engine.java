package leat.kernel.port;

import java.util.List;

/**
 * Everything that carries Leat, from one supplier: opened by the supplier, closed once, after the runtime has drained.
 *
 * <p>All parts are safe for any number of threads unless they say otherwise.
 */
public interface Engine extends AutoCloseable {
    /** What the engine calls itself on the operations page: {@code embedded}, {@code distributed}, {@code memory}. */
    String name();

    /** Whether other processes may work on the same journal at the same time; the node then shares the partitions with them. */
    default boolean shared() {
        return false;
    }

    /**
     * Whether this process must be the only one, though its journal could be shared, for others would not see what it keeps
     * beside it; it is then refused to join others, and they to join it.
     */
    default boolean alone() {
        return false;
    }

    Journal journal();

    /** The keys of what is personal in the journal. */
    Keys keys();

    /** What wraps them; {@link MasterKey#NONE} where the store protects itself. */
    default MasterKey masterKey() {
        return MasterKey.NONE;
    }

    ViewStore views();

    Blobs blobs();

    Logs logs();

    Bus bus();

    /** What it leans on outside this process, as it is now; asks nobody and never waits. Usually nothing. */
    default List<Part> parts() {
        return List.of();
    }

    @Override
    void close();
}
