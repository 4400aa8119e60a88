package leat.mocks.serving;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import leat.kernel.port.Blobs;
import leat.web.FrontDoor;

/** A serving node: what answers for published mocks in this process, told from outside what that should be. */
public final class Serving {
    private final RequestLogs logs = new RequestLogs();
    private final ServingTable table = new ServingTable(logs);
    private final Editions editions;
    private final MockDoor door;

    /** @param baseHost what mocks' hosts end with, without a port: {@code localhost} */
    public Serving(Blobs blobs, String baseHost) {
        this.editions = new Editions(blobs);
        this.door = new MockDoor(table, editions, baseHost);
    }

    /**
     * What should answer.
     *
     * @param host whole and in lower case
     * @param path {@code organization/mock}
     * @param artefact hash of its blob
     */
    public record Entry(String id, String host, String path, int revision, String artefact) {}

    public FrontDoor door() {
        return door;
    }

    /**
     * Loads an artefact, unless it is the one that answers already. To be called before {@link #put}, which then takes no
     * time; what is loaded is not yet answered with.
     *
     * @throws IOException when the artefact cannot be read
     */
    public Loaded load(Entry entry) throws IOException {
        Edition present = table.byId(entry.id()).map(Served::edition).orElse(null);
        if (present != null && present.artefact.equals(entry.artefact()) && present.revision == entry.revision()) {
            return new Loaded(entry, present);
        }
        var edition = new Edition(entry.revision(), entry.artefact());
        editions.load(edition);
        return new Loaded(entry, edition);
    }

    /** An artefact in memory, ready to answer. */
    public static final class Loaded {
        private final Entry entry;
        private final Edition edition;

        private Loaded(Entry entry, Edition edition) {
            this.entry = entry;
            this.edition = edition;
        }
    }

    /** From the next request on this answers; requests under way finish with what they began with. */
    public void put(Loaded loaded) {
        table.put(loaded.entry, loaded.edition);
    }

    /** Puts in everything that is not there yet, in one step; each is loaded by {@link #warm} or its first request. */
    public void putAbsent(List<Entry> entries) {
        table.putAbsent(entries);
    }

    /** From the next request on nothing answers. */
    public void remove(String id) {
        table.remove(id);
    }

    /** Forgets the requests of a mock that is no more. */
    public void forget(String id) {
        table.remove(id);
        logs.remove(id);
    }

    /** Whether this revision answers here. */
    public boolean answers(String id, int revision) {
        return table.byId(id)
                .filter(served -> served.edition().revision == revision)
                .isPresent();
    }

    /** Mocks of which something else answers than should, or that answer and should not, or the other way round. */
    public Set<String> differences(List<Entry> desired) {
        return table.differences(desired);
    }

    /** Loads what is not, as long as there is room; for the start, on a thread of its own. */
    public void warm() {
        for (Served served : table.all()) {
            if (Thread.currentThread().isInterrupted() || !editions.hasRoom(table)) {
                return;
            }
            try {
                editions.load(served.edition());
            } catch (IOException e) {
                System.getLogger("leat.mocks")
                        .log(System.Logger.Level.WARNING, "mock " + served.id + " cannot be loaded: " + e.getMessage());
            }
        }
    }

    /** Keeps memory within its bounds; to be called every few seconds. */
    public void trim() {
        editions.trim(table);
        logs.trim();
    }

    /** Ends a minute of the counts. */
    public void endMinute() {
        logs.endMinute();
    }

    /** The mocks whose requests somebody follows here. */
    public List<String> watched() {
        return logs.watched();
    }

    public RequestLog log(String id) {
        return logs.of(id);
    }

    /** How many mocks answer here. */
    public int size() {
        return table.size();
    }
}
