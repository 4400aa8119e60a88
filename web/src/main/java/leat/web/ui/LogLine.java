package leat.web.ui;

import java.time.Duration;
import java.time.Instant;

/** One answered request as a live log shows it. */
public record LogLine(Instant at, String method, String path, int status, Duration took) {
    public String methodClass() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> "method-get";
            case "POST" -> "method-post";
            case "PUT" -> "method-put";
            case "PATCH" -> "method-patch";
            case "DELETE" -> "method-delete";
            default -> "";
        };
    }

    public String statusClass() {
        return "code-" + status / 100;
    }

    /** The time taken in milliseconds, with a decimal below ten. */
    public String millis() {
        long micros = took.toNanos() / 1000;
        return micros < 10_000 ? "%d.%d ms".formatted(micros / 1000, micros % 1000 / 100) : micros / 1000 + " ms";
    }
}
