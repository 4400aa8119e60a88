package leat.kernel.test;

import leat.kernel.port.Engine;
import org.junit.jupiter.api.Nested;

/** The engine in memory keeps every contract, so that a test written on it can be believed. */
class MemoryEngineTest {
    @Nested
    class Events extends JournalContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Moving extends MovingContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Members extends MemberContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Tasks extends TaskContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Views extends ViewStoreContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Blobs extends BlobsContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Logs extends LogsContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class Bus extends BusContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }
    }

    @Nested
    class PersonalKeys extends KeysContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }

    @Nested
    class People extends PersonContract {
        @Override
        protected Engine open() {
            return new MemoryEngine();
        }

        @Override
        protected boolean persists() {
            return false;
        }
    }
}
