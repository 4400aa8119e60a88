package leat.notes;

import java.util.function.Predicate;
import leat.kernel.Announcements;
import leat.web.Sse;

/** Tells a page that follows notes when one of them has changed; changes that come close together are told of once. */
final class Following {
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
        leat.web.Following.changes(announcements, topic, sink, isOfInterest, tell);
    }
}
