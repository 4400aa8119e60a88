package leat.mocks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;
import leat.web.ui.Diff;
import leat.web.ui.Tab;

/** What the page of a mock's revisions shows: a list, and what one of them changed. */
record RevisionsPage(
        String id,
        String name,
        List<Tab> tabs,
        int before,
        int after,
        Diff diff,
        List<Row> rows,
        String shown,
        Optional<String> previous,
        Optional<String> next) {

    /** @param bringBack for those who may, and not for the newest */
    record Row(
            int number,
            Instant at,
            int lines,
            boolean isLive,
            Optional<Integer> restores,
            Optional<Action> bringBack) {}
}
