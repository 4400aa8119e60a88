package leat.mocks.serving;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The last requests to one mock, in the memory of this node, and how many there have been since it started. What other
 * nodes have told of theirs stands between them, in the order in which it was heard.
 *
 * <p>Writing takes no lock: a number from a counter, a slot of the ring. What is kept of a request beyond its line (headers
 * and the beginnings of both bodies) is bounded by {@link #DETAIL_BYTES} in all; the oldest lose theirs first.
 */
public final class RequestLog {
    /** Requests that are remembered. */
    public static final int SIZE = 200;

    /** Bytes that are kept of a body. */
    public static final int EXCERPT = 4 * 1024;

    /** Characters that are kept of a path with its query. */
    public static final int TARGET = 1_024;

    /** Bytes of headers and bodies of all remembered requests together, roughly. */
    public static final int DETAIL_BYTES = 128 * 1024;

    /** Minutes of which {@link #perMinute} tells. */
    public static final int MINUTES = 60;

    /** How long watchers wait for more, so that a flood wakes them a few times a second and not for each request. */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Names have ten letters and digits. */
    private static final long NAMES = 3_656_158_440_062_976L;

    private static final Duration GATHERING = Duration.ofMillis(40);

    /** Unlike that of any other log, also of the same mock, on any node. */
    private final String name = Long.toString(RANDOM.nextLong(NAMES / 36, NAMES), 36);

    private final AtomicReferenceArray<Entry> ring = new AtomicReferenceArray<>(SIZE);
    private final AtomicLong next = new AtomicLong(1);
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong oldestDetailed = new AtomicLong(1);
    private final LongAdder requests = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final int[] minutes = new int[MINUTES];
    private int minute;
    private long counted;
    private volatile long clearedBefore;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /** How far another node has told of its requests. */
    private record Heard(long upTo, Counts counts) {}

    /**
     * Counts since the nodes started.
     *
     * @param misses requests that no route took
     * @param errors requests whose answer could not be built
     */
    public record Counts(long requests, long misses, long errors) {
        Counts plus(Counts other) {
            return new Counts(requests + other.requests, misses + other.misses, errors + other.errors);
        }
    }

    void add(Entry entry, Entry.Details details) {
        requests.increment();
        if (entry.problem != null) {
            (entry.problem.status() >= 500 ? errors : misses).increment();
        }
        put(entry, details.weight());
    }

    private void put(Entry entry, int weight) {
        long number = next.getAndIncrement();
        entry.number(number);
        long total = held.addAndGet(weight);
        Entry old = ring.getAndSet((int) (number % SIZE), entry);
        if (old != null) {
            total = held.addAndGet(-old.strip());
        }
        while (total > DETAIL_BYTES) {
            long oldest = Math.max(oldestDetailed.getAndIncrement(), number - SIZE);
            if (oldest >= number) {
                break;
            }
            Entry victim = ring.get((int) (oldest % SIZE));
            total = victim == null ? held.get() : held.addAndGet(-victim.strip());
        }
        if (!watchers.isEmpty() && waking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::wake);
        }
    }

    /** Takes in what another node tells; what was told before is passed over. */
    public void hear(String node, long upTo, List<LoggedRequest> requests, Counts counts) {
        Heard before = heard.get(node);
        // Of two that tell at once, the one that was asked earlier may come later.
        heard.put(node, new Heard(before == null ? upTo : Math.max(before.upTo, upTo), counts));
        for (LoggedRequest request : requests) {
            if (before == null || request.number() > before.upTo) {
                put(
                        Entry.told(request),
                        request.details().map(LoggedRequest.Details::weight).orElse(0));
            }
        }
        if (requests.isEmpty() && before != null && !before.counts.equals(counts)) {
            watchers.forEach(Runnable::run);
        }
    }

    /** How far each other node has told of its requests, in its own numbers. */
    public Map<String, Long> heard() {
        Map<String, Long> upTo = new TreeMap<>();
        heard.forEach((node, told) -> upTo.put(node, told.upTo));
        return upTo;
    }

    private void wake() {
        try {
            Thread.sleep(GATHERING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waking.set(false);
        }
        watchers.forEach(Runnable::run);
    }

    /** Those behind a number that are still there, the oldest first; a slot being written just now ends the list. */
    public List<LoggedRequest> after(long number) {
        return entries(number).map(this::logged).toList();
    }

    private LoggedRequest logged(Entry entry) {
        return LoggedRequest.of(name, entry);
    }

    public String name() {
        return name;
    }

    private Stream<Entry> entries(long number) {
        long end = next.get();
        var found = new ArrayList<Entry>();
        for (long n = Math.max(Math.max(number + 1, clearedBefore), Math.max(1, end - SIZE)); n < end; n++) {
            Entry entry = ring.get((int) (n % SIZE));
            if (entry == null || entry.number() < n) {
                break;
            }
            if (entry.number() == n) {
                found.add(entry);
            }
        }
        return found.stream();
    }

    /** Those behind a number that this node answered itself. */
    public List<LoggedRequest> own(long number) {
        return entries(number)
                .filter(entry -> entry.told == null)
                .map(this::logged)
                .toList();
    }

    /** The number of the newest; 0 when there was none. */
    public long last() {
        return next.get() - 1;
    }

    /**
     * One of them, with all that is kept of it.
     *
     * @param id as it is told, or its number here
     */
    public Optional<LoggedRequest> find(String id) {
        String here = id.startsWith(name + "-") ? id.substring(name.length() + 1) : id;
        return here.matches("[1-9][0-9]{0,17}")
                ? find(Long.parseLong(here))
                : entries(0)
                        .filter(entry -> entry.told != null && entry.told.id().equals(id))
                        .map(this::logged)
                        .findFirst();
    }

    private Optional<LoggedRequest> find(long number) {
        Entry entry = number < clearedBefore ? null : ring.get((int) (number % SIZE));
        return Optional.ofNullable(entry).filter(it -> it.number() == number).map(this::logged);
    }

    /** Of all nodes, as far as they have told. */
    public Counts counts() {
        return heard.values().stream().map(Heard::counts).reduce(ownCounts(), Counts::plus);
    }

    /** Of this node alone. */
    public Counts ownCounts() {
        return new Counts(requests.sum(), misses.sum(), errors.sum());
    }

    /** Requests of each of the last {@link #MINUTES} minutes on this node, the oldest first; the last is the present one. */
    public synchronized List<Integer> perMinute() {
        var all = new ArrayList<Integer>(MINUTES);
        for (int i = 1; i < MINUTES; i++) {
            all.add(minutes[(minute + i) % MINUTES]);
        }
        all.add((int) Math.min(Integer.MAX_VALUE, requests.sum() - counted));
        return all;
    }

    /** Ends a minute; whoever keeps the time calls it. */
    synchronized void endMinute() {
        long now = requests.sum();
        minutes[minute] = (int) Math.min(Integer.MAX_VALUE, now - counted);
        counted = now;
        minute = (minute + 1) % MINUTES;
        minutes[minute] = 0;
    }

    /** Forgets the requests; what was counted stays. */
    public void clear() {
        clearedBefore = next.get();
        for (int i = 0; i < SIZE; i++) {
            Entry old = ring.getAndSet(i, null);
            if (old != null) {
                held.addAndGet(-old.strip());
            }
        }
        watchers.forEach(Runnable::run);
    }

    /** When the last request came, in milliseconds of the epoch; 0 when none is remembered. */
    public long lastAt() {
        long last = next.get() - 1;
        Entry entry = last < 1 ? null : ring.get((int) (last % SIZE));
        return entry == null ? 0 : entry.atMillis;
    }

    boolean isEmpty() {
        return next.get() <= Math.max(1, clearedBefore);
    }

    long heldBytes() {
        return held.get();
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    /** Ends the watching; never throws. */
    public interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs an action soon after requests have come, on a virtual thread, until it is closed. */
    public Watching watch(Runnable action) {
        watchers.add(action);
        return () -> watchers.remove(action);
    }
}
