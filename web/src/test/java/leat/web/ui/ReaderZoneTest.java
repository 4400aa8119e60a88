package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import leat.web.Headers;
import leat.web.Request;
import org.junit.jupiter.api.Test;

final class ReaderZoneTest {
    private static String zone(String cookie) {
        return ReaderZone.of(Request.of("GET", "/", Headers.of("Cookie", cookie), new byte[0]))
                .getId();
    }

    @Test
    void it_is_what_the_browser_says() {
        assertThat(zone("a=b; leat-zone=Europe/Berlin")).isEqualTo("Europe/Berlin");
        assertThat(zone("leat-zone=UTC")).isEqualTo("UTC");
    }

    @Test
    void it_is_utc_when_nothing_known_is_said() {
        assertThat(zone("a=b")).isEqualTo("UTC");
        for (String name : new String[] {"", "Atlantis/Capital", "../etc/passwd", "+99:00", "x".repeat(65)}) {
            assertThat(zone("leat-zone=" + name)).as(name).isEqualTo("UTC");
        }
    }
}
