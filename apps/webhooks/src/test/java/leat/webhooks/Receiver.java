package leat.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/** A program elsewhere that is told of events, on a free port of this machine. */
final class Receiver implements AutoCloseable {
    /** What is answered; 200 until something else is said. */
    volatile Function<Got, Integer> answers = any -> 200;

    volatile String text = "thank you";
    final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** One request as it came. */
    record Got(String id, String timestamp, String signature, String body) {
        JsonNode json() {
            return Json.tree(body);
        }

        String type() {
            return json().path("type").asString("");
        }
    }

    Receiver() throws IOException {
        this(0);
    }

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://localhost:" + port() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var request = new Got(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        got.add(request);
        int status = answers.apply(request);
        if (status == 0) {
            exchange.close();
            return;
        }
        if (status == 302) {
            exchange.getResponseHeaders().add("Location", "http://localhost:" + port() + "/elsewhere");
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
