package leat.bookmarks;

import leat.apps.test.PrivatePostgres;
import leat.kernel.port.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class BookmarksOnPostgresTest extends BookmarksContract {
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static PrivatePostgres postgres;

    @BeforeAll
    static void open() throws Exception {
        postgres = new PrivatePostgres();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @Override
    Engine engine() {
        return postgres.engine();
    }
}
