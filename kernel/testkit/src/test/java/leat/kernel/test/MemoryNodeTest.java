package leat.kernel.test;

import leat.kernel.port.Engine;

final class MemoryNodeTest extends NodeContract {
    @Override
    protected Engine open() {
        return new MemoryEngine();
    }

    @Override
    protected boolean persists() {
        return false;
    }
}
