package leat.mocks.serving;

import java.util.concurrent.Semaphore;

/** A mock's place at a serving node: what answers for it now, and what was asked of it. */
final class Served {
    /** Requests of one mock that are worked on off the event loop at once; beyond, 503. */
    static final int MAX_BESIDE = 64;

    /** An answer that takes longer on the event loop is held against its mock. */
    static final long SLOW_NANOS = 2_000_000;

    private static final int SLOW_WEIGHT = 8;
    private static final int HEAVY = 32;
    private static final int MOST = 64;

    final String id;
    final String host;
    final String path;
    final RequestLog log;
    final Semaphore beside = new Semaphore(MAX_BESIDE);
    private volatile Edition edition;
    private int slowness;
    private long usedAt;

    /**
     * @param host whole and in lower case
     * @param path {@code organization/mock}
     */
    Served(String id, String host, String path, Edition edition, RequestLog log) {
        this.id = id;
        this.host = host;
        this.path = path;
        this.edition = edition;
        this.log = log;
    }

    Edition edition() {
        return edition;
    }

    /** From the next request on this answers; requests under way finish with what they hold. */
    void swap(Edition next) {
        edition = next;
    }

    /**
     * Notes how long an answer took. Several loops write without waiting for each other: a lost note changes nothing that
     * the next one does not mend.
     */
    void took(long nanos, long now) {
        usedAt = now;
        if (nanos > SLOW_NANOS) {
            slowness = Math.min(MOST, slowness + SLOW_WEIGHT);
        } else if (slowness > 0) {
            slowness--;
        }
    }

    /** Whether its answers have lately been so slow that they must not be made where all others wait for them. */
    boolean isHeavy() {
        return slowness >= HEAVY;
    }

    long usedAt() {
        return usedAt;
    }
}
