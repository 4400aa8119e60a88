package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.port.EngineException;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/**
 * Writers that each append to an entity of their own, one event a command, and send a command again, under the same id, until
 * they know what became of it. At the end every acknowledged command must be in the journal exactly once.
 */
final class CommandLoad {
    private static final String MODULE = "load";

    private final long seed;
    private final Map<StreamId, List<UUID>> acknowledged = new ConcurrentHashMap<>();
    private final LongAdder repeated = new LongAdder();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());

    CommandLoad(long seed) {
        this.seed = seed;
    }

    /** Starts a writer of groups of a few entities; it uses this journal alone. */
    void start(int number, Journal journal) {
        threads.add(Thread.ofPlatform().name("writer-" + number).start(() -> {
            try {
                write(number, journal);
            } catch (RuntimeException | Error fault) {
                faults.add(fault);
            }
        }));
    }

    private void write(int number, Journal journal) {
        Random random = new Random(seed + number);
        int entities = 4;
        long[] versions = new long[entities];
        while (going.get()) {
            List<Write> group = new ArrayList<>();
            for (int i = 0; i < entities; i++) {
                StreamId stream = new StreamId("load", number + "-" + i);
                group.add(new Write.Append(
                        PartitionId.of(MODULE, stream),
                        0,
                        stream,
                        versions[i],
                        new UUID(random.nextLong(), random.nextLong()),
                        "trace",
                        "writer",
                        Instant.EPOCH,
                        List.of(new Write.NewEvent("load.done", 1, "{}".getBytes(UTF_8))),
                        List.of(),
                        List.of()));
            }
            for (Outcome outcome : sent(journal, group)) {
                assertThat(outcome).isInstanceOfAny(Outcome.Appended.class, Outcome.Duplicate.class);
            }
            for (int i = 0; i < entities; i++) {
                Write.Append append = (Write.Append) group.get(i);
                versions[i]++;
                acknowledged
                        .computeIfAbsent(append.stream(), any -> new ArrayList<>())
                        .add(append.commandId());
            }
        }
    }

    private List<Outcome> sent(Journal journal, List<Write> group) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (true) {
            try {
                return journal.commit(group);
            } catch (JournalException | EngineException e) {
                assertThat(e.getMessage()).doesNotContain("private");
                repeated.increment();
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    long done() {
        return acknowledged.values().stream().mapToLong(List::size).sum();
    }

    void stop() throws InterruptedException {
        going.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(faults).isEmpty();
    }

    /** Compares what was acknowledged with what is there. */
    void verify(Journal journal) {
        System.out.printf(
                "seed %d: %,d commands acknowledged, %,d groups were sent again%n", seed, done(), repeated.sum());
        acknowledged.forEach((stream, commands) -> {
            List<UUID> stored = new ArrayList<>();
            long version = 0;
            List<StoredEvent> events;
            do {
                events = journal.stream(stream, version, 5_000);
                for (StoredEvent event : events) {
                    assertThat(event.version()).isEqualTo(++version);
                    stored.add(event.commandId());
                }
            } while (!events.isEmpty());
            assertThat(stored).as("%s", stream).isEqualTo(commands);
        });
        journal.heads()
                .forEach((partition, head) -> assertThat(positions(journal, partition))
                        .as("positions of %s", partition)
                        .isEqualTo(head));
    }

    /** The last position of a partition whose positions have no gap. */
    static long positions(Journal journal, PartitionId partition) {
        long last = 0;
        List<StoredEvent> events;
        do {
            events = journal.partition(partition, last, 5_000);
            for (StoredEvent event : events) {
                assertThat(event.position()).isEqualTo(++last);
            }
        } while (!events.isEmpty());
        return last;
    }
}
