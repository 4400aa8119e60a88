package leat.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Asks the Leat of the same settings on this machine whether it is ready, for containers: ends with 0 when it is, and else
 * with 1 and the answer.
 */
public final class HealthCheck {
    private static final List<String> EVERYWHERE = List.of("0.0.0.0", "::");
    private static final int PATIENCE_MILLIS = 5_000;

    private HealthCheck() {}

    public static void main(String[] arguments) {
        try {
            Settings settings = Settings.of(Configuration.read(List.of(), System.getenv(), Path.of("")));
            Optional<String> unwell = ask(settings);
            if (unwell.isPresent()) {
                System.err.println(unwell.get());
                System.exit(1);
            }
        } catch (StartFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /** What is wrong; empty when it is ready. */
    static Optional<String> ask(Settings settings) {
        String host = EVERYWHERE.contains(settings.host()) ? "127.0.0.1" : settings.host();
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) new URI("http", null, host, settings.port(), "/health/ready", null, null)
                            .toURL()
                            .openConnection();
            asked.setConnectTimeout(PATIENCE_MILLIS);
            asked.setReadTimeout(PATIENCE_MILLIS);
            if (asked.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            try (InputStream answer = asked.getErrorStream()) {
                return Optional.of(answer == null ? "not ready" : new String(answer.readAllBytes(), UTF_8));
            }
        } catch (IOException | URISyntaxException e) {
            return Optional.of(
                    "nothing answers at " + host + ", port " + settings.port() + " (" + e.getMessage() + ")");
        }
    }
}
