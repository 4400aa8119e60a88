package leat.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;

/**
 * The floor of serving: a Vert.x handler that knows its one route by heart, cuts two values out of the path and answers.
 * As many event loops as Leat has, on one port.
 */
final class BarePeer {
    private BarePeer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int port = 0;
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var verticle = new Listening(port);
            vertx.deployVerticle(verticle).await();
            port = verticle.port;
        }
        System.out.println("ready " + port);
    }

    private static final class Listening extends io.vertx.core.VerticleBase {
        private volatile int port;
        private final int wanted;

        Listening(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public io.vertx.core.Future<?> start() {
            return vertx.createHttpServer(new HttpServerOptions())
                    .requestHandler(request -> {
                        String path = java.util.Objects.requireNonNull(request.path());
                        int id = path.indexOf('/', path.indexOf('/', 1) + 1) + 1;
                        int items = path.indexOf('/', id);
                        int item = path.indexOf('/', items + 1) + 1;
                        request.response()
                                .putHeader("Content-Type", "application/json")
                                .end("{\"id\": \"" + path.substring(id, items) + "\", \"item\": \""
                                        + path.substring(item) + "\"}");
                    })
                    .listen(wanted, "127.0.0.1")
                    .onSuccess(server -> port = server.actualPort());
        }
    }
}
