package leat.journeys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import leat.kernel.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The Chrome DevTools protocol, as much as a journey needs: calls that answer, and events by the session of a tab.
 *
 * <p>Source: <a href="https://chromedevtools.github.io/devtools-protocol/">the protocol's reference</a>, with flattened
 * sessions.
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private CompletableFuture<WebSocket> sent = new CompletableFuture<>();

    DevTools(URI address) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
        sent.complete(socket);
    }

    /** The browser said no, or nothing. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Calls and waits for the answer, 30 seconds at most.
     *
     * @param session empty for the browser itself
     */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        var message = new LinkedHashMap<String, Object>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        send(Json.text(message));
        try {
            JsonNode reply = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (reply.has("error")) {
                throw new Refused(
                        method + ": " + reply.path("error").path("message").asString(""), null);
            }
            return reply.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new Refused(method + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(method + " was interrupted", e);
        } finally {
            waiting.remove(id);
        }
    }

    /** One message after the other, as a web socket wants it. */
    private synchronized void send(String text) {
        sent = sent.thenCompose(any -> socket.sendText(text, true));
    }

    /** Tells events of a session, by method and parameters, on the thread that reads; it must not call. */
    void listen(String session, BiConsumer<String, JsonNode> listener) {
        listeners.put(session, listener);
    }

    void forget(String session) {
        listeners.remove(session);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonNode message = Json.tree(partial.toString());
            partial.setLength(0);
            take(message);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.get(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        var listener = listeners.get(message.path("sessionId").asString(""));
        if (listener != null) {
            listener.accept(message.path("method").asString(""), message.path("params"));
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
