package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real main class in processes of their own, on the embedded engine, stopped in every way that happens. */
final class ProcessTest {
    private static final Pattern READY = Pattern.compile("Leat is ready at http://localhost:(\\d+) ");

    @TempDir
    Path folder;

    private final List<Running> running = new ArrayList<>();

    private record Running(Process process, BufferedReader out) {
        /** The next line with a port in it. */
        int port() throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    return Integer.parseInt(ready.group(1));
                }
            }
            throw new AssertionError("it ended before it was ready: "
                    + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
            return process.exitValue();
        }

        String err() throws IOException {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Running start(String... flags) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "leat.platform.Main"));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LEAT_"));
        Process process = builder.start();
        var started = new Running(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        running.add(started);
        return started;
    }

    @AfterEach
    void end() {
        running.forEach(one -> one.process().destroyForcibly());
    }

    @Test
    void a_request_under_way_when_sigterm_comes_is_answered_and_the_process_ends_well() throws Exception {
        Running leat = start("--port", "0");
        int port = leat.port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            awaitAnswered(port, "/health/ready");
            // By its handle: the process itself would close its streams.
            leat.process().toHandle().destroy();
            assertThat(lineWith(leat, "Stopping")).isTrue();
            awaitRefused(port);
            out.write("cd".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 405");
        }
        assertThat(leat.exitCode()).isZero();
        assertThat(leat.err()).isEmpty();
    }

    @Test
    void a_second_process_on_the_same_folder_is_told_who_has_it() throws Exception {
        Running first = start("--port", "0");
        first.port();
        Running second = start("--port", "0");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
                .contains("in use by process " + first.process().pid())
                .doesNotContain("\tat ");
    }

    @Test
    void after_kill_9_it_starts_again_on_the_same_folder() throws Exception {
        Running first = start("--port", "0");
        first.port();
        first.process().destroyForcibly();
        first.exitCode();
        Running second = start("--port", "0");
        awaitAnswered(second.port(), "/health/ready");
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_told_in_a_sentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Running leat = start("--port", "0", "--data", file.resolve("data").toString());
        assertThat(leat.exitCode()).isEqualTo(1);
        assertThat(leat.err()).startsWith("leat: ").contains(file.toString()).doesNotContain("\tat ");
    }

    @Test
    void a_wrong_setting_ends_with_2_and_touches_nothing() throws Exception {
        Running leat = start("--port", "many");
        assertThat(leat.exitCode()).isEqualTo(2);
        assertThat(leat.err()).isEqualTo("leat: port is \"many\", from --port; it must be a number from 0 to 65535.\n");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private static boolean lineWith(Running leat, String text) throws IOException {
        for (String line = leat.out().readLine();
                line != null;
                line = leat.out().readLine()) {
            if (line.contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static void awaitAnswered(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** Waits until nobody listens any more, which is when the rest of the request must still be taken. */
    private static void awaitRefused(int port) throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.sleep(5);
                assertThat(socket.isConnected()).isTrue();
            } catch (IOException refused) {
                return;
            }
        }
        throw new AssertionError("it still listens");
    }
}
