package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StopTest {

    @Test
    void a_request_in_flight_is_finished_and_streams_are_ended() throws Exception {
        var arrived = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (var running = Running.with(
                        Route.get("/slow", Access.anyone(), request -> {
                            arrived.countDown();
                            leave.await();
                            return Response.text("text/plain", "finished");
                        }),
                        Route.get("/events", Access.anyone(), request -> Response.events(sink -> {})));
                var slow = running.raw();
                var stream = running.raw();
                var idle = running.raw()) {
            slow.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            stream.say("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(stream.head()).contains(" 200 ");
            idle.say("GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.answer()).contains(" 404 ");
            arrived.await();
            var stopped = new AtomicBoolean();
            Thread stopping = Thread.startVirtualThread(() -> {
                running.server.stop(Duration.ofSeconds(20));
                stopped.set(true);
            });
            stream.until("0\r\n\r\n");
            stream.awaitClose();
            idle.awaitClose();
            Running.await(() -> refuses(running));
            assertThat(stopped.get()).isFalse();
            leave.countDown();
            assertThat(slow.answer()).contains(" 200 ").endsWith("finished");
            stopping.join(Duration.ofSeconds(15));
            assertThat(stopped.get()).isTrue();
        }
    }

    @Test
    void a_handler_that_outstays_the_grace_is_interrupted() throws Exception {
        var arrived = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var running = Running.with(Route.get("/stuck", Access.anyone(), request -> {
                    arrived.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return Response.noContent();
                }));
                var client = running.raw()) {
            client.say("GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n");
            arrived.await();
            running.server.stop(Duration.ofMillis(100));
            assertThat(interrupted.await(15, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            client.awaitClose();
        }
    }

    private static boolean refuses(Running running) {
        try (var late = running.raw()) {
            late.say("GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
            return late.head().isEmpty();
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }
}
