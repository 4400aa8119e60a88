package leat.mocks;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import leat.kernel.Announcements;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.View;
import leat.mocks.serving.Serving;

/**
 * Keeps what answers in this process the same as what should.
 *
 * <p>It is told of changes in three ways, each enough by itself: by the compiler or an edge in this process, at once; by an
 * announcement when the list has changed; and by comparing everything every {@link #EVERY}. Whoever tells, the mock itself
 * is asked what should answer, so that news in the wrong order do no harm. When a revision that was compiled answers here,
 * the mock is told that it is live; that is what "published" means.
 */
final class Publications {
    /** How often everything is compared. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger("leat.mocks");

    private final Entities<Mock.Command, Mock.Event, Mock> mocks;
    private final Reader list;
    private final Serving serving;
    private final String baseHost;
    private final Announcements announcements;
    private final Clock clock;
    private final Ids ids;
    private final ReentrantLock swapping = new ReentrantLock();
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-mocks").factory());
    private volatile Thread warming = Thread.ofVirtual().unstarted(() -> {});
    private volatile Announcements.Listening listening = () -> {};

    Publications(
            Entities<Mock.Command, Mock.Event, Mock> mocks,
            Reader list,
            Serving serving,
            String baseHost,
            Announcements announcements,
            Clock clock,
            Ids ids) {
        this.mocks = mocks;
        this.list = list;
        this.serving = serving;
        this.baseHost = baseHost;
        this.announcements = announcements;
        this.clock = clock;
        this.ids = ids;
    }

    /** Puts everything in its place before the first request; routes are loaded in the background, or when asked for. */
    void start() {
        serving.putAbsent(desired());
        listening = announcements.listen(
                MockList.TOPIC + "*", it -> changed(it.as(View.Change.class).id()));
        warming = Thread.ofVirtual().name("mocks-warming").start(serving::warm);
        long millis = EVERY.toMillis();
        var _ = timer.scheduleWithFixedDelay(this::reconcile, millis, millis, TimeUnit.MILLISECONDS);
        var _ = timer.scheduleAtFixedRate(serving::endMinute, 1, 1, TimeUnit.MINUTES);
    }

    void stop() {
        listening.close();
        timer.shutdownNow();
        warming.interrupt();
    }

    private void changed(String id) {
        if (pending.add(id)) {
            Thread.startVirtualThread(() -> {
                pending.remove(id);
                tryRefresh(id);
            });
        }
    }

    /** Compares everything that answers with everything that should. */
    void reconcile() {
        try {
            List<MockList.Item> live = list.read(MockList::live);
            var differing = new HashSet<>(
                    serving.differences(live.stream().map(this::entry).toList()));
            live.stream()
                    .filter(item -> item.status().equals("publishing")
                            && item.live()
                                    .filter(it -> it.revision() == item.revision())
                                    .isPresent())
                    .forEach(item -> differing.add(item.id()));
            differing.forEach(this::tryRefresh);
            serving.trim();
        } catch (RuntimeException fault) {
            LOG.log(Logger.Level.WARNING, "mocks could not be compared; they will be again", fault);
        }
    }

    private void tryRefresh(String id) {
        try {
            refresh(id, Optional.empty());
        } catch (IOException | RuntimeException fault) {
            LOG.log(Logger.Level.WARNING, "mock " + id + " could not be put in its place; it is tried again", fault);
        }
    }

    /**
     * Has what the mock says now answer here, and tells the mock when that ends its publication.
     *
     * @param envelope of that command; made here when empty
     * @throws IOException when the artefact cannot be read; what answered before goes on
     */
    void refresh(String id, Optional<Envelope> envelope) throws IOException {
        while (true) {
            Mock mock = mocks.get(id).state();
            Optional<Serving.Entry> entry = entry(id, mock);
            Optional<Serving.Loaded> loaded =
                    entry.isPresent() ? Optional.of(serving.load(entry.get())) : Optional.empty();
            if (swap(id, mock, entry, loaded)) {
                if (mock instanceof Mock.Kept kept
                        && kept.publication() instanceof Mock.Publication.Publishing(int revision, boolean compiled)
                        && compiled) {
                    mocks.tell(id, new Mock.Command.MarkLive(revision), envelope.orElseGet(this::own));
                }
                return;
            }
        }
    }

    /** Only one swap at a time, and only while the mock still says so; false when it has changed its mind meanwhile. */
    private boolean swap(String id, Mock mock, Optional<Serving.Entry> entry, Optional<Serving.Loaded> loaded) {
        swapping.lock();
        try {
            if (!entry(id, mocks.get(id).state()).equals(entry)) {
                return false;
            }
            if (loaded.isPresent()) {
                serving.put(loaded.get());
            } else if (mock instanceof Mock.Removed) {
                serving.forget(id);
            } else {
                serving.remove(id);
            }
            return true;
        } finally {
            swapping.unlock();
        }
    }

    private Envelope own() {
        return new Envelope(ids.nextCommand(), "mocks.serving", "process:mocks.serving", clock.instant());
    }

    private List<Serving.Entry> desired() {
        return list.read(MockList::live).stream().map(this::entry).toList();
    }

    private Optional<Serving.Entry> entry(String id, Mock mock) {
        return mock instanceof Mock.Kept kept
                ? kept.live().map(live -> entry(id, kept.identity(), live))
                : Optional.empty();
    }

    private Serving.Entry entry(MockList.Item item) {
        return entry(item.id(), item.identity(), item.live().orElseThrow());
    }

    private Serving.Entry entry(String id, Mock.Identity identity, Mock.Live live) {
        return new Serving.Entry(
                id, identity.label() + "." + baseHost, identity.path(), live.revision(), live.artefact());
    }
}
