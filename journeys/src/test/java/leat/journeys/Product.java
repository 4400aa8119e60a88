package leat.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leat.platform.cluster.Ports;

/**
 * A whole Leat in a process of its own, on a data folder of its own, started and ended in every way that happens.
 *
 * <p>It runs the classes under test with the memory that the product has. It listens on one port for all its starts.
 * {@code -Dleat.engine=distributed} runs every journey that names no engine itself on PostgreSQL and NATS.
 */
final class Product implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Leat is ready at (http://\\S+) ");
    private static final Pattern OWNER_LINK = Pattern.compile("once, within a day: (http://\\S+)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final boolean DISTRIBUTED =
            System.getProperty("leat.engine", "embedded").equals("distributed");

    private final Path folder;
    private final List<String> flags;
    private final int port;
    private final List<String> lines = new ArrayList<>();
    private Process process;
    private Thread reading;

    private Product(Path folder, int port, List<String> flags) throws IOException {
        this.folder = folder;
        this.port = port;
        this.flags = flags;
        this.process = launch();
        this.reading = read(process);
    }

    /** Starts one on a folder, where it keeps its data; when this returns, it is ready. */
    static Product start(Path folder, String... flags) throws IOException {
        var all = new ArrayList<>(List.of(flags));
        if (DISTRIBUTED && all.stream().noneMatch(flag -> flag.startsWith("--engine"))) {
            all.addAll(Servers.shared().newDatabase());
        }
        var product = new Product(folder, Ports.free(), List.copyOf(all));
        try {
            product.line(READY, 0);
            return product;
        } catch (AssertionError e) {
            product.close();
            throw e;
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(
                java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "leat.platform.Main",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString()));
        command.addAll(flags);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LEAT_"));
        if (DISTRIBUTED) {
            builder.environment().put("LEAT_SECRET_KEY", "one key for all nodes of this journey");
        }
        return builder.start();
    }

    /** The JVM that runs this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Thread read(Process from) {
        return Thread.startVirtualThread(() -> {
            try (var reader =
                    new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                // it was killed
            }
        });
    }

    /** Waits for a line at or behind a place in the output, and gives what the pattern's group found in it. */
    private String line(Pattern pattern, int from) {
        long end = System.nanoTime() + START.toNanos();
        synchronized (lines) {
            for (int i = from; ; i++) {
                while (i >= lines.size()) {
                    if (!process.isAlive() || System.nanoTime() > end) {
                        throw new AssertionError("it never said \"" + pattern + "\" but:\n" + String.join("\n", lines));
                    }
                    try {
                        lines.wait(100);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new AssertionError("interrupted while waiting for " + pattern, e);
                    }
                }
                Matcher found = pattern.matcher(lines.get(i));
                if (found.find()) {
                    return found.group(1);
                }
            }
        }
    }

    /** As people reach it, without a slash at its end. */
    String url() {
        return "http://localhost:" + port;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Path folder() {
        return folder;
    }

    /** The one-time link that the first start printed. */
    String ownerLink() {
        return line(OWNER_LINK, 0);
    }

    /** Everything that it has written so far, by all its starts. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Its lines of errors so far: a journey expects none. */
    List<String> errors() {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.contains(" ERROR ") || line.startsWith("Exception in thread"))
                    .toList();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Memory that the process holds, in bytes, as the kernel counts it. */
    long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Ends it as a loss of power would, as far as a process can tell. */
    void kill9() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, and gives its exit code. */
    int term() {
        process.toHandle().destroy();
        awaitEnd();
        return process.exitValue();
    }

    /** Holds all its threads, as a machine that is suspended does. */
    void pause() throws IOException {
        signal("-STOP");
    }

    void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException {
        try {
            int code = new ProcessBuilder("kill", name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("kill " + name + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again on the same data and port; when this returns, it is ready. */
    void restart() throws IOException {
        int from;
        synchronized (lines) {
            from = lines.size();
        }
        process = launch();
        reading = read(process);
        line(READY, from);
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not end");
            }
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
