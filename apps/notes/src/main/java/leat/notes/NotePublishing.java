package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Recorded;
import leat.web.outgoing.EventType;
import leat.web.outgoing.Publishing;
import leat.web.outgoing.Publishing.Reference;
import leat.web.outgoing.Publishing.Told;

/**
 * What the outside is told of notes: that which every member of the organization sees. A private note is never told of; one
 * that its author closes is told of as removed, and one that is opened or recovered as created.
 *
 * <p>The text itself is not sent. Who may read it fetches it, and the interface then decides as for everybody.
 */
final class NotePublishing {
    private final Entities<Note.Command, Note.Event, Note> notes;
    private final Entities<Reminders.Command, Reminders.Event, Reminders> reminders;

    private NotePublishing(
            Entities<Note.Command, Note.Event, Note> notes,
            Entities<Reminders.Command, Reminders.Event, Reminders> reminders) {
        this.notes = notes;
        this.reminders = reminders;
    }

    /**
     * A note as all members see it, without its text.
     *
     * @param version of the entity; the text of this version can be fetched
     * @param number of its newest version as people count
     */
    record NoteData(
            String id,
            long version,
            int number,
            String slug,
            String title,
            String kind,
            String status,
            String author,
            Optional<Instant> due,
            Optional<Instant> start,
            Optional<Instant> end,
            List<String> tags,
            boolean pinned,
            boolean archived) {}

    /** A note that members see no more. */
    record GoneData(String id, long version) {}

    /**
     * A reminder of a note that all members see.
     *
     * @param user whom it reminds
     */
    record ReminderData(String note, String title, String user, Instant at) {}

    static void mount(
            Definition m,
            Entities<Note.Command, Note.Event, Note> notes,
            Entities<Reminders.Command, Reminders.Event, Reminders> reminders) {
        m.adds(
                EventType.class,
                new EventType(
                        "note.created",
                        "A note that all members see was written, opened to them, or recovered from the trash.",
                        NoteData.class));
        m.adds(
                EventType.class,
                new EventType("note.changed", "A note that all members see was changed.", NoteData.class));
        m.adds(
                EventType.class,
                new EventType(
                        "note.removed",
                        "A note that all members saw went to the trash, was made private, or was removed.",
                        GoneData.class));
        m.adds(
                EventType.class,
                new EventType(
                        "reminder.rang", "Somebody was reminded of a note that all members see.", ReminderData.class));
        var publishing = new NotePublishing(notes, reminders);
        Publishing.of(m, "notes", publishing::told)
                .on(Note.Event.Revised.class, publishing::organization)
                .on(Note.Event.Restored.class, publishing::organization)
                .on(Note.Event.Pinned.class, publishing::organization)
                .on(Note.Event.Unpinned.class, publishing::organization)
                .on(Note.Event.Archived.class, publishing::organization)
                .on(Note.Event.Unarchived.class, publishing::organization)
                .on(Note.Event.Trashed.class, publishing::organization)
                .on(Note.Event.Recovered.class, publishing::organization)
                .on(Reminders.Event.Rang.class, publishing::organization)
                .mount(m);
    }

    /** Empty for a note that is gone, which was told of when it went to the trash. */
    private Optional<String> organization(Recorded<?> it) {
        return switch (notes.get(it.id()).state()) {
            case Note.Kept kept -> Optional.of(kept.identity().organization());
            case Note.InTrash(Note.Kept kept, Instant _) ->
                Optional.of(kept.identity().organization());
            case Note.Absent _, Note.Removed _ -> Optional.empty();
        };
    }

    private Optional<Told> told(Reference event) {
        return event.entity().equals(Reminders.TYPE.name()) ? toldOfReminder(event) : toldOfNote(event);
    }

    private Optional<Told> toldOfReminder(Reference event) {
        return open(notes.get(event.id()).state())
                .flatMap(note -> reminders.history(event.id(), event.version() - 1, 1).stream()
                        .findFirst()
                        .flatMap(it -> toldOfReminder(event.id(), note, it)));
    }

    private Optional<Told> toldOfReminder(String id, Note.Kept note, Recorded<Reminders.Event> it) {
        if (!(it.event() instanceof Reminders.Event.Rang rang)) {
            return Optional.empty();
        }
        Reminders before = reminders.at(id, it.version() - 1);
        return Optional.ofNullable(before.all().get(rang.reminder()))
                .map(reminder -> new Told(
                        "reminder.rang",
                        note.identity().organization(),
                        new ReminderData(id, note.content().title(), NoteJson.userId(reminder.person()), rang.at())));
    }

    /** What became private since is not told any more; that it did is. */
    private Optional<Told> toldOfNote(Reference event) {
        Optional<Note.Kept> before = open(notes.at(event.id(), event.version() - 1));
        Optional<Note.Kept> after = open(notes.at(event.id(), event.version()));
        if (after.isPresent()) {
            return open(notes.get(event.id()).state()).isPresent()
                    ? Optional.of(new Told(
                            before.isPresent() ? "note.changed" : "note.created",
                            after.get().identity().organization(),
                            data(event, after.get())))
                    : Optional.empty();
        }
        return before.map(it ->
                new Told("note.removed", it.identity().organization(), new GoneData(event.id(), event.version())));
    }

    /** A note that every member sees. */
    private static Optional<Note.Kept> open(Note note) {
        return note instanceof Note.Kept kept && kept.content().access() == Content.Access.PUBLIC
                ? Optional.of(kept)
                : Optional.empty();
    }

    private static NoteData data(Reference event, Note.Kept note) {
        Content content = note.content();
        return new NoteData(
                event.id(),
                event.version(),
                note.version(),
                note.identity().slug(),
                content.title(),
                Words.of(content.kind()),
                Words.of(content.status()),
                NoteJson.userId(note.identity().author()),
                content.due(),
                content.start(),
                content.end(),
                content.tags(),
                note.pinned(),
                note.archived());
    }
}
