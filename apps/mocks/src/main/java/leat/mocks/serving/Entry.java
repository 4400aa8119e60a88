package leat.mocks.serving;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import leat.mocks.definition.RouteDefinition;
import leat.mocks.matching.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One answered request in the ring, as cheaply as the hot path allows: everything but the numbers is a reference to what
 * was there anyway. Its details go first when memory is short.
 */
final class Entry {
    final long atMillis;
    final int micros;
    final String method;
    final String target;
    final int status;
    final @Nullable RouteDefinition route;
    final @Nullable Problem problem;
    private final AtomicReference<@Nullable Kept> details;
    /** What another node told of the request, without its details; null for one that this node answered. */
    final @Nullable LoggedRequest told;

    private long number;

    Entry(
            long atMillis,
            int micros,
            String method,
            String target,
            int status,
            @Nullable RouteDefinition route,
            @Nullable Problem problem,
            Details details) {
        this(atMillis, micros, method, target, status, route, problem, details, null);
    }

    private Entry(
            long atMillis,
            int micros,
            String method,
            String target,
            int status,
            @Nullable RouteDefinition route,
            @Nullable Problem problem,
            @Nullable Kept details,
            @Nullable LoggedRequest told) {
        this.atMillis = atMillis;
        this.micros = micros;
        this.method = method;
        this.target = target.length() <= RequestLog.TARGET ? target : target.substring(0, RequestLog.TARGET);
        this.status = status;
        this.route = route;
        this.problem = problem;
        this.details = new AtomicReference<>(details);
        this.told = told;
    }

    /** A request that another node answered. */
    static Entry told(LoggedRequest it) {
        return new Entry(
                it.at().toEpochMilli(),
                it.micros(),
                it.method(),
                it.target(),
                it.status(),
                null,
                null,
                it.details().orElse(null),
                it.withoutDetails());
    }

    /** What can be let go when memory is short. */
    sealed interface Kept permits Details, LoggedRequest.Details {
        /** What it holds, in bytes, roughly: each character counts one, each text forty. */
        int weight();
    }

    /**
     * Headers and bodies of both directions.
     *
     * @param received names and values in turn
     * @param sent names and values in turn
     * @param requestBody at most {@link RequestLog#EXCERPT} bytes
     * @param answerBody likewise
     */
    record Details(
            List<String> received,
            List<String> sent,
            byte[] requestBody,
            int requestLength,
            byte[] answerBody,
            int answerLength)
            implements Kept {
        @Override
        public int weight() {
            int weight = requestBody.length + answerBody.length;
            for (int i = 0; i < received.size(); i++) {
                weight += received.get(i).length() + 40;
            }
            return weight;
        }
    }

    long number() {
        return number;
    }

    /** Before it is put where others see it. */
    void number(long value) {
        number = value;
    }

    @Nullable
    Kept details() {
        return details.get();
    }

    /** Lets go of the details, once; returns what they weighed. */
    int strip() {
        Kept held = details.getAndSet(null);
        return held == null ? 0 : held.weight();
    }
}
