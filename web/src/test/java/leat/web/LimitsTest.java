package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ServerSettings USUAL = ServerSettings.local(0);

    private static final Route ECHO =
            Route.post("/echo", Access.anyone(), request -> Response.text("text/plain", "" + request.body().length));
    private static final Route HELLO =
            Route.get("/hello", Access.anyone(), request -> Response.text("text/plain", "hello"));

    private static ServerSettings.Timeouts timeouts(Duration idle, Duration head, Duration body) {
        return new ServerSettings.Timeouts(idle, head, body, LONG);
    }

    @Test
    void headers_at_the_limit_pass_and_beyond_it_are_told_431() {
        try (var running = Running.with(HELLO);
                var fits = running.raw();
                var excess = running.raw()) {
            fits.say("GET /hello HTTP/1.1\r\nHost: x\r\nBig: " + "a".repeat(16_000) + "\r\n\r\n");
            assertThat(fits.answer()).startsWith("HTTP/1.1 200 ");
            excess.say("GET /hello HTTP/1.1\r\nHost: x\r\nBig: " + "a".repeat(16_400) + "\r\n\r\n");
            assertThat(excess.answer())
                    .startsWith("HTTP/1.1 431 ")
                    .contains("application/problem+json")
                    .contains("request.headers-too-large");
            excess.awaitClose();
        }
    }

    @Test
    void many_small_headers_count_together() {
        try (var running = Running.with(HELLO);
                var excess = running.raw()) {
            excess.say("GET /hello HTTP/1.1\r\nHost: x\r\n" + "Some-Header: aaaaaaaaaaaaaaaaaaaa\r\n".repeat(600)
                    + "\r\n");
            assertThat(excess.answer()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void a_long_address_is_told_414() {
        try (var running = Running.with(HELLO);
                var fits = running.raw();
                var excess = running.raw()) {
            fits.say("GET /hello?" + "a".repeat(8_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(fits.answer()).startsWith("HTTP/1.1 200 ");
            excess.say("GET /hello?" + "a".repeat(8_200) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(excess.answer()).contains(" 414 ").contains("request.target-too-long");
            excess.awaitClose();
        }
    }

    @Test
    void nonsense_is_told_400() {
        try (var running = Running.with(HELLO);
                var client = running.raw()) {
            client.say("hello there\r\n\r\n");
            assertThat(client.answer()).contains(" 400 ");
            client.awaitClose();
        }
    }

    @Test
    void a_declared_body_over_the_limit_is_told_413_before_it_is_sent() {
        try (var running = Running.with(ECHO);
                var client = running.raw()) {
            client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ").contains("request.too-large");
        }
    }

    @Test
    void a_client_that_sends_its_too_large_body_anyway_still_reads_the_answer() {
        try (var running = Running.with(ECHO)) {
            assertThat(running.send("POST", "/echo", "x".repeat(2 << 20)).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void a_client_that_sends_30_megabytes_too_many_still_reads_the_answer() {
        try (var running = Running.with(ECHO)) {
            for (int attempt = 0; attempt < 10; attempt++) {
                assertThat(running.send("POST", "/echo", "x".repeat(30 << 20)).statusCode())
                        .isEqualTo(413);
            }
        }
    }

    @Test
    void a_body_of_exactly_the_limit_passes() {
        try (var running = Running.with(ECHO)) {
            assertThat(running.send("POST", "/echo", "x".repeat(1 << 20)).body())
                    .isEqualTo("1048576");
        }
    }

    @Test
    void a_chunked_body_is_counted_as_it_comes() {
        try (var running = Running.with(ECHO.bodyUpTo(1000));
                var fits = running.raw();
                var excess = running.raw()) {
            String chunk = "1f4\r\n" + "x".repeat(500) + "\r\n";
            fits.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk
                    + "0\r\n\r\n");
            assertThat(fits.answer()).startsWith("HTTP/1.1 200 ").endsWith("1000");
            excess.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk);
            assertThat(excess.answer()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void an_endless_body_is_cut_off() {
        try (var running = Running.with(ECHO.bodyUpTo(1000));
                var client = running.raw()) {
            client.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
            int sent = 0;
            while (client.say(chunk) && sent < 5_000) {
                sent++;
            }
            assertThat(sent).isLessThan(5_000);
        }
    }

    @Test
    void a_route_may_state_its_own_body_limit() {
        try (var running = Running.with(ECHO.bodyUpTo(3 << 20))) {
            assertThat(running.send("POST", "/echo", "x".repeat(3 << 20)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_route_may_not_state_more_than_the_server_bears() {
        assertThatThrownBy(() -> Running.with(ECHO.bodyUpTo(65 << 20)).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POST /echo");
    }

    @Test
    void bodies_that_fit_no_memory_together_are_told_503() {
        var limits = new ServerSettings.Limits(16384, 8192, 1 << 20, 1 << 20, 1000, 100, 100, 10, 10, 1000);
        try (var running = Running.with(USUAL.with(limits), ECHO);
                var first = running.raw();
                var second = running.raw()) {
            first.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 901\r\n\r\n" + "x".repeat(900));
            // The server has taken the first body's bytes once it asks for more of the next one's.
            Running.await(() -> running.send("POST", "/echo", "x".repeat(200)).statusCode() == 503);
            second.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n" + "x".repeat(200));
            assertThat(second.answer()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 1");
            first.say("x");
            assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
            assertThat(running.send("POST", "/echo", "x".repeat(200)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, Duration.ofMillis(100), LONG)), HELLO);
                var client = running.raw()) {
            client.awaitClose();
        }
    }

    @Test
    void a_head_that_dribbles_is_cut_off_however_lively_it_looks() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, Duration.ofMillis(300), LONG)), HELLO);
                var client = running.raw()) {
            client.say("GET /hello HTTP/1.1\r\n");
            int said = 0;
            long start = System.nanoTime();
            while (client.say("A: b\r\n") && said < 1_000) {
                said++;
                Running.await(pause(10));
            }
            assertThat(said).isLessThan(1_000);
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void the_second_head_on_a_connection_may_not_dribble_either() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, Duration.ofMillis(300), LONG)), HELLO);
                var client = running.raw()) {
            client.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            client.say("GET /hel");
            client.awaitClose();
        }
    }

    @Test
    void a_connection_that_waits_between_requests_is_kept_past_the_head_timeout() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, Duration.ofMillis(100), LONG)), HELLO);
                var client = running.raw()) {
            client.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            Running.await(pause(300));
            client.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_slow_body_is_no_slow_head() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, Duration.ofMillis(100), LONG)), ECHO);
                var client = running.raw()) {
            client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nx");
            Running.await(pause(300));
            client.say("x");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_idle_connection_is_closed() {
        try (var running = Running.with(USUAL.with(timeouts(Duration.ofMillis(200), LONG, LONG)), HELLO);
                var client = running.raw()) {
            client.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            client.awaitClose();
        }
    }

    @Test
    void a_body_that_does_not_come_is_told_408_and_the_connection_closed() {
        try (var running = Running.with(USUAL.with(timeouts(LONG, LONG, Duration.ofMillis(200))), ECHO);
                var client = running.raw()) {
            client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer()).startsWith("HTTP/1.1 408 ").contains("request.too-slow");
            client.awaitClose();
        }
    }

    @Test
    void a_connection_beyond_the_limit_is_told_503_and_one_that_leaves_makes_room() {
        var limits = new ServerSettings.Limits(16384, 8192, 1 << 20, 1 << 20, 1 << 20, 2, 100, 10, 10, 1000);
        try (var running = Running.with(USUAL.with(limits), HELLO);
                var first = running.raw();
                var second = running.raw()) {
            for (var client : List.of(first, second)) {
                client.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            }
            try (var third = running.raw()) {
                third.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(third.answer()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after");
                third.awaitClose();
            }
            first.hangUp();
            Running.await(() -> running.server.openConnections() == 1);
            try (var fourth = running.raw()) {
                fourth.say("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(fourth.answer()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void a_request_beyond_those_being_handled_is_told_503() throws Exception {
        var limits = new ServerSettings.Limits(16384, 8192, 1 << 20, 1 << 20, 1 << 20, 100, 2, 10, 10, 1000);
        var arrived = new AtomicInteger();
        var leave = new CountDownLatch(1);
        Route slow = Route.get("/slow", Access.anyone(), request -> {
            arrived.incrementAndGet();
            leave.await();
            return Response.noContent();
        });
        try (var running = Running.with(USUAL.with(limits), HELLO, slow);
                var first = running.raw();
                var second = running.raw()) {
            first.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            second.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            Running.await(() -> arrived.get() == 2);
            var refused = running.get("/hello");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            leave.countDown();
            assertThat(first.answer()).startsWith("HTTP/1.1 204 ");
            assertThat(second.answer()).startsWith("HTTP/1.1 204 ");
            Running.await(() -> running.get("/hello").statusCode() == 200);
        }
    }

    private static java.util.function.BooleanSupplier pause(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        return () -> System.nanoTime() > until;
    }
}
