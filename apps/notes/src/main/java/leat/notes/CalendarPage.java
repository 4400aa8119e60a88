package leat.notes;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import leat.web.ui.Tone;

/**
 * What the calendar shows: one month in weeks from Monday to Sunday.
 *
 * @param zone in which its days and times are
 * @param more whether more is due in it than is shown
 */
record CalendarPage(Scope scope, YearMonth month, String zone, LocalDate today, List<Day> days, boolean more) {
    private static final DateTimeFormatter HEADING = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** One day, which may be of the month before or after. */
    record Day(LocalDate date, List<Entry> entries) {}

    /** @param time of the day, as {@code 14:30} */
    record Entry(String id, String title, String time, Tone tone) {}

    String heading() {
        return HEADING.format(month);
    }

    List<String> weekdays() {
        return days.subList(0, 7).stream()
                .map(it -> it.date().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .toList();
    }

    List<List<Day>> weeks() {
        return IntStream.range(0, days.size() / 7)
                .mapToObj(i -> days.subList(i * 7, i * 7 + 7))
                .toList();
    }

    String label(Day day) {
        return DAY.format(day.date());
    }

    String css(Day day) {
        String other = YearMonth.from(day.date()).equals(month) ? "" : "calendar-other";
        return day.date().equals(today) ? "calendar-today " + other : other;
    }

    boolean isEmpty() {
        return days.stream().allMatch(it -> it.entries().isEmpty());
    }

    String link(YearMonth other) {
        return scope.link("/notes/calendar?month=" + other);
    }
}
