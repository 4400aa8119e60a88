package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicInteger changes = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1);

    private Running node(String name) {
        return node(name, new AtomicBoolean(true));
    }

    private Running node(String name, AtomicBoolean wants) {
        return Running.with(
                Route.get("/health/ready", Access.anyone(), request -> Response.of(wants.get() ? 200 : 503)),
                Route.get("/who", Access.anyone(), request -> Response.text("text/plain", name)),
                Route.get(
                        "/head",
                        Access.anyone(),
                        request -> Response.text(
                                "text/plain",
                                request.header("host").orElse("") + " "
                                        + request.header("x-forwarded-for").orElse("") + " "
                                        + request.header("x-hop").orElse("no hop"))),
                Route.post("/change", Access.anyone(), request -> {
                    changes.incrementAndGet();
                    return Response.of(201).body("application/octet-stream", request.body());
                }),
                Route.get(
                        "/events",
                        Access.anyone(),
                        request -> Response.events(sink -> {
                            sink.onClose(left::countDown);
                            sink.send("1", "tick", name);
                        })));
    }

    private static Balancer before(Running... nodes) {
        return before(List.of(nodes).stream()
                .map(node -> InetSocketAddress.createUnresolved("127.0.0.1", node.server.port()))
                .toArray(InetSocketAddress[]::new));
    }

    private static Balancer before(InetSocketAddress... servers) {
        return Balancer.start(ServerSettings.local(0), List.of(servers));
    }

    private static HttpResponse<String> get(Balancer door, String path, String... headers) throws Exception {
        return send(door, "GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    private static HttpResponse<String> send(
            Balancer door, String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Set<String> answering(Balancer door) throws Exception {
        var names = new HashSet<String>();
        for (int i = 0; i < 8; i++) {
            HttpResponse<String> answer = get(door, "/who");
            assertThat(answer.statusCode()).isEqualTo(200);
            names.add(answer.body());
        }
        return names;
    }

    @Test
    void requests_are_spread_over_the_nodes_that_are_ready() throws Exception {
        try (var a = node("a", ready);
                var b = node("b");
                var door = before(a, b)) {
            Running.await(() -> door.healths().equals(List.of(Balancer.Health.READY, Balancer.Health.READY)));
            assertThat(answering(door)).containsExactlyInAnyOrder("a", "b");
            ready.set(false);
            Running.await(() -> door.healths().getFirst() == Balancer.Health.LIVE);
            assertThat(answering(door)).containsExactly("b");
            ready.set(true);
            Running.await(() -> door.healths().getFirst() == Balancer.Health.READY);
            assertThat(answering(door)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void a_node_that_cannot_be_reached_is_passed_over_at_once_and_none_is_503() throws Exception {
        try (var a = node("a");
                var b = node("b");
                var door = before(a, b)) {
            Running.await(() -> door.healths().equals(List.of(Balancer.Health.READY, Balancer.Health.READY)));
            a.server.stop(Duration.ofMillis(100));
            assertThat(answering(door)).containsExactly("b");
            b.server.stop(Duration.ofMillis(100));
            HttpResponse<String> none = get(door, "/who");
            assertThat(none.statusCode()).isEqualTo(503);
            assertThat(Running.code(none)).isEqualTo("node.unavailable");
            assertThat(none.headers().firstValue("retry-after")).hasValue("1");
        }
    }

    @Test
    void when_none_is_ready_those_that_live_answer() throws Exception {
        ready.set(false);
        try (var a = node("a", ready);
                var door = before(a)) {
            Running.await(() -> door.healths().getFirst() == Balancer.Health.LIVE);
            assertThat(answering(door)).containsExactly("a");
        }
    }

    @Test
    void the_host_is_kept_the_client_s_address_is_told_and_what_is_of_one_hop_stays_behind() throws Exception {
        try (var a = node("a");
                var door = before(a);
                var raw = new RawClient(door.port())) {
            raw.say(String.join(
                    "\r\n",
                    "GET /head HTTP/1.1",
                    "Host: pets-acme.example.org",
                    "X-Forwarded-For: 10.1.2.3",
                    "Connection: x-hop",
                    "X-Hop: 1",
                    "",
                    ""));
            assertThat(raw.answer())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("pets-acme.example.org 10.1.2.3, 127.0.0.1 no hop");
            // The same connection takes the next request.
            raw.say("HEAD /who HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 1");
            raw.say("GET /who HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.answer()).endsWith("\r\n\r\na");
        }
    }

    @Test
    void bodies_pass_in_both_directions_whole() throws Exception {
        byte[] body = new byte[900_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ('a' + i % 26);
        }
        try (var a = node("a");
                var door = before(a)) {
            HttpResponse<String> echoed = send(door, "POST", "/change", HttpRequest.BodyPublishers.ofByteArray(body));
            assertThat(echoed.statusCode()).isEqualTo(201);
            assertThat(echoed.body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isEqualTo(body);
            HttpResponse<String> tooLarge =
                    send(door, "POST", "/change", HttpRequest.BodyPublishers.ofByteArray(new byte[3 << 20]));
            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(answering(door)).containsExactly("a");
        }
    }

    @Test
    void events_come_as_they_are_sent_and_a_client_that_leaves_is_noticed() throws Exception {
        try (var a = node("a");
                var door = before(a);
                var raw = new RawClient(door.port())) {
            raw.say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.until("data: a\n\n")).contains("text/event-stream", "id: 1");
            raw.hangUp();
            Running.await(() -> left.getCount() == 0);
        }
    }

    @Test
    void a_change_whose_node_dies_is_told_502_and_never_sent_twice_while_a_look_goes_to_the_next() throws Exception {
        try (var dying = new Dying();
                var b = node("b");
                var door = before(InetSocketAddress.createUnresolved("127.0.0.1", dying.port()), address(b))) {
            int lost = 0;
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> answer = send(door, "POST", "/change", HttpRequest.BodyPublishers.ofString("x"));
                if (answer.statusCode() == 502) {
                    assertThat(Running.code(answer)).isEqualTo("node.lost");
                    lost++;
                }
            }
            assertThat(lost).isPositive();
            assertThat(changes).hasValue(4 - lost);
            assertThat(answering(door)).containsExactly("b");
        }
    }

    @Test
    void a_server_passes_on_once_what_another_answers_and_says_when_nobody_does() throws Exception {
        try (var other = node("other");
                var here = Running.with(
                        ServerSettings.local(0),
                        Site.of(
                                        List.of(Route.get(
                                                "/mine",
                                                Access.anyone(),
                                                request -> Response.text("text/plain", "me"))),
                                        Doorkeeper.ofNobody())
                                .passingOn((host, path) -> path.startsWith("/mine")
                                        ? Optional.empty()
                                        : Optional.of(
                                                path.startsWith("/lost") ? List.of() : List.of(address(other)))))) {
            assertThat(here.get("/mine").body()).isEqualTo("me");
            assertThat(here.get("/who").body()).isEqualTo("other");
            assertThat(here.send("POST", "/change", "x").body()).isEqualTo("x");
            assertThat(here.get("/who", "X-Leat-Relayed", "1").statusCode()).isEqualTo(404);
            assertThat(here.get("/lost").statusCode()).isEqualTo(503);
        }
    }

    private static InetSocketAddress address(Running node) {
        return InetSocketAddress.createUnresolved("127.0.0.1", node.server.port());
    }

    /** Takes every connection and ends it after the first bytes; says that it is ready. */
    private static final class Dying implements AutoCloseable {
        private final ServerSocket socket = open();

        Dying() {
            Thread.startVirtualThread(() -> {
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    while (true) {
                        Socket connection = socket.accept();
                        threads.execute(() -> end(connection));
                    }
                } catch (IOException e) {
                    // closed
                }
            });
        }

        private static ServerSocket open() {
            try {
                return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static void end(Socket connection) {
            try (connection) {
                byte[] head = new byte[2_000];
                int read = connection.getInputStream().read(head);
                if (new String(head, 0, Math.max(0, read), java.nio.charset.StandardCharsets.US_ASCII)
                        .startsWith("GET /health")) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // gone
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
