package leat.kernel.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import leat.kernel.port.Journal;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;

/**
 * Partitions of the journal from their beginnings, one after another, read and decoded on a thread of its own a few batches
 * before they are needed. One taker; close it also when it was not read to its end.
 */
final class ReadAhead implements AutoCloseable {
    /** Small enough for a batch to die young, large enough for a transaction to cost little. */
    private static final int BATCH = 1_000;

    private static final int BATCHES_AHEAD = 4;

    private final Journal journal;
    private final EventTypes types;
    private final Predicate<StoredEvent> wanted;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread thread;

    sealed interface Item {}

    /**
     * The wanted events among the next ones of a partition.
     *
     * @param to position of the last one that was read
     * @param read how many there were, wanted or not
     */
    record Batch(PartitionId partition, List<Happening> events, long to, int read) implements Item {}

    private record Failed(Throwable fault) implements Item {}

    private record End() implements Item {}

    ReadAhead(
            String name,
            Collection<PartitionId> partitions,
            Journal journal,
            EventTypes types,
            Predicate<StoredEvent> wanted) {
        this.journal = journal;
        this.types = types;
        this.wanted = wanted;
        List<PartitionId> order = List.copyOf(partitions);
        thread = Thread.ofPlatform().name("leat-ahead-" + name).daemon().start(() -> readAll(order));
    }

    private void readAll(List<PartitionId> partitions) {
        try {
            try {
                for (PartitionId partition : partitions) {
                    read(partition);
                }
                items.put(new End());
            } catch (RuntimeException | Error fault) {
                items.put(new Failed(fault));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(PartitionId partition) throws InterruptedException {
        long after = 0;
        while (true) {
            List<StoredEvent> stored = journal.partition(partition, after, BATCH);
            if (stored.isEmpty()) {
                return;
            }
            after = stored.getLast().position();
            List<Happening> events = new ArrayList<>(stored.size());
            for (StoredEvent event : stored) {
                if (wanted.test(event)) {
                    var happening = new Happening(event, null);
                    var _ = happening.event(types);
                    events.add(happening);
                }
            }
            items.put(new Batch(partition, events, after, stored.size()));
        }
    }

    /** The next batch; none when every partition was read to where it ended just now. */
    Optional<Batch> next() {
        return switch (taken()) {
            case Batch batch -> Optional.of(batch);
            case Failed(RuntimeException fault) -> throw fault;
            case Failed(Error fault) -> throw fault;
            case Failed(Throwable fault) -> throw new IllegalStateException(fault);
            case End() -> Optional.empty();
        };
    }

    private Item taken() {
        try {
            return items.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for events", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
