package leat.notes;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.Tab;

/**
 * What the page of one note shows.
 *
 * @param body rendered, and safe
 * @param trashUntil when it is removed for good, if it is in the trash
 * @param mayShare whether its reader is its author
 * @param actions what its reader may do with it
 * @param notebook in which it lies, if its reader sees that
 * @param places where its reader may put it; empty when nowhere
 * @param undo takes back what was just written
 * @param backlinks the first of the notes that link to it
 */
record NotePage(
        Scope scope,
        String id,
        Note.Kept note,
        Content body,
        String author,
        String changedBy,
        Instant changedAt,
        Optional<Instant> trashUntil,
        boolean mayWrite,
        boolean mayShare,
        List<Action> actions,
        Optional<NotebookList.Item> notebook,
        List<Field.Option> places,
        List<Backlink> backlinks,
        List<Mention> mentions,
        Optional<Action> undo,
        Conversation conversation,
        AttachedPage files) {

    /** A note that links to this one. */
    record Backlink(String id, String title, String excerpt) {}

    /**
     * A note that names this one without linking to it.
     *
     * @param link makes a link of it
     */
    record Mention(String id, String title, List<Snippet.Piece> around, Optional<Action> link) {}

    boolean isShared() {
        return !note.shares().isEmpty()
                || note.filing().filter(Note.Filing::shared).isPresent();
    }

    List<Tab> tabs() {
        return tabs(id, "note", mayWrite);
    }

    static List<Tab> tabs(String id, String current, boolean mayWrite) {
        var note = new Tab("Note", "/notes/" + id, current.equals("note"));
        var edit = new Tab("Edit", "/notes/" + id + "/edit", current.equals("edit"));
        var history = new Tab("History", "/notes/" + id + "/history", current.equals("history"));
        return mayWrite ? List.of(note, edit, history) : List.of(note, history);
    }
}
