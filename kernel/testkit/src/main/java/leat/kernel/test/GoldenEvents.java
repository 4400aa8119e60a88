package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import leat.kernel.EntityType;
import leat.kernel.Wire;

/**
 * Holds events to the shapes that were ever released: a file has a line {@code <wire name> <schema> <JSON>} for each, to
 * which lines are added and in which none changes.
 */
public final class GoldenEvents {
    private GoldenEvents() {}

    /**
     * Checks that every line of the file is read as one of the examples, that every example is written as one of the lines,
     * and that every event of the types has an example.
     *
     * @throws AssertionError that says which line to add, or which example
     */
    public static void check(Path file, List<?> examples, EntityType<?, ?, ?>... types) {
        List<Wire<?>> wires = Stream.of(types)
                .<Wire<?>>flatMap(type -> type.events().all().stream())
                .toList();
        for (Wire<?> wire : wires) {
            assertThat(examples)
                    .as("examples; add one of the event " + wire.name())
                    .anyMatch(it -> wire.type().equals(it.getClass()));
        }
        List<String> golden = lines(file);
        var missing = new ArrayList<String>();
        for (Object example : examples) {
            Wire<?> wire = wires.stream()
                    .filter(it -> it.type().equals(example.getClass()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            example.getClass().getSimpleName() + " has no wire in the entity types that are checked"));
            String line =
                    wire.name() + " " + wire.schema() + " " + new String(wire.encode(example), StandardCharsets.UTF_8);
            if (!golden.contains(line)) {
                missing.add(line);
            }
        }
        assertThat(missing)
                .as("lines to add to %s; never change one that was released, add an upcaster", file)
                .isEmpty();
        for (String line : golden) {
            String[] parts = line.split(" ", 3);
            Wire<?> wire = wires.stream()
                    .filter(it -> it.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no event has the released name " + parts[0] + " any more"));
            Object event = wire.decode(Integer.parseInt(parts[1]), parts[2].getBytes(StandardCharsets.UTF_8));
            assertThat(examples.contains(event))
                    .as("an example is equal to what this line is read as: %s", line)
                    .isTrue();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
