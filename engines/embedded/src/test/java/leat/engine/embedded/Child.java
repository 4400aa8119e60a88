package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/**
 * A process of its own that commits numbered appends and prints each number once it is acknowledged; started by tests
 * that watch it or kill it.
 */
final class Child {
    /** Entities that the numbers go to in turn. */
    static final int ENTITIES = 20;

    private Child() {}

    /** @param args the data folder, the first number, how many numbers, and how many of them make a group */
    public static void main(String[] args) {
        long first = Long.parseLong(args[1]);
        long count = Long.parseLong(args[2]);
        int groupSize = Integer.parseInt(args[3]);
        try (EmbeddedEngine engine = EmbeddedEngine.open(Path.of(args[0]), EmbeddedSettings.DEFAULT)) {
            print("open");
            for (long number = first; number < first + count; number += groupSize) {
                List<Write> group = new ArrayList<>();
                for (long n = number; n < number + groupSize; n++) {
                    StreamId stream = stream(n);
                    List<?> before = engine.journal().stream(stream, 0, 1_000_000);
                    long pending = group.stream()
                            .filter(write -> ((Write.Append) write).stream().equals(stream))
                            .count();
                    group.add(append(n, before.size() + pending));
                }
                for (Outcome outcome : engine.journal().commit(group)) {
                    if (!(outcome instanceof Outcome.Appended)) {
                        throw new IllegalStateException("number " + number + " ended in " + outcome);
                    }
                }
                print("done " + (number + groupSize - 1));
            }
            print("end");
        }
    }

    private static void print(String line) {
        System.out.write((line + "\n").getBytes(UTF_8), 0, line.length() + 1);
        System.out.flush();
    }

    static StreamId stream(long number) {
        return new StreamId("note", "n" + number % ENTITIES);
    }

    static UUID command(long number) {
        return new UUID(0x0190_0000_0000_7000L, number);
    }

    static Write.Append append(long number, long version) {
        StreamId stream = stream(number);
        return new Write.Append(
                PartitionId.of("notes", stream),
                0,
                stream,
                version,
                command(number),
                "request-" + number,
                "user:ada",
                Instant.parse("2026-06-01T12:00:00Z"),
                List.of(new Write.NewEvent(
                        "note.counted", 1, Long.toString(number).getBytes(UTF_8))),
                List.of(),
                List.of());
    }

    /** Starts this class in a JVM of its own, behind {@code prefix} ({@code strace …}) where there is one. */
    static Process start(List<String> prefix, Path folder, long first, long count, int groupSize) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                Long.toString(first),
                Long.toString(count),
                Integer.toString(groupSize)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }
}
