package leat.engine.distributed;

import leat.kernel.port.Engine;
import leat.kernel.test.JournalContract;
import leat.kernel.test.JournalModelContract;
import leat.kernel.test.KeysContract;
import leat.kernel.test.LeaseContract;
import leat.kernel.test.MemberContract;
import leat.kernel.test.MemoryEngine;
import leat.kernel.test.MovingContract;
import leat.kernel.test.NodeContract;
import leat.kernel.test.PersonContract;
import leat.kernel.test.ProcessContract;
import leat.kernel.test.TaskContract;
import leat.kernel.test.ViewStoreContract;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps every contract of journals and views. */
class PostgresContractTest {
    private final PostgresSettings database = PrivatePostgres.shared().database();

    private Engine openDatabase() {
        MemoryEngine beside = new MemoryEngine();
        return DistributedEngine.open(
                database, new DistributedEngine.Carried(beside.bus(), beside.blobs(), beside.logs(), beside::close));
    }

    @Nested
    class Events extends JournalContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Histories extends JournalModelContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Members extends MemberContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Tasks extends TaskContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Moving extends MovingContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Views extends ViewStoreContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class Nodes extends NodeContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class PersonalKeys extends KeysContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }

    @Nested
    class People extends PersonContract {
        @Override
        protected Engine open() {
            return openDatabase();
        }
    }
}
