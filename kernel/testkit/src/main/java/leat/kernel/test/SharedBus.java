package leat.kernel.test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import leat.kernel.port.Bus;
import leat.kernel.port.LocalBus;
import leat.kernel.port.RequestException;

/** What stands between several nodes in one process, as a bus over the network stands between several processes. */
public final class SharedBus {
    private final List<LocalBus> nodes = new CopyOnWriteArrayList<>();

    /** A bus without nodes. */
    public SharedBus() {}

    /** One node's end of it. */
    public Bus connect() {
        LocalBus own = new LocalBus();
        nodes.add(own);
        return new End(own);
    }

    private final class End implements Bus, AutoCloseable {
        private final LocalBus own;

        End(LocalBus own) {
            this.own = own;
        }

        @Override
        public void publish(String topic, byte[] payload) {
            nodes.forEach(node -> node.publish(topic, payload));
        }

        @Override
        public AutoCloseable subscribe(String topic, Consumer<Message> listener) {
            return own.subscribe(topic, listener);
        }

        @Override
        public CompletableFuture<byte[]> request(String topic, byte[] payload, Duration deadline) {
            Optional<LocalBus> responder = own.serves(topic)
                    ? Optional.of(own)
                    : nodes.stream().filter(node -> node.serves(topic)).findAny();
            return responder
                    .map(node -> node.request(topic, payload, deadline))
                    .orElseGet(() ->
                            LocalBus.failed(RequestException.Reason.NOBODY_SERVES, "nobody serves " + topic, null));
        }

        @Override
        public AutoCloseable serve(String topic, Responder responder) {
            return own.serve(topic, responder);
        }

        @Override
        public void close() {
            nodes.remove(own);
            own.close();
        }
    }
}
