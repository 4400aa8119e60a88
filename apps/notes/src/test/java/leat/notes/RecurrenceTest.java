package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecurrenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> next(String rule, String first, ZoneId zone, int count) {
        var times = new ArrayList<String>();
        Instant at = Instant.EPOCH;
        for (int i = 0; i < count; i++) {
            Optional<Instant> next = new Recurrence(rule).after(at, LocalDateTime.parse(first), zone);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            times.add(at.toString());
        }
        return times;
    }

    @Test
    void nine_o_clock_stays_nine_o_clock_when_clocks_are_put_forward_and_back() {
        assertThat(next("FREQ=DAILY", "2026-03-28T09:00", BERLIN, 3))
                .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
        assertThat(next("FREQ=DAILY", "2026-10-24T09:00", BERLIN, 3))
                .containsExactly("2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z");
    }

    @Test
    void a_time_that_is_skipped_is_taken_as_much_later_and_one_that_comes_twice_once() {
        assertThat(next("FREQ=DAILY", "2026-03-28T02:30", BERLIN, 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("FREQ=DAILY", "2026-10-24T02:30", BERLIN, 3))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void rules_end_by_number_and_by_date() {
        assertThat(next("FREQ=WEEKLY;COUNT=2", "2026-06-01T09:00", BERLIN, 9)).hasSize(2);
        assertThat(next("FREQ=DAILY;UNTIL=20260603T070000Z", "2026-06-01T09:00", BERLIN, 9))
                .containsExactly("2026-06-01T07:00:00Z", "2026-06-02T07:00:00Z", "2026-06-03T07:00:00Z");
        assertThat(next("FREQ=DAILY;UNTIL=20260602", "2026-06-01T09:00", BERLIN, 9))
                .hasSize(2);
    }

    @Test
    void working_days_and_the_last_friday_of_a_month_are_understood() {
        assertThat(next("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-06-05T09:00", ZoneId.of("UTC"), 3))
                .containsExactly("2026-06-05T09:00:00Z", "2026-06-08T09:00:00Z", "2026-06-09T09:00:00Z");
        assertThat(next("FREQ=MONTHLY;BYDAY=-1FR", "2026-06-26T09:00", ZoneId.of("UTC"), 2))
                .containsExactly("2026-06-26T09:00:00Z", "2026-07-31T09:00:00Z");
    }

    @Test
    void the_thirty_first_comes_only_in_months_that_have_one() {
        assertThat(next("FREQ=MONTHLY", "2026-01-31T09:00", ZoneId.of("UTC"), 3))
                .containsExactly("2026-01-31T09:00:00Z", "2026-03-31T09:00:00Z", "2026-05-31T09:00:00Z");
    }

    @Test
    void what_never_comes_has_no_next_time_and_is_found_out_soon() {
        assertThat(next("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-31T09:00", BERLIN, 1))
                .isEmpty();
        Instant far = Instant.parse("2999-01-01T00:00:00Z");
        assertThat(new Recurrence("FREQ=HOURLY").after(far, LocalDateTime.parse("2026-01-01T09:00"), BERLIN))
                .contains(Instant.parse("2999-01-01T01:00:00Z"));
    }

    @Test
    void what_is_no_rule_or_comes_too_often_is_told() {
        for (String rule : List.of(
                "",
                "weekly",
                "FREQ=SOMETIMES",
                "FREQ=MINUTELY",
                "FREQ=SECONDLY",
                "FREQ=DAILY;X=1",
                "FREQ=DAILY;" + "A".repeat(300))) {
            assertThat(Recurrence.violation(rule)).as(rule).isPresent();
        }
        assertThat(Recurrence.violation("FREQ=HOURLY;INTERVAL=2")).isEmpty();
    }
}
