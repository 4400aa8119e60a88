package leat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Wire;
import leat.kernel.Wires;
import org.junit.jupiter.api.Test;

/** Every event shape that was ever released still decodes; shapes are added to the file and never changed in it. */
final class EventShapesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "leat", "webhooks", "events.txt");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> TYPES = List.of("note.created");

    private static final List<Object> EXAMPLES = List.of(
            new Webhooks.Event.WasAdded("0S9T2S4CM0001", "https://example.org/leat", "A chat", TYPES, "00ff", NOON),
            new Webhooks.Event.Changed("0S9T2S4CM0001", "https://example.org/leat", "A chat", TYPES),
            new Webhooks.Event.Rotated("0S9T2S4CM0001", 2, "ff00", NOON),
            new Webhooks.Event.StartedFailing("0S9T2S4CM0001", NOON),
            new Webhooks.Event.StoppedFailing("0S9T2S4CM0001"),
            new Webhooks.Event.WasTurnedOff("0S9T2S4CM0001", "Turned off by a person."),
            new Webhooks.Event.WasTurnedOn("0S9T2S4CM0001"),
            new Webhooks.Event.WasRemoved("0S9T2S4CM0001"),
            new Delivered.Event(new Delivered.Attempt(
                    "note.0S9T2S4CM0002.3",
                    "note.created",
                    "notes",
                    "note",
                    "0S9T2S4CM0002",
                    3,
                    NOON,
                    1,
                    Optional.of(200),
                    12,
                    "thank you",
                    Delivered.Outcome.DELIVERED)));

    private static List<Wire<?>> wires() {
        return Stream.of(Webhooks.TYPE.events(), Delivered.TYPE.events())
                .map(Wires::all)
                .<Wire<?>>flatMap(List::stream)
                .toList();
    }

    private static String line(Object event) {
        Wire<?> wire = wires().stream()
                .filter(it -> it.type().equals(event.getClass()))
                .findFirst()
                .orElseThrow();
        return wire.name() + " " + wire.schema() + " " + new String(wire.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void every_released_shape_decodes() throws Exception {
        for (String line : Files.readAllLines(GOLDEN)) {
            String[] parts = line.split(" ", 3);
            Wire<?> wire = wires().stream()
                    .filter(it -> it.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            Object event = wire.decode(Integer.parseInt(parts[1]), parts[2].getBytes(StandardCharsets.UTF_8));
            assertThat(EXAMPLES).contains(event);
        }
    }

    @Test
    void every_shape_of_today_is_in_the_file() throws Exception {
        assertThat(Files.readAllLines(GOLDEN))
                .containsAll(EXAMPLES.stream().map(EventShapesTest::line).toList());
        assertThat(EXAMPLES).hasSameSizeAs(wires());
    }
}
