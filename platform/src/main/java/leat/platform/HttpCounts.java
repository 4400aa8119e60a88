package leat.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import leat.web.ServerMetrics;

/** Counts what the server does, in adders: the reader of the metrics pays for names and formats, not each request. */
final class HttpCounts implements ServerMetrics {
    /** Rows that are told apart; routes and statuses are few, so more would be a mistake, and go into one row. */
    static final int MAX_ROWS = 2_000;

    private static final Row OTHERS = new Row("other", "(others)", 0);

    private final Map<Row, Count> rows = new ConcurrentHashMap<>();
    private final LongAdder connections = new LongAdder();
    private final LongAdder streams = new LongAdder();
    private volatile Consumer<Row> onNewRow = row -> {};

    record Row(String method, String route, int status) {}

    static final class Count {
        final LongAdder requests = new LongAdder();
        final LongAdder nanos = new LongAdder();
    }

    @Override
    public void answered(String method, String pattern, int status, long durationNanos) {
        var row = new Row(method, pattern, status);
        Count count = rows.get(row);
        if (count == null) {
            count = added(rows.size() < MAX_ROWS ? row : OTHERS);
        }
        count.requests.increment();
        count.nanos.add(durationNanos);
    }

    private Count added(Row row) {
        var fresh = new Count();
        Count present = rows.putIfAbsent(row, fresh);
        if (present != null) {
            return present;
        }
        onNewRow.accept(row);
        return fresh;
    }

    /** Tells of every row, those there are and those to come. */
    void eachRow(Consumer<Row> told) {
        onNewRow = told;
        rows.keySet().forEach(told);
    }

    Count count(Row row) {
        Count count = rows.get(row);
        return count == null ? new Count() : count;
    }

    long connections() {
        return connections.sum();
    }

    long streams() {
        return streams.sum();
    }

    @Override
    public void connectionOpened() {
        connections.increment();
    }

    @Override
    public void connectionClosed() {
        connections.decrement();
    }

    @Override
    public void streamOpened() {
        streams.increment();
    }

    @Override
    public void streamClosed() {
        streams.decrement();
    }
}
