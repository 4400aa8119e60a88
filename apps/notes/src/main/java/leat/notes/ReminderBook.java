package leat.notes;

import java.time.Instant;
import java.util.List;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Reader;
import leat.web.Request;
import leat.web.Sender;

/** What the edges do with reminders: each is its person's alone. */
record ReminderBook(Notes notes, Entities<Reminders.Command, Reminders.Event, Reminders> reminders, Reader list) {

    /** A reminder with the title of its note. */
    record Shown(ReminderList.Item item, String title) {}

    /** The caller's of a note that they see. */
    List<Shown> of(Request request, Notes.Found note) {
        return list.read(sql -> ReminderList.of(sql, Sender.person(request), note.id())).stream()
                .map(it -> new Shown(it, note.note().content().title()))
                .toList();
    }

    /** All of the caller's, as far as they still see the notes: those that ring, then by their next time. */
    List<Shown> all(Request request) {
        return list.read(sql -> ReminderList.of(sql, Sender.person(request))).stream()
                .flatMap(it -> notes
                        .seen(request, it.note())
                        .filter(note -> note.trashUntil().isEmpty())
                        .map(note -> new Shown(it, note.note().content().title()))
                        .stream())
                .toList();
    }

    /** Whether the caller has a reminder of a note. */
    boolean has(Request request, String note) {
        return !list.read(sql -> ReminderList.of(sql, Sender.person(request), note))
                .isEmpty();
    }

    Shown set(Request request, Notes.Found note, Reminders.When when) {
        Envelope envelope = notes.sender().envelope(request);
        String id = notes.sender().idFor(request, envelope);
        Answer<Reminders> answer = reminders.tell(
                note.id(),
                new Reminders.Command.Set(
                        note.id(), id, when, note.note().content().due()),
                envelope);
        list.await(answer.position(), Reader.PATIENCE);
        return shown(request, note, id);
    }

    /** Does something to the reminder that the path names. */
    void tell(Request request, Notes.Found note, Reminders.Command command) {
        Answer<Reminders> answer =
                reminders.tell(note.id(), command, notes.sender().envelope(request));
        list.await(answer.position(), Reader.PATIENCE);
    }

    private Shown shown(Request request, Notes.Found note, String id) {
        return of(request, note).stream()
                .filter(it -> it.item().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Reminders.absent().asException());
    }

    Shown find(Request request, Notes.Found note) {
        return shown(request, note, request.parameter("reminder"));
    }

    Instant now() {
        return notes.sender().clock().instant();
    }
}
