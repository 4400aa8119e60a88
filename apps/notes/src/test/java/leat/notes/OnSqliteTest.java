package leat.notes;

import leat.kernel.port.Engine;
import leat.kernel.test.MemoryEngine;
import org.junit.jupiter.api.Nested;

/** What Notes promise of their views, kept on SQLite. */
final class OnSqliteTest {
    @Nested
    final class Lists extends NoteListContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Feed extends ChangeFeedContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Search extends NoteSearchContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Comments extends CommentsApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Tags extends TagsApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Replay extends ReplayContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Attachments extends AttachmentsApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Notebooks extends NotebooksApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Timelines extends TimelineContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Remembering extends RemindersApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Shares extends SharesApiContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Sharing extends SharingContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Imports extends ImportsContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }

    @Nested
    final class Removal extends RemovedAuthorContract {
        @Override
        Engine engine() {
            return new MemoryEngine();
        }
    }
}
