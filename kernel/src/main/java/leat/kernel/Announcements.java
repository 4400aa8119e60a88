package leat.kernel;

import java.util.function.Consumer;

/** Ephemeral messages to whoever listens now, in this process or another; lost when nobody does. */
public interface Announcements {
    /** @param message written as JSON, at most 256 KiB */
    void announce(String topic, Object message);

    /**
     * Listens until closed; the listener must be quick, for one that falls behind misses messages.
     *
     * @param topic exact, or a prefix that ends in {@code *}
     */
    Listening listen(String topic, Consumer<Announcement> listener);

    /** @param lost how many messages this listener missed just before this one */
    record Announcement(String topic, byte[] json, long lost) {
        public <T> T as(Class<T> type) {
            return Json.read(json, type);
        }
    }

    /** Ends the listening; never throws. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
