package leat.kernel.port;

import org.jspecify.annotations.Nullable;

/**
 * One of the fixed number of streams of positions into which a module's entities are spread by a hash of their id.
 *
 * @param module the module that owns the entities: {@code mocks}
 * @param number 0 to {@link #COUNT} − 1
 */
public record PartitionId(String module, int number) implements Comparable<PartitionId> {
    /** Partitions of a module; the same on every engine so that a data folder can move house. */
    public static final int COUNT = 16;

    /** The partition of an entity; stable for ever, because stored positions depend on it. */
    public static PartitionId of(String module, StreamId stream) {
        int hash = 0x811c9dc5;
        String id = stream.id();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x01000193;
        }
        hash ^= hash >>> 15;
        return new PartitionId(module, Math.floorMod(hash, COUNT));
    }

    /** Reads {@code mocks/3}. */
    public static PartitionId parse(String text) {
        int slash = text.lastIndexOf('/');
        return new PartitionId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    // Written out, as in StreamId: a record's own are put together at their first call, which every start would wait
    // for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartitionId that && number == that.number && module.equals(that.module);
    }

    @Override
    public int hashCode() {
        return 31 * module.hashCode() + number;
    }

    @Override
    public int compareTo(PartitionId other) {
        int byModule = module.compareTo(other.module);
        return byModule != 0 ? byModule : Integer.compare(number, other.number);
    }

    /** {@code mocks/3} */
    @Override
    public String toString() {
        return module + "/" + number;
    }
}
