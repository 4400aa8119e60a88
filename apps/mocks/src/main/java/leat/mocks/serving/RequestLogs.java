package leat.mocks.serving;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The request logs of all mocks that this node has served; beyond {@link #MAX}, those idle longest forget first. */
public final class RequestLogs {
    /** Mocks whose requests are remembered. */
    public static final int MAX = 1_000;

    private final Map<String, RequestLog> byMock = new ConcurrentHashMap<>();
    private final int max;

    public RequestLogs() {
        this(MAX);
    }

    RequestLogs(int max) {
        this.max = max;
    }

    /** A mock's log; an empty one when nothing was asked of it. */
    public RequestLog of(String mock) {
        return byMock.computeIfAbsent(mock, id -> new RequestLog());
    }

    /** Forgets a mock that is no more. */
    public void remove(String mock) {
        RequestLog log = byMock.remove(mock);
        if (log != null) {
            log.clear();
        }
    }

    /** The mocks whose requests somebody follows here. */
    List<String> watched() {
        return byMock.entrySet().stream()
                .filter(log -> log.getValue().isWatched())
                .map(Map.Entry::getKey)
                .toList();
    }

    void endMinute() {
        byMock.values().forEach(RequestLog::endMinute);
    }

    /** Forgets what is beyond the bound. */
    void trim() {
        List<RequestLog> used = byMock.values().stream()
                .filter(log -> !log.isEmpty())
                .sorted(Comparator.comparingLong(RequestLog::lastAt).reversed())
                .toList();
        used.subList(Math.min(max, used.size()), used.size()).forEach(RequestLog::clear);
    }
}
