package leat.kernel.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.Write;
import org.jspecify.annotations.Nullable;

/**
 * The last events of every partition in memory, so that subscribers that keep up never ask the store, and the doorbell
 * that tells them to look.
 *
 * <p>Only durable events are ever added. A reader that is further behind than the ring reaches reads from the journal,
 * and positions are dense, so it can tell.
 */
final class Tails {
    private final Journal journal;
    private final int size;
    private final Map<PartitionId, Ring> rings = new ConcurrentHashMap<>();
    private final Map<PartitionId, List<Bell>> bells = new ConcurrentHashMap<>();

    Tails(Journal journal, int size) {
        this.journal = journal;
        this.size = Integer.highestOneBit(Math.max(size, 16));
        journal.heads().forEach((partition, head) -> ring(partition).last = head);
    }

    void add(Write.Append append, Outcome.Appended appended, List<?> decoded) {
        int count = append.events().size();
        StreamFacts facts = new StreamFacts(append, appended, count);
        Ring ring = ring(append.partition());
        synchronized (ring) {
            for (int i = 0; i < count; i++) {
                Object event = i < decoded.size() ? decoded.get(i) : null;
                ring.put(new Happening(facts.event(i), event));
            }
        }
    }

    private record StreamFacts(Write.Append append, Outcome.Appended appended, int count) {
        StoredEvent event(int i) {
            Write.NewEvent event = append.events().get(i);
            return new StoredEvent(
                    append.partition(),
                    appended.position() - count + 1 + i,
                    append.stream(),
                    appended.version() - count + 1 + i,
                    event.type(),
                    event.schema(),
                    event.payload(),
                    append.at(),
                    append.commandId(),
                    append.correlationId(),
                    append.by());
        }
    }

    /** Other nodes appended up to here. */
    void heard(Map<PartitionId, Long> heads) {
        Set<PartitionId> news = new HashSet<>();
        for (var head : heads.entrySet()) {
            Ring ring = ring(head.getKey());
            synchronized (ring) {
                if (head.getValue() > ring.last) {
                    ring.forget(head.getValue());
                    news.add(head.getKey());
                }
            }
        }
        ring(news);
    }

    /** Somebody was forgotten, and what is decoded may still tell of them. */
    void forget() {
        for (Ring ring : rings.values()) {
            synchronized (ring) {
                for (Happening event : ring.slots) {
                    if (event != null) {
                        event.forget();
                    }
                }
            }
        }
    }

    /** Wakes everybody. */
    void ring() {
        ring(bells.keySet());
    }

    /** Wakes those who follow one of these. */
    void ring(Set<PartitionId> partitions) {
        for (PartitionId partition : partitions) {
            bells.getOrDefault(partition, List.of()).forEach(Bell::ring);
        }
    }

    long head(PartitionId partition) {
        Ring ring = ring(partition);
        synchronized (ring) {
            return ring.last;
        }
    }

    List<Happening> read(PartitionId partition, long after, int limit) {
        Ring ring = ring(partition);
        synchronized (ring) {
            if (after >= ring.last) {
                return List.of();
            }
            if (after + 1 >= ring.first) {
                int count = (int) Math.min(limit, ring.last - after);
                List<Happening> events = new ArrayList<>(count);
                for (int i = 1; i <= count; i++) {
                    events.add(ring.get(after + i));
                }
                return events;
            }
        }
        return journal.partition(partition, after, limit).stream()
                .map(stored -> new Happening(stored, null))
                .toList();
    }

    /** The bell of one who follows these partitions. */
    Bell bell(Collection<PartitionId> partitions) {
        Bell bell = new Bell();
        partitions.forEach(partition -> bells.computeIfAbsent(partition, any -> new CopyOnWriteArrayList<>())
                .add(bell));
        return bell;
    }

    void remove(Bell bell) {
        bells.values().forEach(some -> some.remove(bell));
    }

    private Ring ring(PartitionId partition) {
        return rings.computeIfAbsent(partition, any -> new Ring(size));
    }

    /** Holds the events from {@code first} to {@code last}; guarded by itself. */
    private static final class Ring {
        private final @Nullable Happening[] slots;
        private long last;
        private long first = Long.MAX_VALUE;

        Ring(int size) {
            slots = new Happening[size];
        }

        void put(Happening event) {
            long position = event.stored().position();
            if (position != last + 1) {
                forget(position - 1);
            }
            slots[(int) (position & slots.length - 1)] = event;
            last = position;
            first = Math.max(Math.min(first, position), position - slots.length + 1);
        }

        Happening get(long position) {
            Happening event = slots[(int) (position & slots.length - 1)];
            if (event == null || event.stored().position() != position) {
                throw new IllegalStateException("position " + position + " is not in the ring");
            }
            return event;
        }

        void forget(long upTo) {
            last = upTo;
            first = Long.MAX_VALUE;
        }
    }

    /** Wakes one subscriber. */
    static final class Bell {
        private volatile boolean rung = true;
        private volatile @Nullable Thread waiting;

        void ring() {
            if (rung) {
                // Whoever rang has woken it, and it has not looked since.
                return;
            }
            rung = true;
            Thread thread = waiting;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }

        /** Returns when rung since the last wait, or after the time, or when interrupted. */
        void await(long nanos) {
            waiting = Thread.currentThread();
            if (!rung) {
                LockSupport.parkNanos(this, nanos);
            }
            waiting = null;
            rung = false;
        }
    }
}
