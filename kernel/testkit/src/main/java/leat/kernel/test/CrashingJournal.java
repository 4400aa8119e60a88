package leat.kernel.test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import leat.kernel.port.Journal;
import leat.kernel.port.JournalException;
import leat.kernel.port.Kept;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;

/**
 * A journal that fails or dies at chosen commits; once dead, every call ends in a {@link SimulatedCrash}.
 *
 * <p>To come back to life, wrap the same journal again: what was durable is there.
 */
public final class CrashingJournal implements Journal {
    private final Journal journal;
    private final CrashPoints points;
    private long commits;
    private volatile boolean dead;

    public CrashingJournal(Journal journal, CrashPoints points) {
        this.journal = journal;
        this.points = points;
    }

    public boolean dead() {
        return dead;
    }

    @Override
    public synchronized List<Outcome> commit(List<Write> group) {
        alive();
        commits++;
        return switch (points.at(commits)) {
            case NOTHING -> journal.commit(group);
            case FAIL ->
                throw new JournalException(
                        "commit " + commits + " was made to fail; nothing was changed",
                        new IllegalStateException("on demand"));
            case DIE_BEFORE -> throw die("before");
            case DIE_AFTER -> {
                journal.commit(group);
                throw die("after");
            }
        };
    }

    private SimulatedCrash die(String when) {
        dead = true;
        return new SimulatedCrash("died " + when + " commit " + commits);
    }

    private Journal alive() {
        if (dead) {
            throw new SimulatedCrash("this process is dead since commit " + commits);
        }
        return journal;
    }

    @Override
    public List<StoredEvent> stream(StreamId stream, long afterVersion, int limit) {
        return alive().stream(stream, afterVersion, limit);
    }

    @Override
    public List<StoredEvent> partition(PartitionId partition, long afterPosition, int limit) {
        return alive().partition(partition, afterPosition, limit);
    }

    @Override
    public Map<PartitionId, Long> heads() {
        return alive().heads();
    }

    @Override
    public List<Member> members() {
        return alive().members();
    }

    @Override
    public Optional<Outcome.Duplicate> command(UUID commandId) {
        return alive().command(commandId);
    }

    @Override
    public Optional<StreamId> claim(String space, String name) {
        return alive().claim(space, name);
    }

    @Override
    public Optional<Snapshot> snapshot(StreamId stream) {
        return alive().snapshot(stream);
    }

    @Override
    public Map<PartitionId, Long> cursors(String process) {
        return alive().cursors(process);
    }

    @Override
    public Optional<byte[]> processState(String process, String key) {
        return alive().processState(process, key);
    }

    @Override
    public List<Write.ParkedKey> parkedKeys(String process, PartitionId partition) {
        return alive().parkedKeys(process, partition);
    }

    @Override
    public List<StoredTask> tasks(StoredTask.State state, int limit) {
        return alive().tasks(state, limit);
    }

    @Override
    public Optional<StoredTask> task(UUID id) {
        return alive().task(id);
    }

    @Override
    public Map<String, Map<StoredTask.State, Long>> taskCounts() {
        return alive().taskCounts();
    }

    @Override
    public Optional<Instant> nextTaskAt(Set<String> kinds) {
        return alive().nextTaskAt(kinds);
    }

    @Override
    public void export(Consumer<Kept> listener) {
        alive().export(listener);
    }
}
