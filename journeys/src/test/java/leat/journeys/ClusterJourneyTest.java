package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code leat cluster}: three nodes with different modules behind a front door, as a developer starts them. */
final class ClusterJourneyTest {
    private static final Pattern READY = Pattern.compile("Leat is ready at http://localhost:(\\d+) ");
    private static final Pattern NODE = Pattern.compile("^ +(node-\\d).*; process (\\d+), ");
    private static final Pattern LINK = Pattern.compile("once, within a day: (http://\\S+)");

    @TempDir
    Path folder;

    /** The command in a process of its own, until it has said where everything is. */
    private record Running(Process process, List<String> lines, int port, String link) implements AutoCloseable {
        static Running start(Path keep) throws IOException {
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
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var lines = new ArrayList<String>();
            int port = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    port = Integer.parseInt(ready.group(1));
                }
                Matcher link = LINK.matcher(line);
                if (link.find()) {
                    Thread.startVirtualThread(() -> out.lines().forEach(lines::add));
                    return new Running(process, lines, port, link.group(1));
                }
            }
            throw new AssertionError("it ended before it was ready: " + String.join("\n", lines));
        }

        private static Path s3ClassPath() {
            Path here = Path.of("").toAbsolutePath();
            Path root = Files.exists(here.resolve("leat"))
                    ? here
                    : here.resolve("..").normalize();
            return root.resolve("engines/distributed/s3proxy/target/class-path.txt");
        }

        ProcessHandle node(String name) {
            return lines.stream()
                    .map(NODE::matcher)
                    .filter(Matcher::find)
                    .filter(found -> found.group(1).equals(name))
                    .map(found ->
                            ProcessHandle.of(Long.parseLong(found.group(2))).orElseThrow())
                    .findFirst()
                    .orElseThrow();
        }

        /** Every process below it, as the machine sees them. */
        List<ProcessHandle> below() {
            return process.descendants().toList();
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

    @Test
    void people_work_on_while_nodes_die_and_everything_ends_with_the_command() throws Exception {
        // The user that PostgreSQL runs as, when root starts it, must come through.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Running cluster = Running.start(folder.resolve("cluster"));
        try {
            Api ada = Api.owner(cluster.port(), cluster.link());
            Workshop.published(ada, "workshop", "pets", Workshop.answering("/pets/:id", "pet {{path-params.id}}"));
            for (int i = 0; i < 9; i++) {
                int id = i;
                Eventually.holds("every node answers with the mock", () -> pet(cluster, id));
                ada.get("/api/accounts/me").with(200);
                ada.get("/api/mocks/mocks").with(200);
            }
            for (String name : List.of("node-1", "node-2", "node-3")) {
                cluster.node(name).destroyForcibly();
                Eventually.holds("the mock is answered without " + name, () -> pet(cluster, 7));
                Eventually.holds(
                        "people are known without " + name,
                        () -> ada.get("/api/accounts/me").status() == 200);
                Workshop.published(ada, "workshop", "after-" + name, Workshop.answering("/x", "made without " + name));
                Eventually.holds(
                        name + " is back",
                        () -> cluster.lines().stream().anyMatch(line -> line.startsWith(name + " is back")));
            }
        } finally {
            List<ProcessHandle> below = cluster.below();
            assertThat(below).hasSizeGreaterThan(5);
            cluster.process().destroyForcibly();
            Eventually.holds(
                    "everything has ended with the command",
                    () -> below.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private static boolean pet(Running cluster, int id) throws IOException {
        try {
            Api.Answer answer = Wire.get(cluster.port(), "pets-workshop.localhost", "/pets/" + id);
            return answer.status() == 200 && answer.body().equals("pet " + id);
        } catch (IOException gone) {
            return false;
        }
    }
}
