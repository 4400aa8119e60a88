package leat.bookmarks;

import leat.kernel.port.Engine;
import leat.kernel.test.MemoryEngine;

final class BookmarksOnSqliteTest extends BookmarksContract {
    @Override
    Engine engine() {
        return new MemoryEngine();
    }
}
