package leat.kernel.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;

/**
 * Tails partitions on a thread of its own: reads what is new, hands it over in rounds of batches, sleeps until the bell rings.
 *
 * <p>What a subclass keeps (cursor, parked keys) it keeps together with its effect, in one transaction. Where nothing
 * comes of a batch, the cursor in memory moves on alone and the stored one follows within a second or two: after a crash
 * such events are looked at once more. A fault of the store is retried with a pause, for ever; a fault of one event is the
 * subclass's to park.
 */
abstract class Follower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("leat.kernel");
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long WATCH_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final String name;
    private final Set<String> types;
    private final Tails tails;
    private final Faults faults;
    private final int batch;
    private final Tails.Bell bell;
    private final Thread thread;
    /** Guards the cursors and those who wait for them. */
    private final Object progress = new Object();

    private final Map<PartitionId, Long> cursors = new TreeMap<>();
    private final Map<PartitionId, PriorityQueue<Waiter>> waiters = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    // What follows is the thread's own.
    private final Map<PartitionId, Long> kept = new HashMap<>();
    private final Map<PartitionId, Long> tenures = new TreeMap<>();
    private boolean resuming;
    private long watchedNanos = System.nanoTime() - WATCH_NANOS;
    private Optional<Long> passedNanos = Optional.empty();

    /** @param types names of the events that concern it */
    Follower(String name, Set<String> types, List<PartitionId> partitions, Tails tails, Faults faults, int batch) {
        this.name = name;
        this.types = types;
        this.tails = tails;
        this.faults = faults;
        this.batch = batch;
        this.bell = tails.bell(partitions);
        partitions.forEach(partition -> cursors.put(partition, 0L));
        this.thread = Thread.ofPlatform().name("leat-" + name).daemon().unstarted(this::run);
    }

    /** Where each partition was left; called on the follower's thread whenever one has become this node's to follow. */
    abstract Map<PartitionId, Long> stored();

    /** Under which epoch a partition is this node's to follow, or {@link Leases#NOT_OURS}. */
    abstract long tenure(PartitionId partition);

    /** Where each partition stands, whoever follows it; any thread. */
    abstract Map<PartitionId, Long> positions();

    /**
     * Takes in at most one batch of each partition, durable together with its cursor, and says so by {@link #reached}, or
     * by {@link #pass} where nothing came of it. A batch without events is for the cursor alone.
     */
    abstract void take(List<Batch> round);

    /** How long stored cursors may stay behind where nothing came of events, in nanoseconds, up to a second. */
    abstract long lateNanos();

    /**
     * Events of one partition that follow one another.
     *
     * @param from where the stored cursor stands; what lies between it and the events did not concern the follower
     * @param to where the last of them is
     */
    record Batch(PartitionId partition, List<Happening> events, long from, long to) {}

    /** Somebody who waits until a partition has been taken in as far as a position. */
    private static final class Waiter {
        final long position;
        private final Thread thread = Thread.currentThread();
        volatile boolean told;

        Waiter(long position) {
            this.position = position;
        }

        void tell() {
            told = true;
            LockSupport.unpark(thread);
        }
    }

    /** Whether an event is of a type that concerns it. */
    final boolean follows(StoredEvent event) {
        return types.contains(event.type());
    }

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
                if (passedNanos.isPresent() && System.nanoTime() - passedNanos.get() >= lateNanos()) {
                    keep();
                }
                if (!all && System.nanoTime() - watchedNanos > WATCH_NANOS) {
                    watch();
                    watchedNanos = System.nanoTime();
                }
                pause = Duration.ofMillis(100);
                if (!moved && open) {
                    bell.await(passedNanos.isPresent() ? lateNanos() : IDLE_NANOS);
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
        keepAtLast();
    }

    private void keepAtLast() {
        try {
            keep();
        } catch (RuntimeException fault) {
            // What was passed over is passed over again after the next start.
            LOG.log(System.Logger.Level.DEBUG, name + " did not keep its cursors", fault);
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
            reset(stored());
            resuming = false;
        }
        return all;
    }

    /** Looks how far other nodes have come with what is theirs to follow. */
    final void watch() {
        Map<PartitionId, Long> positions = positions();
        synchronized (progress) {
            positions.forEach((partition, position) -> {
                if (cursors.containsKey(partition) && tenure(partition) == Leases.NOT_OURS) {
                    move(partition, position);
                }
            });
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
            long to = events.getLast().stored().position();
            if (events.stream().noneMatch(event -> follows(event.stored()))) {
                pass(entry.getKey(), to);
                continue;
            }
            round.add(new Batch(entry.getKey(), events, kept.getOrDefault(entry.getKey(), 0L), to));
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

    /** Nothing up to there had an effect: it need not be durable at once that it was seen. */
    final void pass(PartitionId partition, long to) {
        passedNanos = passedNanos.or(() -> Optional.of(System.nanoTime()));
        synchronized (progress) {
            move(partition, to);
        }
    }

    /** Batches are durable; whoever waits for them is told. */
    final void reached(List<Batch> taken) {
        taken.forEach(batch -> kept.put(batch.partition(), batch.to()));
        synchronized (progress) {
            taken.forEach(batch -> move(batch.partition(), batch.to()));
        }
    }

    /** Under the lock. */
    private void move(PartitionId partition, long to) {
        cursors.put(partition, to);
        PriorityQueue<Waiter> waiting = waiters.get(partition);
        while (waiting != null && !waiting.isEmpty() && waiting.peek().position <= to) {
            waiting.remove().tell();
        }
    }

    /** Stores how far it has come; only on the follower's thread. */
    final void keep() {
        List<Batch> round = new ArrayList<>();
        cursors.forEach((partition, position) -> {
            long from = kept.getOrDefault(partition, 0L);
            if (position > from && tenure(partition) != Leases.NOT_OURS) {
                round.add(new Batch(partition, List.of(), from, position));
            }
        });
        if (!round.isEmpty()) {
            take(round);
        }
        passedNanos = Optional.empty();
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
        Waiter waiter = new Waiter(position);
        synchronized (progress) {
            if (cursor(partition) >= position) {
                return true;
            }
            waiters.computeIfAbsent(partition, any -> new PriorityQueue<>(Comparator.comparingLong(it -> it.position)))
                    .add(waiter);
        }
        for (long left = deadline - System.nanoTime(); !waiter.told; left = deadline - System.nanoTime()) {
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                synchronized (progress) {
                    waiters.get(partition).remove(waiter);
                }
                return waiter.told;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    private long cursor(PartitionId partition) {
        Long cursor = cursors.get(partition);
        if (cursor == null) {
            throw new IllegalArgumentException(name + " does not follow " + partition);
        }
        return cursor;
    }

    /** Goes on from these stored positions, and tells those who wait for no more; only on the follower's thread. */
    final void reset(Map<PartitionId, Long> positions) {
        kept.clear();
        kept.putAll(positions);
        synchronized (progress) {
            cursors.keySet().forEach(partition -> move(partition, positions.getOrDefault(partition, 0L)));
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
