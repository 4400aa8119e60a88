package leat.kernel.port;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Append-only text streams that can be read by offset and followed live.
 *
 * <p>Offsets count bytes from 0. One writer a log; any number of readers. What {@link #append} accepted is readable at
 * once by this process; it is durable after {@link #sync} or {@link #seal}.
 */
public interface Logs {
    /** Most bytes one append takes: 1 MiB. */
    int MAX_APPEND = 1 << 20;

    /**
     * Appends and returns the offset after it.
     *
     * @throws IOException when the log is sealed or the store fails
     */
    long append(String log, byte[] bytes) throws IOException;

    /** Returns once all that was appended would survive the loss of power. */
    void sync(String log) throws IOException;

    /** Ends the log: synced, no more appends, followers are told. */
    void seal(String log) throws IOException;

    /** Up to {@code limit} bytes from an offset; empty at the end. */
    byte[] read(String log, long offset, int limit) throws IOException;

    /** Bytes so far; 0 when there is no such log. */
    long size(String log) throws IOException;

    boolean sealed(String log) throws IOException;

    /**
     * Calls back with each further piece from {@code offset} on, in order, without a gap, starting with what is there;
     * then {@code ended} once the log is sealed. A slow follower is slowed by itself alone.
     *
     * @return closes the following
     */
    AutoCloseable follow(String log, long offset, Consumer<Piece> next, Runnable ended) throws IOException;

    /** Removes the log; absent is fine. */
    void remove(String log) throws IOException;

    record Piece(long offset, byte[] bytes) {}
}
