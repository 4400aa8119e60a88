package leat.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers each request with the next answer written down for it, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    record Answer(int status, String contentType, String body) {}

    record Asked(String line, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(field -> field.getKey().equalsIgnoreCase(name))
                    .map(field -> field.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers this request so; further answers to the same request follow in order, the last one for ever. */
    ScriptedServer on(String line, int status, String json) {
        return on(line, new Answer(status, status < 400 ? "application/json" : "application/problem+json", json));
    }

    ScriptedServer on(String line, Answer answer) {
        script.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(line, Map.copyOf(exchange.getRequestHeaders()), body));
        Answer answer = next(line);
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType);
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer next(String line) {
        Deque<Answer> answers = script.get(line);
        if (answers == null) {
            return new Answer(404, "application/problem+json", """
                    {"code":"resource.absent","detail":"Nothing is scripted for this."}""");
        }
        synchronized (answers) {
            return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
