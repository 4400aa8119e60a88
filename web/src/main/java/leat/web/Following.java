package leat.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import leat.kernel.Announcements;

/** Keeps a page true while it is open: tells it when something has changed; changes that come close together are told of once. */
public final class Following {
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private Following() {}

    /**
     * Follows until the page is closed.
     *
     * @param topic what stands before the ids of the things that change
     * @param isOfInterest whether the change of a thing, by its id, is worth telling
     * @param tell sends how things stand; called once at the beginning too, for what changed before the page listened
     */
    public static void changes(
            Announcements announcements, String topic, Sse.Sink sink, Predicate<String> isOfInterest, Runnable tell) {
        var waiting = new AtomicBoolean();
        var listening = announcements.listen(topic + "*", it -> {
            String id = it.topic().substring(topic.length());
            Thread.startVirtualThread(() -> {
                if (isOfInterest.test(id) && waiting.compareAndSet(false, true)) {
                    pause();
                    waiting.set(false);
                    synchronized (waiting) {
                        tell.run();
                    }
                }
            });
        });
        sink.onClose(listening::close);
        synchronized (waiting) {
            tell.run();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(TOGETHER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
