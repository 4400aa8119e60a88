package leat.kernel.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts what another journal kept into an empty one that nobody has leased yet, in groups; positions, versions and ids stay
 * what they were.
 *
 * <p>It stands beside its port because it is the same for every engine. Close it to write the last group.
 */
public final class Loader implements AutoCloseable {
    /** Writes of a group. */
    private static final int GROUP = 512;

    private final Journal journal;
    private final List<Write> group = new ArrayList<>(GROUP);
    /** For each write of the group the last event that it appends, if it does. */
    private final List<Optional<StoredEvent>> last = new ArrayList<>(GROUP);

    private final List<StoredEvent> together = new ArrayList<>();

    /** @throws IllegalStateException when there are events already */
    public Loader(Journal journal) {
        if (!journal.heads().isEmpty()) {
            throw new IllegalStateException("there are events already");
        }
        this.journal = journal;
    }

    /** @throws IllegalStateException when the journal does not take it; the journal is then of no use and is thrown away */
    public void take(Kept kept) {
        switch (kept) {
            case Kept.Event(StoredEvent event) -> {
                if (!together.isEmpty() && !ofOneCommand(together.getLast(), event)) {
                    append();
                }
                together.add(event);
            }
            case Kept.Aside aside -> {
                append();
                write(new Write.Restore(aside), Optional.empty());
            }
        }
    }

    private static boolean ofOneCommand(StoredEvent one, StoredEvent next) {
        return one.commandId().equals(next.commandId())
                && one.stream().equals(next.stream())
                && one.partition().equals(next.partition());
    }

    private void append() {
        if (together.isEmpty()) {
            return;
        }
        StoredEvent first = together.getFirst();
        Write append = new Write.Append(
                first.partition(),
                0,
                first.stream(),
                first.version() - 1,
                first.commandId(),
                first.correlationId(),
                first.by(),
                first.at(),
                together.stream()
                        .map(event -> new Write.NewEvent(event.type(), event.schema(), event.payload()))
                        .toList(),
                List.of(),
                List.of());
        write(append, Optional.of(together.getLast()));
        together.clear();
    }

    private void write(Write write, Optional<StoredEvent> appended) {
        if (group.size() >= GROUP) {
            flush();
        }
        group.add(write);
        last.add(appended);
    }

    private void flush() {
        List<Outcome> outcomes = journal.commit(List.copyOf(group));
        for (int i = 0; i < outcomes.size(); i++) {
            verify(outcomes.get(i), last.get(i));
        }
        group.clear();
        last.clear();
    }

    private static void verify(Outcome outcome, Optional<StoredEvent> event) {
        boolean well = event.map(e -> outcome.equals(new Outcome.Appended(e.position(), e.version())))
                .orElse(outcome instanceof Outcome.Done);
        if (!well) {
            throw new IllegalStateException(event.map(e -> "event " + e.version() + " of " + e.stream() + " at "
                                    + e.partition() + " " + e.position())
                            .orElse("what stands beside the events")
                    + " does not fit: " + outcome);
        }
    }

    @Override
    public void close() {
        append();
        if (!group.isEmpty()) {
            flush();
        }
    }
}
