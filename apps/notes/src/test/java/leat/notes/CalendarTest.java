package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;

/** Our calendars, read by another's parser. */
final class CalendarTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static Calendar.Entry entry(String summary, Optional<Instant> end) {
        return new Calendar.Entry("1@leat", summary, NOON, end, NOON, "https://leat.example.org/notes/1");
    }

    private static List<VEvent> read(String text) throws Exception {
        var calendar = new CalendarBuilder().build(new StringReader(text));
        assertThat(calendar.validate().getEntries()).as(text).isEmpty();
        return calendar.getComponents(Component.VEVENT);
    }

    @Test
    void what_happens_is_read_as_it_was_written() throws Exception {
        String text = Calendar.text(
                "Leat notes",
                List.of(entry("Mend the roof", Optional.of(NOON.plusSeconds(3_600))), entry("x", Optional.empty())));
        List<VEvent> events = read(text);
        assertThat(events).hasSize(2);
        VEvent first = events.getFirst();
        assertThat(first.getSummary().orElseThrow().getValue()).isEqualTo("Mend the roof");
        assertThat(text).contains("DTSTART:20260601T120000Z\r\n", "DTEND:20260601T130000Z\r\n");
        assertThat(first.getUid().orElseThrow().getValue()).isEqualTo("1@leat");
    }

    @Test
    void texts_of_any_characters_stay_one_text() throws Exception {
        for (String title : List.of(
                "a,b;c\\d",
                "END:VEVENT",
                "x\r\nEND:VCALENDAR",
                "ä".repeat(255),
                "😀".repeat(255),
                "roof\u0000\u0001 \u2028",
                "\"quoted\" <b>")) {
            String text = Calendar.text("Leat notes", List.of(entry(title, Optional.empty())));
            String plain = title.replace("\r", "").replace("\u0000", "").replace("\u0001", "");
            assertThat(read(text).getFirst().getSummary().orElseThrow().getValue())
                    .isEqualTo(plain);
            assertThat(text.split("\r\n"))
                    .allSatisfy(line ->
                            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        }
    }

    @Test
    void an_empty_calendar_is_one() throws Exception {
        assertThat(Calendar.text("Leat notes", List.of()))
                .startsWith("BEGIN:VCALENDAR\r\n")
                .endsWith("END:VCALENDAR\r\n");
    }
}
