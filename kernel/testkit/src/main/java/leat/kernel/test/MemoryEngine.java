package leat.kernel.test;

import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Keys;
import leat.kernel.port.LocalBus;
import leat.kernel.port.Logs;
import leat.kernel.port.ViewStore;

/**
 * An engine that forgets everything when it is closed, for tests; views live in SQLite files of a temporary folder,
 * because views are written in SQL.
 */
public final class MemoryEngine implements Engine {
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryKeys keys = new MemoryKeys();
    private final MemoryViews views = new MemoryViews();
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final MemoryLogs logs = new MemoryLogs();
    private final LocalBus bus = new LocalBus();

    /** An empty engine. */
    public MemoryEngine() {}

    /**
     * The same engine whose journal fails or dies where {@code points} says. Closing it closes nothing, so that another
     * can be made of this one after the "crash".
     */
    public Engine crashing(CrashPoints points) {
        return CrashingEngine.around(this, points);
    }

    /** The same engine for one of several nodes, at its end of a bus. Closing it closes nothing. */
    public Engine shared(Bus end) {
        return new Shared(this, end);
    }

    private record Shared(MemoryEngine engine, Bus bus) implements Engine {
        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public MemoryJournal journal() {
            return engine.journal();
        }

        @Override
        public Keys keys() {
            return engine.keys();
        }

        @Override
        public ViewStore views() {
            return engine.views();
        }

        @Override
        public Blobs blobs() {
            return engine.blobs();
        }

        @Override
        public Logs logs() {
            return engine.logs();
        }

        @Override
        public void close() {}
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public MemoryJournal journal() {
        return journal;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public ViewStore views() {
        return views;
    }

    @Override
    public Blobs blobs() {
        return blobs;
    }

    @Override
    public Logs logs() {
        return logs;
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public void close() {
        bus.close();
        logs.close();
        views.close();
    }
}
