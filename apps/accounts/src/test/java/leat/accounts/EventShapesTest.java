package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.kernel.EntityType;
import leat.kernel.Json;
import leat.kernel.Wire;
import org.junit.jupiter.api.Test;

/** Every event shape ever released decodes for ever; the golden file only grows. */
class EventShapesTest {
    private static final List<EntityType<?, ?, ?>> TYPES = List.of(
            User.TYPE, Organization.TYPE, Session.TYPE, ApiToken.TYPE, OwnerLink.TYPE, Login.TYPE);

    private static List<String> golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(EventShapesTest.class.getResourceAsStream("events.golden"), "events.golden")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    private static Stream<? extends Wire<?>> wires() {
        return TYPES.stream().flatMap(type -> type.events().all().stream());
    }

    @Test
    void every_released_shape_decodes() throws IOException {
        var byName = wires().collect(Collectors.toMap(Wire::name, wire -> wire));
        for (String line : golden()) {
            String[] parts = line.split(" ", 3);
            Wire<?> wire = Objects.requireNonNull(byName.get(parts[0]), parts[0]);
            int schema = Integer.parseInt(parts[1]);
            Object event = wire.decode(schema, parts[2].getBytes(StandardCharsets.UTF_8));
            if (schema == wire.schema()) {
                assertThat(Json.tree(wire.encode(event))).as(line).isEqualTo(Json.tree(parts[2]));
            }
        }
    }

    @Test
    void every_event_stands_in_the_golden_file_with_its_present_shape() throws IOException {
        Set<String> released = new HashSet<>();
        for (String line : golden()) {
            String[] parts = line.split(" ", 3);
            released.add(parts[0] + " " + parts[1]);
        }
        assertThat(released).containsAll(wires().map(wire -> wire.name() + " " + wire.schema()).toList());
    }
}
