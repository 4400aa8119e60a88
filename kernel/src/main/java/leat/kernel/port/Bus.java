package leat.kernel.port;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Carries what need not last: doorbells and announcements, lost when nobody listens, and requests, which somebody
 * answers now or nobody does.
 *
 * <p>Delivery of messages is in order per sender and topic, at most once, on a thread of the bus; a listener that is
 * slower than its bounded queue loses the oldest and is told by {@link Message#lost()}. Requests have no order: each is
 * answered on a virtual thread of its own.
 */
public interface Bus {
    /** Messages a slow listener may be behind. */
    int QUEUE = 1_024;

    /** Largest payload in bytes, of a message, a request and a reply: 512 KiB, half of what NATS takes as it comes. */
    int MAX_BYTES = 512 << 10;

    /** Requests under way that one process has sent, and those that it answers at the same time. */
    int MAX_REQUESTS = 1_024;

    /** Neither waits nor fails when the bus is away; the message is lost then for those who listen elsewhere. */
    void publish(String topic, byte[] payload);

    /** @param topic exact, or a prefix that ends in {@code *} */
    AutoCloseable subscribe(String topic, Consumer<Message> listener);

    /**
     * Sends a request to whoever serves the topic, to this process itself when it does, and else to one that does.
     *
     * @param deadline how long the reply is waited for; more than nothing
     * @return the reply, or a failure that is always a {@link RequestException}; the future may be completed on a thread
     *     of the bus, so what is chained to it must not wait
     * @throws IllegalArgumentException when the payload is larger than {@link #MAX_BYTES}
     */
    CompletableFuture<byte[]> request(String topic, byte[] payload, Duration deadline);

    /**
     * Answers requests for a topic until closed; closing waits for none that is under way. Other processes may find for a
     * moment after this call that nobody serves it.
     *
     * @param topic exact
     * @throws IllegalStateException when this process serves the topic already
     */
    AutoCloseable serve(String topic, Responder responder);

    /** Refuses what is larger than {@link #MAX_BYTES}. */
    static byte[] checked(byte[] payload) {
        if (payload.length > MAX_BYTES) {
            throw new IllegalArgumentException("a message on the bus has at most " + MAX_BYTES + " bytes, not "
                    + payload.length + "; put larger things in a blob");
        }
        return payload;
    }

    /** @param lost how many messages were dropped for this listener just before this one */
    record Message(String topic, byte[] payload, long lost) {}

    /** @param remaining how long the asker will still wait */
    record Request(String topic, byte[] payload, Duration remaining) {}

    /** Answers a request; may block, and is interrupted by nobody. */
    @FunctionalInterface
    interface Responder {
        /** @return the reply, at most {@link #MAX_BYTES}; what is thrown reaches the asker as a failure */
        byte[] answer(Request request) throws Exception;
    }
}
