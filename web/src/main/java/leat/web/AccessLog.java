package leat.web;

import java.lang.System.Logger;
import java.time.Instant;
import java.util.LinkedHashMap;
import leat.kernel.Json;

/**
 * One line of JSON for every answer, under the logger {@code leat.access}; no header, query value or body ever. Of a route
 * whose path holds a {@code {secret}} or a {@code {token}} only the pattern is told.
 */
final class AccessLog {
    /** Longest part of a path that is logged, in characters. */
    static final int MAX_PATH_LENGTH = 512;

    private static final Logger LOG = System.getLogger("leat.access");

    private AccessLog() {}

    /** @param pattern the path of the route that answered */
    static void answered(Request request, String pattern, int status, long nanos, long bytes) {
        if (!LOG.isLoggable(Logger.Level.INFO)) {
            return;
        }
        String path = pattern.contains("{secret}") || pattern.contains("{token}") ? pattern : request.path();
        var line = new LinkedHashMap<String, Object>();
        line.put("at", Instant.now().toString());
        line.put("method", request.incoming().method());
        line.put("path", path.length() > MAX_PATH_LENGTH ? path.substring(0, MAX_PATH_LENGTH) : path);
        line.put("status", status);
        line.put("ms", Math.round(nanos / 10_000.0) / 100.0);
        line.put("bytes", bytes);
        line.put("caller", request.caller().id().orElse("-"));
        line.put("requestId", request.requestId());
        LOG.log(Logger.Level.INFO, Json.text(line));
    }
}
