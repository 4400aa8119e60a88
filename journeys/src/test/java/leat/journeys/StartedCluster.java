package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import leat.platform.cluster.NatsServer;

/** {@code leat cluster} in a process of its own, as a developer starts it, from when it has said where everything is. */
final class StartedCluster implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Leat is ready at http://localhost:(\\d+) ");
    private static final Pattern NODE =
            Pattern.compile("^ +(node-\\d) +http://127\\.0\\.0\\.1:(\\d+) +(.*); process (\\d+), ");
    private static final Pattern BACK = Pattern.compile("^(node-\\d) is back, as process (\\d+)\\.");
    private static final Pattern NATS = Pattern.compile("^ +NATS +nats://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern LINK = Pattern.compile("once, within a day: (http://\\S+)");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String link;

    private StartedCluster(Process process, BufferedReader out) throws IOException {
        this.process = process;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            Matcher found = LINK.matcher(line);
            if (found.find()) {
                link = found.group(1);
                Thread.startVirtualThread(() -> out.lines().forEach(lines::add));
                return;
            }
        }
        throw new AssertionError("it ended before it was ready: " + String.join("\n", lines));
    }

    static StartedCluster in(Path keep) throws IOException {
        Process process = new ProcessBuilder(
                        Product.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dleat.s3.class-path=" + s3ClassPath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "leat.platform.ClusterCommand",
                        "--port=0",
                        "--keep=" + keep)
                .redirectErrorStream(true)
                .start();
        return new StartedCluster(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private static Path s3ClassPath() {
        Path here = Path.of("").toAbsolutePath();
        Path root =
                Files.exists(here.resolve("leat")) ? here : here.resolve("..").normalize();
        return root.resolve("engines/distributed/s3proxy/target/class-path.txt");
    }

    /** The front door's. */
    int port() {
        return Integer.parseInt(said(READY).group(1));
    }

    String url() {
        return "http://localhost:" + port();
    }

    /** By which the owner signs in. */
    String link() {
        return link;
    }

    /** @param port by which it is reached without the front door */
    record Node(String name, int port, List<String> modules, long pid) {
        void pause() throws IOException, InterruptedException {
            signal("-STOP");
        }

        void resume() throws IOException, InterruptedException {
            signal("-CONT");
        }

        private void signal(String name) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", name, Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    /** The nodes, each with the process that it has now. */
    List<Node> nodes() {
        return all(NODE)
                .map(row -> new Node(
                        row.group(1),
                        Integer.parseInt(row.group(2)),
                        Arrays.asList(row.group(3).split(", ")),
                        Long.parseLong(all(BACK)
                                .filter(back -> back.group(1).equals(row.group(1)))
                                .map(back -> back.group(2))
                                .reduce(row.group(4), (former, later) -> later))))
                .toList();
    }

    private Stream<MatchResult> all(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).map(Matcher::toMatchResult);
    }

    private MatchResult said(Pattern pattern) {
        return all(pattern).findFirst().orElseThrow();
    }

    /** Kills a node; what starts it again ten seconds later is the cluster itself. */
    void kill(Node node) {
        ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits until a node that was killed answers again. */
    void awaitBack(Node node) {
        Eventually.holds(
                node.name() + " is back",
                () -> nodes().stream().anyMatch(now -> now.name().equals(node.name()) && now.pid() != node.pid()));
    }

    void killNats() {
        ProcessHandle server = process.descendants()
                .filter(one -> one.info().command().orElse("").endsWith("nats-server"))
                .findFirst()
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    /** A NATS at the address of the one that was killed; to be closed by the caller. */
    NatsServer natsAgain(Path log) throws IOException {
        return NatsServer.start(log, Integer.parseInt(said(NATS).group(1)));
    }

    /** Kills the command itself, and waits until everything that it started has ended too. */
    void killAndAwaitTheEndOfAll() {
        List<ProcessHandle> below = process.descendants().toList();
        assertThat(below).hasSizeGreaterThan(5);
        process.destroyForcibly();
        Eventually.holds(
                "everything has ended with the command", () -> below.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ended").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
