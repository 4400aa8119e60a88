package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;

/**
 * What the timeline shows.
 *
 * @param people whom its reader can follow, by name
 * @param notes that its reader follows
 */
record TimelinePage(
        Scope scope, List<Row> rows, List<Followed> people, List<Followed> notes, String shown, Optional<String> next) {

    /** @param deed in words: "changed" */
    record Row(String note, String title, String who, String deed, Instant at) {}

    /**
     * @param isFollowed or could be
     * @param action begins or ends it
     */
    record Followed(String label, String href, boolean isFollowed, Action action) {}

    static String words(Timeline.Deed deed) {
        return switch (deed) {
            case CREATED -> "wrote";
            case CHANGED -> "changed";
            case RESTORED -> "brought back an old version of";
            case TRASHED -> "moved to the trash";
            case RECOVERED -> "took out of the trash";
            case COMMENTED -> "commented on";
        };
    }
}
