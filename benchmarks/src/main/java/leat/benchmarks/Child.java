package leat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java process of its own, so that each peer has its own heap, its own compiler and its own account of CPU time.
 *
 * <p>Both its outputs are read as long as it lives; when it does not start, its last {@link #REMEMBERED} lines of errors
 * are in the exception.
 */
final class Child implements AutoCloseable {
    /** The longest that a process may take to say what is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int REMEMBERED = 40;
    private static final double TICKS_PER_SECOND = 100;

    private final String main;
    private final Process process;
    private final LinkedBlockingQueue<Line> out = new LinkedBlockingQueue<>();
    private final Deque<String> errors = new ArrayDeque<>();

    private sealed interface Line {
        record Said(String text) implements Line {}

        record End() implements Line {}
    }

    private Child(String main, Process process) {
        this.main = main;
        this.process = process;
        read(process.getInputStream(), line -> out.add(new Line.Said(line)), () -> out.add(new Line.End()));
        read(process.getErrorStream(), this::remember, () -> {});
    }

    /** How the script starts the product: the flags of this process but for its heap, then the ones given. */
    static List<String> asTheProduct(String... more) {
        return Stream.concat(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(flag -> flag.startsWith("-XX:")),
                        Stream.of(more))
                .toList();
    }

    static Child start(List<String> flags, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(flags);
        if (!flags.contains("-cp")) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        command.add(main);
        command.addAll(List.of(arguments));
        return new Child(main, new ProcessBuilder(command).start());
    }

    /**
     * The first line of its output in which the pattern is found.
     *
     * @throws IOException with what it wrote to its errors, when it ends first or takes longer than {@link #PATIENCE}
     */
    Matcher await(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                switch (out.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    case Line.Said(String text) -> {
                        Matcher matcher = wanted.matcher(text);
                        if (matcher.find()) {
                            return matcher;
                        }
                    }
                    case Line.End _ -> throw silent("ended before it said", pattern);
                    case null -> throw silent("did not say within " + PATIENCE.toSeconds() + " s", pattern);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private IOException silent(String what, String pattern) {
        close();
        synchronized (errors) {
            return new IOException(main + " " + what + " \"" + pattern + "\"; its last errors:\n"
                    + (errors.isEmpty() ? "(none)" : String.join("\n", errors)));
        }
    }

    private void remember(String line) {
        synchronized (errors) {
            if (errors.size() == REMEMBERED) {
                errors.removeFirst();
            }
            errors.addLast(line);
        }
    }

    private static void read(InputStream from, Consumer<String> line, Runnable end) {
        Thread.ofPlatform().daemon().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                reader.lines().forEach(line);
            } catch (IOException | UncheckedIOException ended) {
                // A process that is destroyed closes its outputs in the middle.
            } finally {
                end.run();
            }
        });
    }

    /** CPU seconds, user and system, of the whole process so far; from /proc, so Linux only. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
