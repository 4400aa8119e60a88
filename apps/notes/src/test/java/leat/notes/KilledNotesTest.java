package leat.notes;

import java.nio.file.Path;
import leat.apps.test.PrivatePostgres;
import leat.engine.distributed.PostgresSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Notes that are killed, on a data folder and on PostgreSQL, which stays. */
final class KilledNotesTest {
    @Nested
    final class OnSqlite extends KilledNotesContract {
        @TempDir
        @SuppressWarnings("NullAway.Init") // set before each test
        Path folder;

        @Override
        String[] store() {
            return new String[] {folder.toString()};
        }
    }

    @Nested
    final class OnPostgres extends KilledNotesContract {
        @SuppressWarnings("NullAway.Init") // set before each test
        private PrivatePostgres postgres;

        @SuppressWarnings("NullAway.Init") // set before each test
        private PostgresSettings database;

        @BeforeEach
        void start() throws Exception {
            postgres = new PrivatePostgres();
            database = postgres.database();
        }

        @AfterEach
        void stop() {
            postgres.close();
        }

        @Override
        String[] store() {
            return new String[] {
                database.host(), "" + database.port(), database.database(), database.user(), database.password()
            };
        }
    }
}
