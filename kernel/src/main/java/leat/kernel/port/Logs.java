package leat.kernel.port;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Append-only text streams that can be read by offset and followed live.
 *
 * <p>Offsets count bytes from 0. One writer a log; any number of readers. What {@link #append} accepted is readable at
 * once by this process; it is durable after {@link #sync} or {@link #seal}.
 *
 * <p>A name is made of letters, digits, {@code . _ -} and {@code /}, as in {@code builds/01J0…/3}; every method refuses
 * another with an {@link IllegalArgumentException}.
 */
public interface Logs {
    /** Most bytes one append takes: 1 MiB. */
    int MAX_APPEND = 1 << 20;

    /** Characters of a name. */
    int MAX_NAME = 200;

    /** The form of a name. */
    Pattern NAME = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    /**
     * The name itself, when it is a good one: 1 to {@link #MAX_NAME} characters, and no part between slashes that is
     * empty or begins with a dot, so that no name leads out of the store.
     */
    static String checked(String log) {
        if (log.length() > MAX_NAME || !NAME.matcher(log).matches()) {
            throw new IllegalArgumentException("\"" + log + "\" is no name for a log: 1 to " + MAX_NAME
                    + " letters, digits, '.', '_', '-' and '/', no part empty or beginning with a dot");
        }
        return log;
    }

    /**
     * Appends and returns the offset after it.
     *
     * @throws IOException when the log is sealed or the store fails
     * @throws IllegalArgumentException when there are more than {@link #MAX_APPEND} bytes
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
     * then {@code ended} once the log is sealed or removed. A slow follower is slowed by itself alone. A log that does not
     * exist yet is waited for.
     *
     * @return closes the following
     */
    AutoCloseable follow(String log, long offset, Consumer<Piece> next, Runnable ended) throws IOException;

    /** Tells the name of every log, in any order; one that begins or is removed meanwhile may be told or not. */
    void each(Consumer<String> listener) throws IOException;

    /** Removes the log; absent is fine. */
    void remove(String log) throws IOException;

    record Piece(long offset, byte[] bytes) {}
}
