package leat.engine.distributed;

import leat.kernel.port.Blobs;
import leat.kernel.port.Engine;
import leat.kernel.port.Journal;
import leat.kernel.port.Keys;
import leat.kernel.port.Logs;
import leat.kernel.port.ViewStore;
import leat.kernel.test.BusContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The bus of one node, connected to NATS, keeps the promises of every bus. */
class NatsBusContractTest extends BusContract {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static PrivateNats nats;

    @BeforeAll
    static void startNats() throws Exception {
        nats = new PrivateNats();
    }

    @AfterAll
    static void stopNats() throws Exception {
        nats.close();
    }

    @Override
    protected Engine open() {
        return new OnlyBus(new NatsBus(NatsSettings.at(nats.address())));
    }

    private record OnlyBus(NatsBus bus) implements Engine {
        @Override
        public String name() {
            return "only a bus";
        }

        @Override
        public Journal journal() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Keys keys() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ViewStore views() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Blobs blobs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Logs logs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public NatsBus bus() {
            return bus;
        }

        @Override
        public void close() {
            bus.close();
        }
    }
}
