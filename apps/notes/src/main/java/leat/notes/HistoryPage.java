package leat.notes;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import leat.notes.text.Diff;
import leat.web.ui.Action;
import leat.web.ui.Tab;

/**
 * What the history of a note shows.
 *
 * @param number of the version that is looked at
 * @param with the number of the one that it is compared with; 0 for nothing
 * @param newest number of all
 * @param changes of fields beside the text
 * @param saves of the version that is looked at, the newest first
 */
record HistoryPage(
        Scope scope,
        String id,
        String title,
        int number,
        int with,
        int newest,
        List<Change> changes,
        Diff diff,
        List<Row> rows,
        Optional<String> next,
        List<Save> saves,
        Optional<Action> restore,
        boolean mayWrite) {

    /** A field that changed. */
    record Change(String field, String before, String after) {}

    /**
     * @param restores the older version that it brought back
     * @param saves how often it was saved while somebody wrote it
     */
    record Row(int number, Instant at, String by, Optional<Integer> restores, boolean isPrivate, int saves) {}

    /**
     * One of the saves that made a version.
     *
     * @param version of the note
     */
    record Save(long version, Instant at, boolean isShown) {}

    List<Tab> tabs() {
        return NotePage.tabs(id, "history", mayWrite);
    }

    static List<Change> changes(Content before, Content after, ZoneId zone) {
        var changes = new ArrayList<Change>();
        add(changes, "Title", before.title(), after.title());
        add(changes, "Status", Labels.of(before.status()), Labels.of(after.status()));
        add(changes, "Seen by", seenBy(before), seenBy(after));
        add(changes, "Due", moment(before.due(), zone), moment(after.due(), zone));
        add(changes, "Starts", moment(before.start(), zone), moment(after.start(), zone));
        add(changes, "Ends", moment(before.end(), zone), moment(after.end(), zone));
        add(changes, "Address", before.url().orElse(""), after.url().orElse(""));
        add(changes, "Colour", before.color().orElse(""), after.color().orElse(""));
        add(changes, "Tags", String.join(", ", before.tags()), String.join(", ", after.tags()));
        return List.copyOf(changes);
    }

    private static String moment(Optional<Instant> moment, ZoneId zone) {
        return Labels.field(moment, zone).replace('T', ' ');
    }

    private static String seenBy(Content content) {
        return switch (content.access()) {
            case PRIVATE -> "only the author";
            case PUBLIC -> "the organization";
        };
    }

    private static void add(List<Change> changes, String field, String before, String after) {
        if (!Objects.equals(before, after)) {
            changes.add(new Change(field, before.isEmpty() ? "nothing" : before, after.isEmpty() ? "nothing" : after));
        }
    }
}
