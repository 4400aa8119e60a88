package leat.web;

import java.time.Duration;
import java.util.List;

/**
 * Where a server listens and what it bears.
 *
 * @param host the address to listen on
 * @param port 0 picks a free one
 * @param trustedProxies addresses or CIDR blocks whose X-Forwarded-For and X-Forwarded-Proto are believed; none by default
 */
public record ServerSettings(String host, int port, Limits limits, Timeouts timeouts, List<String> trustedProxies) {

    /**
     * How much of everything.
     *
     * @param headerBytes header fields of one request together; beyond, 431
     * @param targetBytes the request line, which is the method and the address; beyond, 414
     * @param bodyBytes the body of a route that does not state its own limit; beyond, 413
     * @param largestBodyBytes the most that a route may state
     * @param bufferedBodyBytes bodies held in memory at once, all together; beyond, 503
     * @param connections open connections; a further one is told 503 and closed
     * @param concurrentRequests requests being handled at once, streams of events not counted; beyond, 503
     * @param streams open streams of events; beyond, 503
     * @param streamsPerCaller open streams of one person, or of one address when nobody is known; beyond, 429
     * @param streamQueueBytes what may wait for one slow reader of events before its connection is cut
     */
    public record Limits(
            int headerBytes,
            int targetBytes,
            int bodyBytes,
            int largestBodyBytes,
            long bufferedBodyBytes,
            int connections,
            int concurrentRequests,
            int streams,
            int streamsPerCaller,
            int streamQueueBytes) {

        /** 16 KiB, 8 KiB, 1 MiB, 64 MiB, 256 MiB, 10,000, 1,000, 5,000, 32, 1 MiB. */
        public static Limits usual() {
            return new Limits(16 * 1024, 8 * 1024, 1 << 20, 64 << 20, 256L << 20, 10_000, 1_000, 5_000, 32, 1 << 20);
        }
    }

    /**
     * How long everything.
     *
     * @param idle a connection on which nothing moves in either direction is closed; a handler must therefore answer sooner
     * @param head a connection that has begun a request, or is new, and has not sent its whole head by then is closed
     * @param body a request whose whole body has not come by then is told 408
     * @param heartbeat how often a quiet stream of events gets a comment
     */
    public record Timeouts(Duration idle, Duration head, Duration body, Duration heartbeat) {

        /** 60 s, 10 s, 30 s, 15 s. */
        public static Timeouts usual() {
            return new Timeouts(
                    Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15));
        }
    }

    public ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Listens on a port of this machine only, with the usual limits. */
    public static ServerSettings local(int port) {
        return new ServerSettings("127.0.0.1", port, Limits.usual(), Timeouts.usual(), List.of());
    }

    public ServerSettings onHost(String address) {
        return new ServerSettings(address, port, limits, timeouts, trustedProxies);
    }

    public ServerSettings with(Limits other) {
        return new ServerSettings(host, port, other, timeouts, trustedProxies);
    }

    public ServerSettings with(Timeouts other) {
        return new ServerSettings(host, port, limits, other, trustedProxies);
    }

    public ServerSettings trusting(List<String> proxies) {
        return new ServerSettings(host, port, limits, timeouts, proxies);
    }
}
