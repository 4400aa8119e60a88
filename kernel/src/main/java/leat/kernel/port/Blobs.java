package leat.kernel.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stored bytes by content: the same bytes have the same name, are stored once and never change.
 *
 * <p>A blob that {@link #put} returned survives any crash. A put that did not finish leaves nothing behind that
 * {@link #open} can see.
 */
public interface Blobs {
    /** The largest blob, in bytes: 5 GiB. */
    long MAX_BYTES = 5L << 30;

    /**
     * Stores a stream, never holding it in memory.
     *
     * @throws IOException when the source or the store fails, or the limit is passed; nothing is kept then
     */
    Blob put(InputStream source) throws IOException;

    /** @throws IOException when the store fails */
    Optional<InputStream> open(String hash) throws IOException;

    Optional<Blob> find(String hash) throws IOException;

    /** Tells every blob, in any order; one that is put or removed meanwhile may be told or not. */
    void each(Consumer<Blob> listener) throws IOException;

    /** Removes a blob; absent is fine. */
    void remove(String hash) throws IOException;

    /**
     * @param hash SHA-256 of the content as 64 lower-case hex digits
     * @param size in bytes
     */
    record Blob(String hash, long size) {}
}
