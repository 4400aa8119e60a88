package leat.notes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import leat.kernel.Announcements;
import leat.web.Sse;

/** Tells a page that follows notes when one of them has changed; changes that come close together are told of once. */
final class Following {
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private Following() {}

    /**
     * @param isOfInterest whether the change of a note, by its id, is worth telling
     * @param tell sends how things stand; called once at the beginning too, for what changed before the page listened
     */
    static void changes(Announcements announcements, Sse.Sink sink, Predicate<String> isOfInterest, Runnable tell) {
        changes(announcements, NoteList.TOPIC, sink, isOfInterest, tell);
    }

    /** @param topic what stands before the ids of the things that change */
    static void changes(
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
