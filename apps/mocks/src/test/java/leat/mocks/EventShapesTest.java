package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import leat.kernel.Wire;
import org.junit.jupiter.api.Test;

/** Every event shape that was ever released still decodes; shapes are added to the file and never changed in it. */
final class EventShapesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "leat", "mocks", "events.txt");

    private static final List<Mock.Event> EXAMPLES = List.of(
            new Mock.Event.Created("0S9T2S4CM0000", "acme", "pets"),
            new Mock.Event.Saved(1, new Mock.Source("ab".repeat(32), 120, 9)),
            new Mock.Event.RolledBack(3, 1, new Mock.Source("ab".repeat(32), 120, 9)),
            new Mock.Event.PublicationRequested(1),
            new Mock.Event.Compiled(1, "cd".repeat(32), 2),
            new Mock.Event.Rejected(
                    1, List.of(new Mock.Reason(3, 5, "key.unknown", "There is no key \"pth\".", "Did you mean path?"))),
            new Mock.Event.PublicationFailed(1, "the disk is full"),
            new Mock.Event.Published(1),
            new Mock.Event.WasUnpublished(),
            new Mock.Event.WasRemoved());

    private static Wire<? extends Mock.Event> wire(Mock.Event event) {
        return Mock.TYPE.events().all().stream()
                .filter(wire -> wire.type().equals(event.getClass()))
                .findFirst()
                .orElseThrow();
    }

    private static String line(Mock.Event event) {
        var wire = wire(event);
        return wire.name() + " " + wire.schema() + " " + new String(wire.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void every_released_shape_decodes() throws Exception {
        for (String line : Files.readAllLines(GOLDEN)) {
            String[] parts = line.split(" ", 3);
            var wire = Mock.TYPE.events().all().stream()
                    .filter(it -> it.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            Object event = wire.decode(Integer.parseInt(parts[1]), parts[2].getBytes(StandardCharsets.UTF_8));
            assertThat(EXAMPLES).contains((Mock.Event) event);
        }
    }

    @Test
    void every_shape_of_today_is_in_the_file() throws Exception {
        List<String> golden = Files.readAllLines(GOLDEN);

        assertThat(golden)
                .containsAll(EXAMPLES.stream().map(EventShapesTest::line).toList());
        assertThat(Arrays.stream(Mock.Event.class.getPermittedSubclasses())
                        .filter(Objects::nonNull)
                        .toList())
                .hasSameSizeAs(EXAMPLES);
    }
}
