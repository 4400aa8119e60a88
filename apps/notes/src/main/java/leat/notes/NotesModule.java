package leat.notes;

import java.time.Clock;
import leat.kernel.Definition;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.TaskPolicy;
import leat.web.Routes;

/** Notes, what can be read of them, and the task that empties their trash. */
public final class NotesModule implements Module {
    /** A module as it is mounted. */
    public NotesModule() {}

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public void define(Definition m) {
        Notes notes = mount(m);
        m.adds(Routes.class, Routes.of(new NotesApi(notes).table()));
        m.adds(Routes.class, Routes.of(new ChangesApi(notes).table()));
        m.adds(
                Routes.class,
                Routes.of(new CommentsApi(notes, m.entity(Comment.TYPE), m.view(CommentList.VIEW)).table()));
        m.adds(Routes.class, Routes.of(new TagsApi(notes, m.entity(Tag.TYPE), m.view(TagList.VIEW)).table()));
    }

    /** Mounts everything; gives back what edges work with. */
    Notes mount(Definition m) {
        Entities<Note.Command, Note.Event, Note> notes = m.entity(Note.TYPE);
        m.task(Note.EXPIRE, TaskPolicy.DEFAULT, task -> {
            Note.Expiry expiry = task.payload(Note.Expiry.class);
            notes.tell(expiry.id(), new Note.Command.Expire(expiry.until()), today(task.envelope(0), m.clock()));
        });
        return new Notes(
                notes,
                m.view(NoteList.VIEW),
                m.view(NoteVersions.VIEW),
                new Organizations(m.asks()),
                m.announcements(),
                new Sender(m.clock(), m.ids()));
    }

    /** A task's envelope bears the time at which the task was asked for, here thirty days ago; the history shows today. */
    private static Envelope today(Envelope envelope, Clock clock) {
        return new Envelope(envelope.commandId(), envelope.correlationId(), envelope.by(), clock.instant());
    }
}
