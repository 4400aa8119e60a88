package leat.notes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A calendar as programs subscribe to it: iCalendar, RFC 5545. Times are in UTC, so that no zone needs to be described; a
 * reminder that comes again stands there at its next time.
 */
final class Calendar {
    static final String MEDIA_TYPE = "text/calendar; charset=utf-8";

    /** Bytes of a line; a longer one goes on behind a space in the next. */
    private static final int LINE = 75;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Calendar() {}

    /**
     * Something that happens.
     *
     * @param uid the same as long as it is the same thing
     * @param end a moment after the start; empty for a moment
     * @param changed when it was written
     * @param url where it can be read; empty when that is not known
     */
    record Entry(String uid, String summary, Instant start, Optional<Instant> end, Instant changed, String url) {}

    static String text(String name, List<Entry> entries) {
        var text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "VERSION:2.0");
        line(text, "PRODID:-//Leat//Notes//EN");
        line(text, "CALSCALE:GREGORIAN");
        line(text, "NAME:" + escaped(name));
        line(text, "X-WR-CALNAME:" + escaped(name));
        line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        for (Entry entry : entries) {
            line(text, "BEGIN:VEVENT");
            line(text, "UID:" + escaped(entry.uid()));
            line(text, "DTSTAMP:" + time(entry.changed()));
            line(text, "DTSTART:" + time(entry.start()));
            entry.end()
                    .filter(it -> it.minus(Duration.ofSeconds(1)).isAfter(entry.start()))
                    .ifPresent(it -> line(text, "DTEND:" + time(it)));
            line(text, "SUMMARY:" + escaped(entry.summary()));
            if (!entry.url().isEmpty()) {
                line(text, "URL:" + entry.url());
            }
            line(text, "TRANSP:TRANSPARENT");
            line(text, "END:VEVENT");
        }
        line(text, "END:VCALENDAR");
        return text.toString();
    }

    private static String time(Instant at) {
        return UTC.format(at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** What has a meaning in a text, or would end its line, is written otherwise or left out. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(it -> {
            switch (it) {
                case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(it);
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (!Character.isISOControl(it)) {
                        escaped.appendCodePoint(it);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** Folds between characters, not within one. */
    private static void line(StringBuilder text, String line) {
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > LINE) {
                text.append("\r\n ");
                bytes = 1;
            }
            text.appendCodePoint(character);
            bytes += size;
            i += Character.charCount(character);
        }
        text.append("\r\n");
    }
}
