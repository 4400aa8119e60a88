package leat.notes;

import java.util.List;
import leat.kernel.Envelope;
import leat.kernel.Forgetting;
import leat.kernel.Ids;
import leat.kernel.Recorded;
import leat.kernel.TaskRun;

/**
 * What goes with a person who is removed: their imports, their comments, their saved searches, their notebooks that nobody else sees, and
 * their notes but for those that others see and have written versions of. What they called notebooks and files that stay is
 * left to the organization. It happens in their name.
 */
final class RemovedAuthor implements Forgetting {
    private static final int AT_ONCE = 1_000;

    private final Notes notes;
    private final Comments comments;
    private final Attachments attachments;
    private final SavedSearches searches;
    private final Imports imports;

    RemovedAuthor(Notes notes, Comments comments, Attachments attachments, SavedSearches searches, Imports imports) {
        this.notes = notes;
        this.comments = comments;
        this.attachments = attachments;
        this.searches = searches;
        this.imports = imports;
    }

    @Override
    public void forget(String userId, TaskRun task) {
        String person = "user:" + userId;
        // First, for one that is running makes notes.
        for (String id : imports.list().read(sql -> ImportList.begunBy(sql, person))) {
            imports.entities().tell(id, new Import.Command.Cancel(), inTheName(person, task, id));
        }
        for (String id : comments.list().read(sql -> CommentList.saidBy(sql, person))) {
            comments.entities().tell(id, new Comment.Command.Remove(), inTheName(person, task, id));
        }
        for (String id : notes.list().read(sql -> NoteList.ofAuthor(sql, person))) {
            var command = new Note.Command.Forget(id, othersWrote(id, person));
            notes.entities().tell(id, command, inTheName(person, task, id));
        }
        for (String id : notes.list().read(sql -> NotebookList.ofOneAlone(sql, person))) {
            notes.notebooks().entities().tell(id, new Notebook.Command.Remove(), inTheName(person, task, id));
        }
        for (String id : searches.list().read(sql -> SavedSearchList.ofPerson(sql, person))) {
            searches.entities().tell(id, new SavedSearch.Command.Remove(), inTheName(person, task, id));
        }
        handOver(person, task);
    }

    private void handOver(String person, TaskRun task) {
        for (AttachmentList.Item it : attachments.by(person)) {
            if (!(notes.entities().get(it.note()).state() instanceof Note.Removed)) {
                attachments.handOver(it.id(), inTheName(person, task, it.id()));
            }
        }
        for (String id : notes.list().read(NotebookList::othersSee)) {
            if (named(id, person)) {
                notes.notebooks().entities().tell(id, new Notebook.Command.HandOver(), inTheName(person, task, id));
            }
        }
    }

    private boolean named(String notebook, String person) {
        return notes.notebooks().entities().history(notebook, 0, AT_ONCE).stream()
                .filter(it ->
                        it.event() instanceof Notebook.Event.WasCreated || it.event() instanceof Notebook.Event.Renamed)
                .anyMatch(it -> Visibility.person(it.by()).equals(person));
    }

    private boolean othersWrote(String id, String person) {
        long version = 0;
        while (true) {
            List<Recorded<Note.Event>> events = notes.entities().history(id, version, AT_ONCE);
            if (events.stream()
                    .anyMatch(it ->
                            isVersion(it.event()) && !Visibility.person(it.by()).equals(person))) {
                return true;
            }
            if (events.size() < AT_ONCE) {
                return false;
            }
            version = events.getLast().version();
        }
    }

    private static boolean isVersion(Note.Event event) {
        return event instanceof Note.Event.Revised || event instanceof Note.Event.Restored;
    }

    /** The same command for the same thing, however often this is tried. */
    private static Envelope inTheName(String person, TaskRun task, String id) {
        Envelope envelope = task.envelope(0);
        return new Envelope(
                Ids.derived(envelope.at(), task.id() + "/" + id), envelope.correlationId(), person, envelope.at());
    }
}
