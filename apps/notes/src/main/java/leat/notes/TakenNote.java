package leat.notes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Decision;
import leat.kernel.Envelope;
import leat.kernel.Refusal.Violation;

/**
 * What is known of a note that was written elsewhere before it came here. Its author is whoever took it in; lists show it
 * with the dates that it had.
 *
 * @param notebook in which it will lie
 * @param created when it was begun; a moment that has not come yet is none
 * @param changed when it was last written; likewise
 * @param mark stands behind the title in the slug, for titles that another note of that day has already
 */
record TakenNote(
        Optional<String> notebook,
        Optional<Instant> created,
        Optional<Instant> changed,
        boolean pinned,
        boolean archived,
        Optional<String> mark) {

    /** A due date that has passed stays, for it was accepted once. */
    static Decision<Note.Event> decide(Note.Command.Take take, Envelope envelope) {
        Content content = take.content();
        TakenNote from = take.from();
        List<Violation> violations = content.violations(content.due(), envelope.at());
        if (!violations.isEmpty()) {
            return Decision.refuse(Note.invalid(violations));
        }
        Optional<Instant> created = from.created().filter(it -> isPast(it, envelope));
        Optional<Instant> changed = from.changed().filter(it -> isPast(it, envelope));
        String named = content.title() + from.mark().map(it -> " " + it).orElse("");
        var identity = new Note.Identity(
                take.organization(), Visibility.person(envelope.by()), Slug.of(created.orElse(envelope.at()), named));
        var events = new ArrayList<Note.Event>();
        events.add(new Note.Event.Created(identity.organization(), identity.author(), identity.slug()));
        events.add(new Note.Event.Revised(1, content));
        // Behind the version, whose own date views set aside for this.
        events.add(new Note.Event.Taken(created, changed));
        from.notebook().ifPresent(it -> events.add(new Note.Event.Filed(it, true)));
        if (from.pinned()) {
            events.add(new Note.Event.Pinned());
        }
        if (from.archived()) {
            events.add(new Note.Event.Archived());
        }
        return Decision.<Note.Event>accept(events).claim(Note.SLUGS, Note.claim(identity), Note.slugTaken(identity));
    }

    private static boolean isPast(Instant moment, Envelope envelope) {
        return !moment.isAfter(envelope.at()) && !moment.isBefore(Content.BEGIN_OF_TIME);
    }
}
