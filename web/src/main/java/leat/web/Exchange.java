package leat.web;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request at a {@link FrontDoor} and its answer: a thin view on the listener's own objects, nothing copied unless asked
 * for.
 *
 * <p>To be used on its event loop only, except {@link #onLoop}. An answer is either whole ({@link #answer}) or in pieces
 * ({@link #begin}, {@link #write}, {@link #end}), or none ({@link #drop}).
 */
public interface Exchange {
    String method();

    /** The host that the client named, as {@link FrontDoor#takes} was given it: lower case, without a port, or empty. */
    String host();

    /** Path and query as sent. */
    String uri();

    /** The path as sent, without the query. */
    String path();

    /** The first value of a header by its name in any case; null without one. */
    @Nullable
    String header(CharSequence name);

    /** Gives every header field in the order sent; a name may come more than once. */
    void eachHeader(BiConsumer<String, String> field);

    /** The address of the peer, which may be a proxy. */
    String peerAddress();

    /**
     * Gives the whole body as soon as it is there; at once when there is none. To be called in {@link FrontDoor#serve}
     * itself, at most once; a body that is not asked for is skipped. Not called when the client leaves early.
     *
     * @param maxBytes beyond this, the exchange answers 413 by itself and the consumer is not called; likewise 408 when the
     *     body takes longer than {@link ServerSettings.Timeouts#body}
     */
    void body(int maxBytes, Consumer<byte[]> whole);

    /** Sets a header of the answer, replacing one of that name; not trusted, so refused when it could not be sent. */
    Exchange header(CharSequence name, CharSequence value);

    /** Adds another header of the answer under the same name. */
    Exchange addHeader(CharSequence name, CharSequence value);

    /** Sends the whole answer. Not a copy: the bytes must not change any more. */
    void answer(int status, byte[] body);

    /** Sends the head of an answer in pieces. */
    void begin(int status);

    /** Sends a piece of an answer that was begun. */
    void write(byte[] bytes);

    /** Whether the network is behind with what was written; a patient writer waits a little, by {@link #after}. */
    boolean isCongested();

    /** Ends an answer that was begun. */
    void end();

    /** Closes the connection without an answer, or in the middle of one. */
    void drop();

    /** Runs an action on this loop later; not when the client has left by then. */
    void after(Duration delay, Runnable action);

    /** Runs an action on this loop, soon; may be called from any thread. */
    void onLoop(Runnable action);
}
