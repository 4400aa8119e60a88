package leat.kernel.port;

import java.util.function.Consumer;

/**
 * Carries what need not last: doorbells and announcements, lost when nobody listens.
 *
 * <p>Delivery is in order per sender and topic, at most once, on a thread of the bus; a listener that is slower than its
 * bounded queue loses the oldest and is told by {@link Message#lost()}.
 */
public interface Bus {
    /** Messages a slow listener may be behind. */
    int QUEUE = 1_024;

    /** Largest payload in bytes: 256 KiB. */
    int MAX_BYTES = 256 << 10;

    void publish(String topic, byte[] payload);

    /** @param topic exact, or a prefix that ends in {@code *} */
    AutoCloseable subscribe(String topic, Consumer<Message> listener);

    /** @param lost how many messages were dropped for this listener just before this one */
    record Message(String topic, byte[] payload, long lost) {}
}
