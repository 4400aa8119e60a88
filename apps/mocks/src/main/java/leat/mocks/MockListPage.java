package leat.mocks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.ui.Status;

/** What the list of mocks shows. */
record MockListPage(
        List<Row> rows,
        String search,
        boolean mayCreate,
        String shown,
        Optional<String> previous,
        Optional<String> next) {

    /**
     * One mock.
     *
     * @param isAhead whether something newer than what is live was saved
     * @param requests in the last hour
     */
    record Row(
            String id,
            String name,
            String host,
            Status status,
            boolean isAhead,
            int requests,
            List<Integer> perMinute,
            Optional<Instant> lastRequest,
            Instant changedAt) {}
}
