package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import leat.kernel.Wire;
import org.junit.jupiter.api.Test;

/** Every event shape that was ever released still decodes; shapes are added to the file and never changed in it. */
final class EventShapesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "leat", "notes", "events.txt");

    private static final Content CONTENT = new Content(
            "Mend the roof",
            "Before *winter*.",
            Optional.of(Instant.parse("2026-10-01T08:00:00Z")),
            Optional.of(Instant.parse("2026-09-01T08:00:00Z")),
            Optional.empty(),
            Optional.of("https://example.org/roofs"),
            Content.Status.TO_DO,
            Content.Access.PUBLIC,
            Optional.of("3a7f2c"),
            List.of("house/roof"));

    private static final List<Note.Event> EXAMPLES = List.of(
            new Note.Event.Created("0S9T2S4CM0000", "user:0S9T2S4CM0001", "2026-06-01-Mend_the_roof"),
            new Note.Event.Revised(1, CONTENT),
            new Note.Event.Restored(3, 1, CONTENT),
            new Note.Event.Pinned(),
            new Note.Event.Unpinned(),
            new Note.Event.Archived(),
            new Note.Event.Unarchived(),
            new Note.Event.Trashed(Instant.parse("2026-07-01T12:00:00Z")),
            new Note.Event.Recovered(),
            new Note.Event.Expired());

    private static Wire<? extends Note.Event> wire(Note.Event event) {
        return Note.TYPE.events().all().stream()
                .filter(wire -> wire.type().equals(event.getClass()))
                .findFirst()
                .orElseThrow();
    }

    private static String line(Note.Event event) {
        var wire = wire(event);
        return wire.name() + " " + wire.schema() + " " + new String(wire.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void every_released_shape_decodes() throws Exception {
        for (String line : Files.readAllLines(GOLDEN)) {
            String[] parts = line.split(" ", 3);
            var wire = Note.TYPE.events().all().stream()
                    .filter(it -> it.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            Object event = wire.decode(Integer.parseInt(parts[1]), parts[2].getBytes(StandardCharsets.UTF_8));
            assertThat(EXAMPLES).contains((Note.Event) event);
        }
    }

    @Test
    void every_shape_of_today_is_in_the_file() throws Exception {
        List<String> golden = Files.readAllLines(GOLDEN);

        assertThat(golden)
                .containsAll(EXAMPLES.stream().map(EventShapesTest::line).toList());
        assertThat(Arrays.stream(Note.Event.class.getPermittedSubclasses())
                        .filter(Objects::nonNull)
                        .toList())
                .hasSameSizeAs(EXAMPLES);
    }
}
