package leat.notes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * When something comes again, as a rule of RFC 5545 ({@code FREQ=WEEKLY;BYDAY=MO}) in the local time of a named zone: nine
 * o'clock stays nine o'clock when clocks are put forward. A time that is skipped then is taken as much later; of one that
 * comes twice the first is meant.
 */
record Recurrence(String rule) {
    /** Characters of a rule. */
    static final int MAX = 200;

    /** Occurrences that are looked at for the next one; a rule that has none among them has none. */
    private static final int MOST = 10_000;

    /** Empty when the text is a rule that can be kept to; else what is wrong with it. */
    static Optional<String> violation(String text) {
        if (text.length() > MAX) {
            return Optional.of("Use at most " + MAX + " characters.");
        }
        try {
            RecurrenceRule rule = new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
            return rule.getFreq() == Freq.SECONDLY || rule.getFreq() == Freq.MINUTELY
                    ? Optional.of("A reminder comes again every hour at the most.")
                    : Optional.empty();
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            return Optional.of("This is no rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO.");
        }
    }

    /**
     * The first occurrence after a moment.
     *
     * @param first when it comes for the first time, in local time
     */
    Optional<Instant> after(Instant moment, LocalDateTime first, ZoneId zone) {
        try {
            RecurrenceRule parsed = new RecurrenceRule(rule, RecurrenceRule.RfcMode.RFC5545_STRICT);
            Optional<LocalDateTime> until =
                    Optional.ofNullable(parsed.getUntil()).map(it -> local(it, zone));
            if (until.isPresent()) {
                parsed.setUntil(null);
            }
            return next(parsed, until, moment, first, zone);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> next(
            RecurrenceRule rule, Optional<LocalDateTime> until, Instant moment, LocalDateTime first, ZoneId zone) {
        RecurrenceRuleIterator occurrences = rule.iterator(floating(first));
        // A day before, because clocks that are put back let local times come twice.
        LocalDateTime near = LocalDateTime.ofInstant(moment, zone).minusDays(1);
        if (near.isAfter(first)) {
            occurrences.fastForward(floating(near));
        }
        for (int i = 0; i < MOST && occurrences.hasNext(); i++) {
            LocalDateTime occurrence = local(occurrences.nextDateTime(), zone);
            if (until.filter(occurrence::isAfter).isPresent()) {
                return Optional.empty();
            }
            Instant at = occurrence.atZone(zone).toInstant();
            if (at.isAfter(moment)) {
                return at.isBefore(Content.END_OF_TIME) ? Optional.of(at) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static DateTime floating(LocalDateTime time) {
        return new DateTime(
                time.getYear(),
                time.getMonthValue() - 1,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }

    /** A day without a time is meant to its end. */
    private static LocalDateTime local(DateTime time, ZoneId zone) {
        if (time.isAllDay()) {
            return LocalDateTime.of(time.getYear(), time.getMonth() + 1, time.getDayOfMonth(), 23, 59, 59);
        }
        var plain = LocalDateTime.of(
                time.getYear(),
                time.getMonth() + 1,
                time.getDayOfMonth(),
                time.getHours(),
                time.getMinutes(),
                time.getSeconds());
        return time.isFloating()
                ? plain
                : plain.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
    }
}
