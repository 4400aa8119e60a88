package leat.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The floor of serving: a Vert.x handler that knows its one route by heart, cuts two values out of the path and answers.
 * As many event loops as Leat has, on one port.
 */
final class BarePeer {
    private BarePeer() {}

    public static void main(String[] args) {
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        var servers = new CopyOnWriteArrayList<HttpServer>();
        vertx.deployVerticle(() -> new Listening(servers), new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("ready " + servers.getFirst().actualPort());
    }

    private static final class Listening extends VerticleBase {
        private final CopyOnWriteArrayList<HttpServer> servers;

        Listening(CopyOnWriteArrayList<HttpServer> servers) {
            this.servers = servers;
        }

        /** With plain 0, each loop would pick a port of its own. */
        @Override
        public Future<?> start() {
            return vertx.createHttpServer(new HttpServerOptions())
                    .requestHandler(Listening::answer)
                    .listen(SocketAddress.sharedRandomPort(1, "127.0.0.1"))
                    .onSuccess(servers::add);
        }

        private static void answer(HttpServerRequest request) {
            String path = Objects.requireNonNull(request.path());
            int id = path.indexOf('/', path.indexOf('/', 1) + 1) + 1;
            int items = path.indexOf('/', id);
            int item = path.indexOf('/', items + 1) + 1;
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"id\": \"" + path.substring(id, items) + "\", \"item\": \"" + path.substring(item) + "\"}");
        }
    }
}
