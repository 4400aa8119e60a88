package leat.engine.distributed;

import java.time.Instant;
import java.util.Optional;
import leat.kernel.sql.RoundTrip;
import leat.kernel.sql.Sql;

/**
 * Forgets old commands by walking the table once, some pages with each commit, so that no commit waits for it or runs into
 * its limit of time, however many there are.
 */
final class Expiry {
    /** Pages of the table that a commit looks through; about 5,000 commands. */
    static final int PAGES = 64;

    private Optional<Instant> before = Optional.empty();
    private long next;
    private long end;

    /** Begins the walk, over what there is now; what is written from now on is young enough. */
    synchronized void begin(Sql sql, Instant before) {
        this.before = Optional.of(before);
        this.next = 0;
        this.end = sql.number("select pg_relation_size('public.command') / current_setting('block_size')::bigint");
    }

    /** Adds the walk's next part, if one is under way. Rows that another node forgets at this moment are passed by. */
    synchronized void walk(RoundTrip writing) {
        if (before.isEmpty()) {
            return;
        }
        writing.execute(
                "delete from command where ctid = any (array (select ctid from command where ctid >= ?::tid"
                        + " and ctid < ?::tid and at < ? for update skip locked))",
                rows -> {},
                "(" + next + ",0)",
                "(" + (next + PAGES) + ",0)",
                before.get());
        next += PAGES;
        if (next >= end) {
            before = Optional.empty();
        }
    }

    /** After an undone transaction: what of the walk was undone is walked again, at the latest by the next walk. */
    synchronized void undone() {
        next = 0;
    }
}
