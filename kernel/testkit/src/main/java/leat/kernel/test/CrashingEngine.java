package leat.kernel.test;

import leat.kernel.port.Blobs;
import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.Logs;
import leat.kernel.port.MasterKey;
import leat.kernel.port.ViewStore;

/**
 * Any engine, with a journal that fails or dies where it is told to. Closing it closes nothing, so that the engine can be
 * used again after the "crash".
 */
public record CrashingEngine(Engine engine, Journal journal) implements Engine {

    public static Engine around(Engine engine, CrashPoints points) {
        return new CrashingEngine(engine, new CrashingJournal(engine.journal(), points));
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public boolean shared() {
        return engine.shared();
    }

    @Override
    public Keys keys() {
        return engine.keys();
    }

    @Override
    public MasterKey masterKey() {
        return engine.masterKey();
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
    public Bus bus() {
        return engine.bus();
    }

    @Override
    public void close() {}
}
