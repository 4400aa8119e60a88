package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
    private static final Route ROUTE =
            Route.get("/{any}", Access.anyone(), request -> Response.text("text/plain", "routed"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Running with(BiPredicate<String, String> takes, Consumer<Exchange> serves) {
        return Running.with(
                ServerSettings.local(0)
                        .with(new ServerSettings.Timeouts(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(60))),
                Site.of(List.of(ROUTE), Doorkeeper.ofNobody()).behind(new FrontDoor() {
                    @Override
                    public boolean takes(String host, String path) {
                        return takes.test(host, path);
                    }

                    @Override
                    public void serve(Exchange exchange) {
                        serves.accept(exchange);
                    }
                }));
    }

    private static Running all(Consumer<Exchange> serves) {
        return with((host, path) -> true, serves);
    }

    @Test
    void a_door_takes_by_host_or_path_and_the_rest_is_routed() {
        try (var running = with(
                        (host, path) -> host.equals("pets.mocks.example") || path.startsWith("/m/"),
                        exchange -> exchange.answer(200, bytes("mocked")));
                var client = running.raw()) {
            for (String host : List.of("pets.mocks.example", "Pets.Mocks.Example:8080")) {
                client.say("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                assertThat(client.answer()).endsWith("mocked");
            }
            assertThat(running.get("/m/x").body()).isEqualTo("mocked");
            assertThat(running.get("/a").body()).isEqualTo("routed");
            client.say("GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n");
            assertThat(client.answer()).endsWith("routed");
        }
    }

    @Test
    void a_door_sees_the_request_as_it_came_on_an_event_loop() {
        var thread = new AtomicReference<Thread>();
        var seen = new ArrayList<String>();
        try (var running = all(exchange -> {
            thread.set(Thread.currentThread());
            exchange.eachHeader((name, value) -> {
                if (name.startsWith("X-")) {
                    seen.add(name + "=" + value);
                }
            });
            exchange.body(
                    100,
                    body -> exchange.header("X-Saw", exchange.method() + " " + exchange.uri())
                            .answer(201, body));
        })) {
            var answer = running.send("POST", "/a%20b?c=d", "hello", "X-One", "1", "X-Two", "2");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().firstValue("x-saw")).hasValue("POST /a%20b?c=d");
            assertThat(answer.headers().map()).doesNotContainKeys("content-security-policy", "x-request-id");
            assertThat(seen).containsExactly("X-One=1", "X-Two=2");
            assertThat(thread.get().isVirtual()).isFalse();
            assertThat(thread.get().getName()).contains("eventloop");
            assertThat(running.answered).isEmpty();
        }
    }

    @Test
    void the_body_of_an_exchange_is_bounded_in_size_and_time() {
        try (var running = all(exchange -> exchange.body(10, body -> exchange.answer(200, body)));
                var large = running.raw();
                var slow = running.raw()) {
            large.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n");
            assertThat(large.answer()).startsWith("HTTP/1.1 413 ");
            slow.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhell");
            assertThat(slow.answer()).startsWith("HTTP/1.1 408 ");
            slow.awaitClose();
        }
    }

    @Test
    void an_answer_may_wait_come_in_pieces_or_not_at_all() {
        try (var running = all(exchange -> {
                    switch (exchange.path()) {
                        case "/later" ->
                            exchange.after(Duration.ofMillis(20), () -> exchange.answer(200, bytes("later")));
                        case "/pieces" -> {
                            exchange.begin(200);
                            exchange.write(bytes("one"));
                            exchange.after(Duration.ofMillis(5), () -> {
                                exchange.write(bytes("two"));
                                exchange.end();
                            });
                        }
                        case "/elsewhere" ->
                            Thread.startVirtualThread(
                                    () -> exchange.onLoop(() -> exchange.answer(200, bytes("elsewhere"))));
                        default -> exchange.drop();
                    }
                });
                var client = running.raw()) {
            assertThat(running.get("/later").body()).isEqualTo("later");
            assertThat(running.get("/pieces").body()).isEqualTo("onetwo");
            assertThat(running.get("/elsewhere").body()).isEqualTo("elsewhere");
            client.say("GET /drop HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).isEmpty();
        }
    }

    @Test
    void a_door_that_fails_answers_500_and_the_next_request_is_served() {
        try (var running = all(exchange -> {
            if (exchange.path().equals("/bad")) {
                throw new IllegalStateException("broken door");
            }
            exchange.answer(200, bytes("fine"));
        })) {
            var bad = running.get("/bad");
            assertThat(bad.statusCode()).isEqualTo(500);
            assertThat(bad.body()).isEmpty();
            assertThat(running.get("/good").body()).isEqualTo("fine");
        }
    }

    @Test
    void a_header_that_would_begin_another_one_is_refused() {
        try (var running = all(exchange -> exchange.header("X-A", "a\r\nX-B: c").answer(200, bytes("")))) {
            var answer = running.get("/");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("x-b")).isEmpty();
        }
    }
}
