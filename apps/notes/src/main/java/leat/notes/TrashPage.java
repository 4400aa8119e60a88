package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Action;

/** What the trash shows. */
record TrashPage(Scope scope, List<Row> rows, String shown, Optional<String> next) {
    /** @param until when it is removed for good */
    record Row(String id, String title, Instant until, Optional<Action> recover) {}
}
