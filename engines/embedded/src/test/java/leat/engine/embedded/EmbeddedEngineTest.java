package leat.engine.embedded;

import java.nio.file.Path;
import leat.kernel.port.Engine;
import leat.kernel.test.BlobsContract;
import leat.kernel.test.BusContract;
import leat.kernel.test.JournalContract;
import leat.kernel.test.JournalModelContract;
import leat.kernel.test.KeysContract;
import leat.kernel.test.LeaseContract;
import leat.kernel.test.LogsContract;
import leat.kernel.test.MemberContract;
import leat.kernel.test.MovingContract;
import leat.kernel.test.PersonContract;
import leat.kernel.test.ProcessContract;
import leat.kernel.test.TaskContract;
import leat.kernel.test.ViewStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine keeps every contract. */
class EmbeddedEngineTest {
    @TempDir
    Path folder;

    private Engine openFolder() {
        return EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT);
    }

    @Nested
    class Events extends JournalContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Histories extends JournalModelContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Members extends MemberContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Tasks extends TaskContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Moving extends MovingContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Views extends ViewStoreContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Blobs extends BlobsContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Logs extends LogsContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class Bus extends BusContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class PersonalKeys extends KeysContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }

    @Nested
    class People extends PersonContract {
        @Override
        protected Engine open() {
            return openFolder();
        }
    }
}
