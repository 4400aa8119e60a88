package leat.notes;

import leat.apps.test.PrivatePostgres;
import leat.engine.distributed.DistributedEngine;
import leat.kernel.port.Engine;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What Notes promise of their views, kept on PostgreSQL. */
final class OnPostgresTest {
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static PrivatePostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new PrivatePostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Engine fresh() {
        var beside = new MemoryEngine();
        return DistributedEngine.open(
                postgres.database(),
                new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    @Nested
    final class Lists extends NoteListContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Feed extends ChangeFeedContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Search extends NoteSearchContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Comments extends CommentsApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Tags extends TagsApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Replay extends ReplayContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Attachments extends AttachmentsApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Notebooks extends NotebooksApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Timelines extends TimelineContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Remembering extends RemindersApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Shares extends SharesApiContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Sharing extends SharingContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Imports extends ImportsContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }

    @Nested
    final class Removal extends RemovedAuthorContract {
        @Override
        Engine engine() {
            return fresh();
        }
    }
}
