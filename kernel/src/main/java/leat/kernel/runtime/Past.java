package leat.kernel.runtime;

import java.util.List;
import java.util.Optional;
import leat.kernel.EntityType;
import leat.kernel.Recorded;
import leat.kernel.Wire;
import leat.kernel.port.Journal;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/** What has happened to the entities of one type: their events read back, and their states folded from these or from snapshots. */
final class Past<E, S> {
    /** Events that are read at a time, at most. */
    static final int READ_BATCH = 1_000;

    /** Events that are read of an entity before a snapshot is looked for. */
    private static final int FIRST_LOOK = 8;

    private final EntityType<?, E, S> type;
    private final Journal journal;
    private final Sealing sealing;
    private final boolean personal;

    Past(EntityType<?, E, S> type, Journal journal, Sealing sealing) {
        this.type = type;
        this.journal = journal;
        this.sealing = sealing;
        this.personal = Sealing.personal(type);
    }

    /** Whether its events tell of people. */
    boolean isPersonal() {
        return personal;
    }

    /**
     * A state with the version and position of the event that led to it.
     *
     * @param position 0 when that was not read, for a snapshot tells none
     * @param snapshotVersion of the snapshot from which it was folded, or 0
     */
    record Folded<S>(S state, long version, long position, long snapshotVersion) {}

    List<Recorded<E>> events(StreamId stream, long afterVersion, int limit) {
        return journal.stream(stream, afterVersion, limit).stream()
                .map(stored -> Happening.recorded(stored, decoded(stored)))
                .toList();
    }

    Folded<S> all(StreamId stream) {
        return upTo(stream, Long.MAX_VALUE);
    }

    /** @param last version that counts */
    Folded<S> upTo(StreamId stream, long last) {
        int every = type.snapshots().every();
        // Who has fewer events than that has no snapshot, and most entities have fewer: one question answers for them.
        int asked = every > 0 ? Math.min(every, FIRST_LOOK) : READ_BATCH;
        List<StoredEvent> events = journal.stream(stream, 0, asked);
        Folded<S> folded = new Folded<>(type.decider().initial(), 0, 0, 0);
        if (every > 0 && events.size() == asked) {
            folded = newestSnapshot(stream, last).orElse(folded);
            if (folded.version() > 0) {
                asked = READ_BATCH;
                events = journal.stream(stream, folded.version(), asked);
            }
        }
        while (true) {
            for (StoredEvent stored : events) {
                if (stored.version() > last) {
                    return folded;
                }
                folded = new Folded<>(
                        type.decider().evolve(folded.state(), decoded(stored)),
                        stored.version(),
                        stored.position(),
                        folded.snapshotVersion());
            }
            if (events.size() < asked || folded.version() >= last) {
                return folded;
            }
            asked = READ_BATCH;
            events = journal.stream(stream, folded.version(), asked);
        }
    }

    /** That was kept and can be read. */
    private Optional<Folded<S>> newestSnapshot(StreamId stream, long last) {
        return journal.snapshot(stream)
                .filter(kept -> kept.tag().equals(type.snapshots().tag()) && kept.version() <= last)
                .flatMap(kept -> (personal
                                ? sealing.openSnapshot(stream, kept.version(), kept.state())
                                : Optional.of(kept.state()))
                        .map(state -> new Folded<S>(
                                type.snapshots().states().decode(kept.type(), 1, state),
                                kept.version(),
                                0,
                                kept.version())));
    }

    private E decoded(StoredEvent stored) {
        return sealing.read(
                type.events()
                        .named(stored.type())
                        .orElseThrow(() -> new IllegalStateException(
                                "\"" + stored.type() + "\" is not known to this version of Leat; run a newer version")),
                stored);
    }

    /** @param last version of which there is a snapshot */
    boolean isSnapshotDue(long last, long version) {
        int every = type.snapshots().every();
        return every > 0 && version - last >= every;
    }

    /**
     * A state as it is to be kept; nothing when somebody of whom it tells was forgotten meanwhile.
     *
     * @param times how often somebody had been forgotten when the state was folded
     */
    Optional<Write.SaveSnapshot> snapshot(StreamId stream, S state, long version, int times) {
        EntityType.Snapshots<S> snapshots = type.snapshots();
        Wire<? extends S> wire = snapshots.states().of(state);
        byte[] plain = wire.encode(state);
        return (personal ? sealing.snapshot(stream, version, plain, times) : Optional.of(plain))
                .map(kept -> new Write.SaveSnapshot(stream, version, snapshots.tag(), wire.name(), kept));
    }
}
