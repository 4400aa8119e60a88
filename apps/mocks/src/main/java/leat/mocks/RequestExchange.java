package leat.mocks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leat.kernel.Announcements;
import leat.kernel.Json;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.mocks.serving.Serving;

/**
 * Shows what all nodes were asked of a mock where somebody looks: each node remembers the requests that it answered itself,
 * and tells them when another asks.
 *
 * <p>A node asks when its log is read, and every {@link #WATCHING} while somebody follows it; it says what it has heard
 * before, so that it is told the rest. Nothing is sent for mocks at which nobody looks, and nothing is kept: a node that
 * ends takes what nobody has asked for with it, as it always did.
 */
final class RequestExchange {
    /** How long a request to another node takes at most to be seen by who follows. */
    static final Duration WATCHING = Duration.ofMillis(300);

    /** Longest wait for the others before what is known is shown. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration GREETING = Duration.ofSeconds(3);
    private static final Duration FORGETTING = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 150 << 10;
    private static final String ASK = "mocks.requests.ask";
    private static final String CLEARED = "mocks.requests.cleared";
    private static final String TOLD = "mocks.requests.told.";

    private final String self = UUID.randomUUID().toString();
    private final Serving serving;
    private final Announcements announcements;
    private final Clock clock;
    private final Map<String, Instant> others = new ConcurrentHashMap<>();
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final List<Announcements.Listening> listenings = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leat-mocks-requests").daemon().factory());

    /** @param mock empty when a node only says that it is there */
    record Ask(String node, String mock, Map<String, Long> heard) {}

    /** @param upTo the number up to which the node has told of its own requests with this */
    record Told(
            String node,
            String mock,
            long upTo,
            List<LoggedRequest> requests,
            RequestLog.Counts counts,
            boolean last) {}

    record Cleared(String node, String mock) {}

    /** Somebody who waits for the others to tell of a mock. */
    private record Look(String mock, Set<String> awaited, CountDownLatch told) {
        void heard(String node) {
            if (awaited.remove(node)) {
                told.countDown();
            }
        }
    }

    RequestExchange(Serving serving, Announcements announcements, Clock clock) {
        this.serving = serving;
        this.announcements = announcements;
        this.clock = clock;
    }

    void start() {
        listenings.add(announcements.listen(ASK, it -> asked(it.as(Ask.class))));
        listenings.add(announcements.listen(TOLD + self, it -> told(it.as(Told.class))));
        listenings.add(announcements.listen(CLEARED, it -> cleared(it.as(Cleared.class))));
        var _ = ticker.scheduleWithFixedDelay(this::greet, 0, GREETING.toMillis(), TimeUnit.MILLISECONDS);
        var _ = ticker.scheduleWithFixedDelay(
                this::askForWatched, WATCHING.toMillis(), WATCHING.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        ticker.shutdownNow();
        listenings.forEach(Announcements.Listening::close);
    }

    /** A mock's log, once the other nodes have told what they know, or did not in time. */
    RequestLog look(String mock) {
        Set<String> awaited = ConcurrentHashMap.newKeySet();
        awaited.addAll(others());
        if (!awaited.isEmpty()) {
            var look = new Look(mock, awaited, new CountDownLatch(awaited.size()));
            looks.add(look);
            try {
                ask(mock);
                var _ = look.told.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                looks.remove(look);
            }
        }
        return serving.log(mock);
    }

    /** Forgets the requests of a mock on all nodes. */
    void clear(String mock) {
        serving.log(mock).clear();
        announcements.announce(CLEARED, new Cleared(self, mock));
    }

    private Set<String> others() {
        Instant forgotten = clock.instant().minus(FORGETTING);
        others.values().removeIf(heard -> heard.isBefore(forgotten));
        return others.keySet();
    }

    private void greet() {
        announcements.announce(ASK, new Ask(self, "", Map.of()));
    }

    private void askForWatched() {
        if (!others().isEmpty()) {
            serving.watched().forEach(this::ask);
        }
    }

    private void ask(String mock) {
        announcements.announce(ASK, new Ask(self, mock, serving.log(mock).heard()));
    }

    private void asked(Ask ask) {
        if (ask.node().equals(self)) {
            return;
        }
        if (others.put(ask.node(), clock.instant()) == null) {
            greet();
        }
        if (!ask.mock().isEmpty()) {
            Thread.startVirtualThread(() -> tell(ask));
        }
    }

    /** In pieces that a message can carry, the oldest first. */
    private void tell(Ask ask) {
        RequestLog log = serving.log(ask.mock());
        long upTo = ask.heard().getOrDefault(self, 0L);
        var piece = new ArrayList<LoggedRequest>();
        int bytes = 0;
        for (LoggedRequest request : log.own(upTo)) {
            int more = Json.bytes(request).length;
            if (bytes + more > MOST_BYTES && !piece.isEmpty()) {
                tell(ask, upTo, piece, log, false);
                piece.clear();
                bytes = 0;
            }
            piece.add(request);
            bytes += more;
            upTo = request.number();
        }
        tell(ask, upTo, piece, log, true);
    }

    private void tell(Ask ask, long upTo, List<LoggedRequest> piece, RequestLog log, boolean last) {
        announcements.announce(
                TOLD + ask.node(), new Told(self, ask.mock(), upTo, List.copyOf(piece), log.ownCounts(), last));
    }

    private void told(Told told) {
        serving.log(told.mock()).hear(told.node(), told.upTo(), told.requests(), told.counts());
        if (told.last()) {
            looks.stream().filter(look -> look.mock.equals(told.mock())).forEach(look -> look.heard(told.node()));
        }
    }

    private void cleared(Cleared cleared) {
        if (!cleared.node().equals(self)) {
            serving.log(cleared.mock()).clear();
        }
    }
}
