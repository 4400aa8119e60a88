package leat.engine.distributed;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.EngineException;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.Logs;
import leat.kernel.port.MasterKey;
import leat.kernel.port.Part;
import leat.kernel.port.ViewStore;

/**
 * Journal, tasks and views in one PostgreSQL that all nodes share, with the bus, blobs and logs that it is given; closing it
 * closes them too.
 */
public final class DistributedEngine implements Engine {
    private final PostgresConnections connections;
    private final PostgresJournal journal;
    private final PostgresKeys keys;
    private final MasterKey masterKey;
    private final PostgresViews views;
    private final Carried carried;

    /**
     * What is not in PostgreSQL.
     *
     * @param parts what these lean on, as it is now
     * @param close gives up what these hold
     * @param alone whether no other node sees these blobs and logs
     */
    public record Carried(Bus bus, Blobs blobs, Logs logs, Supplier<List<Part>> parts, Runnable close, boolean alone) {
        /** Leans on nothing, and is there for all nodes. */
        public Carried(Bus bus, Blobs blobs, Logs logs, Runnable close) {
            this(bus, blobs, logs, List::of, close, false);
        }
    }

    private DistributedEngine(
            PostgresConnections connections, PostgresJournal journal, MasterKey masterKey, Carried carried) {
        this.connections = connections;
        this.keys = new PostgresKeys(connections);
        this.masterKey = masterKey;
        this.journal = journal;
        this.views = new PostgresViews(connections);
        this.carried = carried;
    }

    /** @throws EngineException when PostgreSQL cannot be used; the sentence says why and what to do */
    public static DistributedEngine open(PostgresSettings settings, Carried carried) {
        return open(settings, MasterKey.NONE, carried);
    }

    /**
     * The same with a master key, which all nodes are given alike.
     *
     * @throws EngineException when PostgreSQL cannot be used; the sentence says why and what to do
     */
    public static DistributedEngine open(PostgresSettings settings, MasterKey masterKey, Carried carried) {
        PostgresConnections connections = new PostgresConnections(settings);
        try {
            return new DistributedEngine(connections, PostgresJournal.open(connections), masterKey, carried);
        } catch (EngineException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "distributed";
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public boolean alone() {
        return carried.alone();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public MasterKey masterKey() {
        return masterKey;
    }

    @Override
    public ViewStore views() {
        return views;
    }

    @Override
    public Blobs blobs() {
        return carried.blobs();
    }

    @Override
    public Logs logs() {
        return carried.logs();
    }

    @Override
    public Bus bus() {
        return carried.bus();
    }

    /** PostgreSQL, then what carries the rest. */
    @Override
    public List<Part> parts() {
        return Stream.concat(Stream.of(connections.contact().part()), carried.parts().get().stream())
                .toList();
    }

    @Override
    public void close() {
        carried.close().run();
        journal.close();
        connections.close();
    }
}
