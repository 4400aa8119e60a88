package leat.mocks.template;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Filters for times, which are {@code now}, ISO-8601 text, or milliseconds since 1970; always in UTC. */
final class TimeFilters {
    private static final int MAX_PATTERN_CHARS = 100;
    private static final BigDecimal MOST_MILLIS = new BigDecimal("1e15");

    static final List<Filter> ALL = List.of(Filter.of("date", "text text?", a -> {
        DateTimeFormatter formatter = formatter(a.text(0), Locale.of(a.text(1, "en")));
        return (value, r) -> {
            try {
                return formatter.format(time(value, r));
            } catch (DateTimeException e) {
                throw r.fail("template.not-a-time", "this time does not fit the pattern.");
            }
        };
    }));

    private TimeFilters() {}

    /** A formatter for a java.time pattern, or for one of the names from {@code shortDate} to {@code fullDateTime}. */
    static DateTimeFormatter formatter(String pattern, Locale locale) {
        DateTimeFormatter named = named(pattern);
        if (named != null) {
            return named.withLocale(locale);
        }
        if (pattern.isEmpty() || pattern.length() > MAX_PATTERN_CHARS) {
            throw new IllegalArgumentException("A date pattern has 1 to " + MAX_PATTERN_CHARS + " characters.");
        }
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, locale);
            var _ = formatter.format(ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC));
            return formatter;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + pattern + "\" is no date pattern: " + e.getMessage() + ". Try \"yyyy-MM-dd HH:mm\".", e);
        }
    }

    private static @Nullable DateTimeFormatter named(String name) {
        for (FormatStyle style : FormatStyle.values()) {
            String prefix = style.name().toLowerCase(Locale.ROOT);
            if (name.equals(prefix + "Date")) {
                return DateTimeFormatter.ofLocalizedDate(style).withChronology(IsoChronology.INSTANCE);
            }
            if (name.equals(prefix + "Time")) {
                return DateTimeFormatter.ofLocalizedTime(style).withChronology(IsoChronology.INSTANCE);
            }
            if (name.equals(prefix + "DateTime")) {
                return DateTimeFormatter.ofLocalizedDateTime(style).withChronology(IsoChronology.INSTANCE);
            }
        }
        return null;
    }

    private static ZonedDateTime time(@Nullable Object value, Rendering r) {
        if (value instanceof Instant instant) {
            return instant.atZone(ZoneOffset.UTC);
        }
        BigDecimal millis = Numbers.read(value);
        if (millis != null && millis.abs().compareTo(MOST_MILLIS) <= 0) {
            return Instant.ofEpochMilli(millis.longValue()).atZone(ZoneOffset.UTC);
        }
        String text = Values.text(value, r);
        if (text.length() <= MAX_PATTERN_CHARS) {
            try {
                TemporalAccessor time =
                        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                return time instanceof OffsetDateTime offset
                        ? offset.atZoneSameInstant(ZoneOffset.UTC)
                        : ((LocalDateTime) time).atZone(ZoneOffset.UTC);
            } catch (DateTimeException noTime) {
                try {
                    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC);
                } catch (DateTimeException noDateEither) {
                    // Falls through to the one refusal below.
                }
            }
        }
        throw r.fail("template.not-a-time", "this value is no ISO-8601 time and no number of milliseconds.");
    }
}
