package leat.kernel.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import leat.kernel.port.PartitionId;

/**
 * Tails partitions on a thread of its own: reads what is new, hands it over in rounds of batches, sleeps until the bell rings.
 *
 * <p>What a subclass keeps (cursor, parked keys) it keeps together with its effect, in one transaction; the cursors here
 * are only the copy in memory. A fault of the store is retried with a pause, for ever; a fault of one event is the
 * subclass's to park.
 */
abstract class Follower implements AutoCloseable {
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long WATCH_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final String name;
    private final Tails tails;
    private final Faults faults;
    private final int batch;
    private final Tails.Bell bell;
    private final Thread thread;
    private final Map<PartitionId, Long> cursors = new TreeMap<>();
    private final Map<PartitionId, Long> tenures = new TreeMap<>();
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Object progress = new Object();
    private volatile boolean open = true;
    private boolean resuming;
    private long watchedNanos = System.nanoTime() - WATCH_NANOS;

    Follower(String name, List<PartitionId> partitions, Tails tails, Faults faults, int batch) {
        this.name = name;
        this.tails = tails;
        this.faults = faults;
        this.batch = batch;
        this.bell = tails.bell();
        partitions.forEach(partition -> cursors.put(partition, 0L));
        this.thread = Thread.ofPlatform().name("leat-" + name).daemon().unstarted(this::run);
    }

    /** Where each partition was left; called on the follower's thread whenever one has become this node's to follow. */
    abstract Map<PartitionId, Long> stored();

    /** Under which epoch a partition is this node's to follow, or {@link Leases#NOT_OURS}. */
    abstract long tenure(PartitionId partition);

    /** Where each partition stands, whoever follows it; any thread. */
    abstract Map<PartitionId, Long> positions();

    /** Takes in at most one batch of each partition, durable together with its cursor, and says so by {@link #reached}. */
    abstract void take(List<Batch> round);

    /** Events of one partition that follow one another, up to and including {@code to}. */
    record Batch(PartitionId partition, List<Happening> events, long from, long to) {}

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = Duration.ofMillis(100);
        while (open) {
            try {
                boolean all = takeUp();
                boolean ran = runErrands();
                boolean moved = sweep() || ran;
                if (!all && System.nanoTime() - watchedNanos > WATCH_NANOS) {
                    watch();
                    watchedNanos = System.nanoTime();
                }
                pause = Duration.ofMillis(100);
                if (!moved && open) {
                    bell.await(IDLE_NANOS);
                }
            } catch (Superseded another) {
                resuming = true;
                bell.await(pause.toNanos());
            } catch (RuntimeException fault) {
                if (!open) {
                    return;
                }
                faults.report(name, fault, "");
                bell.await(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Another node has moved a cursor: it follows now, or this node's memory of the cursor is old. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded(String what) {
            super(what, null, false, false);
        }
    }

    /** Goes on from where others left what has become this node's to follow; whether that is everything. */
    private boolean takeUp() {
        boolean all = true;
        for (PartitionId partition : cursors.keySet()) {
            long tenure = tenure(partition);
            Long before = tenures.put(partition, tenure);
            if (tenure == Leases.NOT_OURS) {
                all = false;
            } else {
                resuming |= before == null || before != tenure;
            }
        }
        if (resuming) {
            goOnFrom(stored());
            resuming = false;
        }
        return all;
    }

    /** Looks how far other nodes have come with what is theirs to follow. */
    final void watch() {
        Map<PartitionId, Long> positions = positions();
        synchronized (progress) {
            positions.forEach((partition, position) ->
                    cursors.computeIfPresent(partition, (p, old) -> tenure(p) == Leases.NOT_OURS ? position : old));
            progress.notifyAll();
        }
    }

    /** Tells those who wait as well: where nothing is left to take in, nothing else would wake them. */
    private void goOnFrom(Map<PartitionId, Long> positions) {
        synchronized (progress) {
            positions.forEach((partition, position) -> cursors.computeIfPresent(partition, (p, old) -> position));
            progress.notifyAll();
        }
    }

    /** Goes over the partitions once and gathers what is new into few rounds; true when there was anything. */
    private boolean sweep() {
        boolean moved = false;
        List<Batch> round = new ArrayList<>();
        int gathered = 0;
        for (var entry : cursors.entrySet()) {
            if (tenures.getOrDefault(entry.getKey(), Leases.NOT_OURS) == Leases.NOT_OURS) {
                continue;
            }
            List<Happening> events = tails.read(entry.getKey(), entry.getValue(), batch - gathered);
            if (events.isEmpty()) {
                continue;
            }
            moved = true;
            round.add(new Batch(
                    entry.getKey(),
                    events,
                    entry.getValue(),
                    events.getLast().stored().position()));
            gathered += events.size();
            if (gathered == batch) {
                take(round);
                round = new ArrayList<>();
                gathered = 0;
            }
        }
        if (!round.isEmpty()) {
            take(round);
        }
        return moved;
    }

    /** A batch is durable; whoever waits for it is told. */
    final void reached(Batch taken) {
        synchronized (progress) {
            cursors.put(taken.partition(), taken.to());
            progress.notifyAll();
        }
    }

    private boolean runErrands() {
        boolean any = false;
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
            any = true;
        }
        return any;
    }

    /** Runs on the follower's thread, between batches, and waits for it. */
    void onThread(Runnable errand) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        errands.add(() -> {
            try {
                errand.run();
                done.complete(null);
            } catch (RuntimeException | Error fault) {
                done.completeExceptionally(fault);
            }
        });
        bell.ring();
        try {
            done.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " did not answer within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        }
    }

    boolean await(PartitionId partition, long position, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (progress) {
            while (cursor(partition) < position) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                try {
                    progress.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    private long cursor(PartitionId partition) {
        Long cursor = cursors.get(partition);
        if (cursor == null) {
            throw new IllegalArgumentException(name + " does not follow " + partition);
        }
        return cursor;
    }

    /** Starts over from these positions; only on the follower's thread. */
    void reset(Map<PartitionId, Long> positions) {
        synchronized (progress) {
            cursors.replaceAll((partition, old) -> positions.getOrDefault(partition, 0L));
            progress.notifyAll();
        }
    }

    Map<PartitionId, Long> cursors() {
        synchronized (progress) {
            return new TreeMap<>(cursors);
        }
    }

    /** Events that are in the journal and not yet taken in. */
    long lag() {
        long lag = 0;
        for (var entry : cursors().entrySet()) {
            lag += Math.max(0, tails.head(entry.getKey()) - entry.getValue());
        }
        return lag;
    }

    /** Waits until everything that is in the journal now has been taken in. */
    boolean catchUp(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (PartitionId partition : cursors().keySet()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!await(partition, tails.head(partition), left)) {
                return false;
            }
        }
        return true;
    }

    String name() {
        return name;
    }

    Tails tails() {
        return tails;
    }

    Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        open = false;
        tails.remove(bell);
        bell.ring();
        if (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
