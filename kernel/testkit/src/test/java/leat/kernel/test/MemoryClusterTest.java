package leat.kernel.test;

import leat.kernel.port.Bus;
import leat.kernel.port.Engine;

class MemoryClusterTest extends ClusterContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private MemoryEngine store;

    @Override
    protected void openStore() {
        store = new MemoryEngine();
    }

    @Override
    protected Engine connect(Bus end) {
        return store.shared(end);
    }

    @Override
    protected void closeStore() {
        store.close();
    }
}
