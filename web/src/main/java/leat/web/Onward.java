package leat.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the requests that other servers answer, and passes them on; what was passed on once is answered here or by nobody. */
record Onward(Elsewhere elsewhere, Relay relay) {
    private static final Map<String, String> MARK = Map.of(Relay.RELAYED, "1");

    /** Whether the request was taken. */
    boolean takes(HttpServerRequest request, String host, String path) {
        if (request.headers().contains(Relay.RELAYED)) {
            return false;
        }
        Optional<List<InetSocketAddress>> servers = elsewhere.serving(host, path);
        servers.ifPresent(some -> relay.pass(request, some, MARK, unreachable -> {}));
        return servers.isPresent();
    }
}
