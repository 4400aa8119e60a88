package leat.kernel.port;

import java.util.List;

/** What became of one {@link Write}. */
public sealed interface Outcome {
    /**
     * Durable.
     *
     * @param position of the last event appended
     * @param version of the stream after it
     */
    record Appended(long position, long version) implements Outcome {}

    /**
     * The command was done before, and this is what it did.
     *
     * @param version of the stream after it
     */
    record Duplicate(StreamId stream, long position, long version) implements Outcome {}

    record VersionConflict(long actual) implements Outcome {}

    /** @param holder the stream that holds the name */
    record ClaimTaken(String space, String name, StreamId holder) implements Outcome {}

    record Fenced(String reason) implements Outcome {}

    record Leased(Lease lease) implements Outcome {}

    record Joined(Member member) implements Outcome {}

    record Claimed(List<StoredTask> tasks) implements Outcome {}

    record Done() implements Outcome {}

    record Missing() implements Outcome {}
}
