package leat.kernel.test;

import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every contract suite needs: an engine, empty before each test, closed after it, and closed and opened again in
 * the midst of one.
 */
public abstract class EngineContract {
    /** How long a test waits for what must come, in seconds. */
    protected static final int PATIENCE_SECONDS = 20;

    @SuppressWarnings("NullAway.Init") // set before each test
    protected Engine engine;

    protected EngineContract() {}

    /** Opens the engine of this test; called again by {@link #reopen}, and must then find what was stored. */
    protected abstract Engine open() throws Exception;

    /** Whether what is stored outlives {@link Engine#close}. */
    protected boolean persists() {
        return true;
    }

    @BeforeEach
    final void openEngine() throws Exception {
        engine = open();
    }

    @AfterEach
    final void closeEngine() {
        engine.close();
    }

    /** Closes the engine and opens it again; does nothing for an engine that forgets. */
    protected final void reopen() throws Exception {
        if (persists()) {
            engine.close();
            engine = open();
        }
    }
}
