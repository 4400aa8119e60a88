package leat.web.ui;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import leat.web.Request;

/**
 * The time zone of whoever reads a page, for days and times in forms and calendars.
 *
 * <p>The script of every page says it in a cookie, so it is known from the second page on. Without scripts it is UTC, and what
 * is shown says so.
 */
public final class ReaderZone {
    /** Its value is a name such as {@code Europe/Berlin}. */
    public static final String COOKIE = "leat-zone";

    private static final int MAX_LENGTH = 64;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private ReaderZone() {}

    /** UTC when the request does not say, or names none that is known here. */
    public static ZoneId of(Request request) {
        return request.cookie(COOKIE).flatMap(ReaderZone::named).orElse(UTC);
    }

    /** The zone of a name such as {@code Europe/Berlin}; empty when none is known by it. */
    public static Optional<ZoneId> named(String name) {
        try {
            return Optional.of(name).filter(it -> it.length() <= MAX_LENGTH).map(ZoneId::of);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
