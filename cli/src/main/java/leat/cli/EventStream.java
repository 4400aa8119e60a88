package leat.cli;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads server-sent events, and comes back with the last id seen when the connection ends.
 *
 * <p>It waits 1 second before coming back, doubling to 15 while nobody answers, and gives up after {@link #TRIES} failures
 * in a row. A refusal ends it at once.
 */
public final class EventStream {
    static final int TRIES = 8;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Remote remote;
    private final String path;
    private String lastId = "";

    /** Takes events as they come. */
    @FunctionalInterface
    public interface Listener {
        /** @return whether to go on */
        boolean received(Event event);
    }

    /**
     * One event.
     *
     * @param id empty when it had none
     * @param name {@code message} when it had none
     */
    public record Event(String id, String name, String data) {}

    EventStream(Remote remote, String path) {
        this.remote = remote;
        this.path = path;
    }

    void follow(Listener listener) {
        int failures = 0;
        while (true) {
            try {
                if (!readOne(listener)) {
                    return;
                }
                failures = 0;
            } catch (CommandFailure e) {
                failures++;
                if (e.exitCode() != ExitCode.UNREACHABLE || failures >= TRIES) {
                    throw e;
                }
            }
            pause(failures);
        }
    }

    /** After a stream that ended by itself, a second; after failures, longer each time. */
    private static void pause(int failures) {
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.max(0, failures - 1));
        try {
            Thread.sleep(doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.REFUSED, "interrupted", "Interrupted.", List.of());
        }
    }

    /** One connection, to its end; false when the listener has had enough. */
    private boolean readOne(Listener listener) {
        var request = remote.request(path).setHeader("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> response = remote.exchange(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw remote.problem(
                        response.statusCode(),
                        lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
            }
            return readEvents(lines.iterator(), listener);
        } catch (UncheckedIOException e) {
            // The connection broke in the middle: come back as if it had ended.
            return true;
        }
    }

    private boolean readEvents(Iterator<String> lines, Listener listener) {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty()) {
                if (any && !listener.received(new Event(id, name, data.toString()))) {
                    return false;
                }
                id = "";
                name = "message";
                data.setLength(0);
                any = false;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> {
                    id = value;
                    lastId = value;
                }
                case "event" -> name = value;
                case "data" -> {
                    data.append(any ? "\n" : "").append(value);
                    any = true;
                }
                default -> {
                    // a comment, or a field of the future
                }
            }
        }
        return true;
    }
}
