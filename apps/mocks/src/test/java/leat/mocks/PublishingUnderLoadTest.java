package leat.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing again and again while 32 connections load another route of the same mock. */
final class PublishingUnderLoadTest {
    private static final int CONNECTIONS = 32;
    private static final int PUBLICATIONS = 12;

    /** The marker stands in the header and twice in the body: a mixture of revisions would show. */
    private static String revision(int number) {
        return """
                - endpoint:
                    path: /marked/:n
                    response:
                      headers: {Content-Type: text/plain, X-Marker: "r%1$d"}
                      body: "r%1$d {{path-params.n}} r%1$d"
                - endpoint:
                    path: /other
                    response: {body: '{"r": %1$d}'}
                """.formatted(number);
    }

    @Test
    void no_request_fails_and_none_sees_two_revisions_in_memory() throws Exception {
        try (var running = Running.inMemory()) {
            publishUnderLoad(running);
        }
    }

    @Test
    void no_request_fails_and_none_sees_two_revisions_on_disk(@TempDir Path folder) throws Exception {
        try (var running = Running.on(EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT))) {
            publishUnderLoad(running);
        }
    }

    private static void publishUnderLoad(Running running) throws Exception {
        String id = running.published("loaded", revision(1));
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        var wrong = new ConcurrentLinkedQueue<String>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int caller = i;
            // Not virtual: they would keep the carriers from the server's own threads, as no other process can.
            callers.add(Thread.ofPlatform().start(() -> call(running.server.port(), caller, stop, answered, wrong)));
        }
        Running.await(() -> answered.get() > CONNECTIONS);

        for (int number = 2; number <= PUBLICATIONS; number++) {
            int before = answered.get();
            running.as(
                    "acme-editor",
                    "PUT",
                    "/api/mocks/mocks/" + id + "/source?publish=true",
                    new MocksApi.Text(revision(number)));
            int wanted = number;
            Running.await(() -> live(running, id) == wanted);
            assertThat(running.get("/m/acme/loaded/marked/x").header("x-marker"))
                    .isEqualTo("r" + number);
            Running.await(() -> answered.get() > before + CONNECTIONS);
        }
        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(wrong).isEmpty();
    }

    private static int live(Running running, String id) {
        var publication = running.as("acme-viewer", "GET", "/api/mocks/mocks/" + id + "/publication");
        return publication.json().path("live").asInt(0);
    }

    private static void call(
            int port, int caller, AtomicBoolean stop, AtomicInteger answered, ConcurrentLinkedQueue<String> wrong) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            int last = 0;
            for (int n = 0; !stop.get(); n++) {
                String mark = caller + "-" + n;
                out.write(("GET /marked/" + mark + " HTTP/1.1\r\nHost: loaded-acme.localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                String head = head(in);
                int length = Integer.parseInt(field(head, "content-length"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                String marker = field(head, "x-marker");
                int revision = Integer.parseInt(marker.substring(1));
                if (!head.startsWith("HTTP/1.1 200 ") || !body.equals(marker + " " + mark + " " + marker)) {
                    wrong.add(head + body);
                }
                if (revision < last) {
                    wrong.add("revision " + revision + " after " + last);
                }
                last = revision;
                answered.incrementAndGet();
            }
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection was closed after: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + head));
    }
}
