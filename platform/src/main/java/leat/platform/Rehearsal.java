package leat.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Starts Leat in a folder that is thrown away, asks it for a few pages and stops it, so that the JVM learns which classes a
 * start and a first answer need. Run once by the build; see {@code leat}.
 */
final class Rehearsal {
    private static final List<String> ASKED = List.of(
            "/",
            "/health/ready",
            "/sign-in",
            "/api",
            "/api/openapi.json",
            "/operations",
            "/problems/forbidden",
            "/metrics");

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("leat-rehearsal");
        try {
            Configuration configuration =
                    Configuration.read(List.of("--port", "0", "--data", data.toString()), Map.of(), data);
            Settings settings = Settings.of(configuration);
            Logging.level(settings.logLevel());
            Installation installation = Installation.start(settings, Main::open, Main::modules);
            installation.awaitReady(Duration.ofSeconds(30));
            for (String path : ASKED) {
                ask(installation.port(), path);
            }
            installation.stop(Duration.ZERO, Duration.ofSeconds(5));
            Logging.stop();
        } finally {
            Folders.delete(data);
        }
    }

    private static void ask(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"
                            + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try (InputStream answer = socket.getInputStream()) {
                answer.readAllBytes();
            }
        }
    }
}
