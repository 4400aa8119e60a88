package leat.engine.distributed;

import leat.kernel.port.Bus;
import leat.kernel.port.Engine;
import leat.kernel.test.ClusterContract;
import leat.kernel.test.MemoryEngine;

/** Several nodes on one PostgreSQL, joined by NATS. */
class PostgresClusterTest extends ClusterContract {
    @SuppressWarnings("NullAway.Init") // set before each test
    private PostgresSettings database;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PrivateNats nats;

    @Override
    protected void openStore() throws Exception {
        database = PrivatePostgres.shared().database();
        nats = new PrivateNats();
    }

    @Override
    protected Engine connect(Bus end) throws Exception {
        NatsBus bus = new NatsBus(NatsSettings.at(nats.address()));
        MemoryEngine beside = new MemoryEngine();
        return DistributedEngine.open(
                database, new DistributedEngine.Carried(bus, beside.blobs(), beside.logs(), () -> {
                    bus.close();
                    beside.close();
                }));
    }

    @Override
    protected void closeStore() throws Exception {
        nats.close();
    }
}
