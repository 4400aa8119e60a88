package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SseTest {
    private static final String ASK = "GET /events HTTP/1.1\r\nHost: x\r\n";

    private static Route events(Sse.Source source) {
        return Route.get("/events", Access.anyone(), request -> Response.events(source));
    }

    private static ServerSettings settings(int streams, int streamsPerCaller, int queueBytes, Duration heartbeat) {
        return ServerSettings.local(0)
                .with(new ServerSettings.Limits(
                        16384, 8192, 1 << 20, 1 << 20, 1 << 20, 100, 100, streams, streamsPerCaller, queueBytes))
                .with(new ServerSettings.Timeouts(
                        Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30), heartbeat));
    }

    @Test
    void events_arrive_with_id_and_name_and_a_client_resumes_behind_the_last_it_saw() {
        try (var running = Running.with(events(sink -> {
                    int from = sink.lastEventId().map(Integer::parseInt).orElse(0);
                    for (int i = from + 1; i <= 3; i++) {
                        sink.send("" + i, "count", "number\n" + i);
                    }
                }));
                var client = running.raw();
                var resuming = running.raw()) {
            client.say(ASK + "Accept-Encoding: gzip\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .doesNotContainIgnoringCase("content-encoding");
            assertThat(client.until("data: 3\n\n"))
                    .contains("id: 1\nevent: count\ndata: number\ndata: 1\n\n")
                    .contains("id: 2\n");
            resuming.say(ASK + "Last-Event-ID: 2\r\n\r\n");
            assertThat(resuming.until("data: 3\n\n")).contains("id: 3\n").doesNotContain("id: 2\n");
        }
    }

    @Test
    void an_event_cannot_smuggle_another_one_in() {
        assertThatThrownBy(() -> Sse.encoded("1\n2", "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sse.encoded("1", "a\rb", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new String(Sse.encoded("", "", "a\rid: 9\r\nb"), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("data: a\ndata: id: 9\ndata: b\n\n");
    }

    @Test
    void a_quiet_stream_gets_heartbeats() {
        try (var running = Running.with(settings(10, 10, 1 << 20, Duration.ofMillis(30)), events(sink -> {}));
                var client = running.raw()) {
            client.say(ASK + "\r\n");
            client.head();
            for (int i = 0; i < 4; i++) {
                client.until(": \n\n");
            }
        }
    }

    @Test
    void a_source_hears_that_its_client_left() throws Exception {
        var left = new CountDownLatch(1);
        try (var running = Running.with(events(sink -> sink.onClose(left::countDown)))) {
            try (var client = running.raw()) {
                client.say(ASK + "\r\n");
                client.head();
                assertThat(running.server.openStreams()).isEqualTo(1);
            }
            assertThat(left.await(15, TimeUnit.SECONDS)).isTrue();
            Running.await(() -> running.server.openStreams() == 0);
        }
    }

    @Test
    void a_reader_that_is_too_slow_is_cut_off() throws Exception {
        var open = new AtomicReference<Sse.Sink>();
        var closed = new CountDownLatch(1);
        try (var running = Running.with(settings(10, 10, 100_000, Duration.ofSeconds(60)), events(sink -> {
                    sink.onClose(closed::countDown);
                    open.set(sink);
                }));
                var client = running.raw()) {
            client.say(ASK + "\r\n");
            client.head();
            Running.await(() -> open.get() != null);
            String data = "x".repeat(10_000);
            int sent = 0;
            while (open.get().send("", "", data) && sent < 10_000) {
                sent++;
            }
            assertThat(sent).isLessThan(10_000);
            assertThat(closed.await(15, TimeUnit.SECONDS)).isTrue();
            client.awaitClose();
        }
    }

    @Test
    void a_source_that_fails_ends_its_stream() {
        try (var running = Running.with(events(sink -> {
                    throw new IllegalStateException("no journal");
                }));
                var client = running.raw()) {
            client.say(ASK + "\r\n");
            client.until("0\r\n\r\n");
        }
    }

    @Test
    void one_caller_cannot_take_all_streams() {
        try (var running = Running.with(settings(3, 2, 1000, Duration.ofSeconds(60)), events(sink -> {}));
                var first = running.raw();
                var second = running.raw();
                var other = running.raw();
                var third = running.raw();
                var fourth = running.raw()) {
            first.say(ASK + "Cookie: as=viewer\r\n\r\n");
            assertThat(first.head()).contains(" 200 ");
            second.say(ASK + "Cookie: as=viewer\r\n\r\n");
            assertThat(second.head()).contains(" 200 ");
            third.say(ASK + "Cookie: as=viewer\r\n\r\n");
            assertThat(third.answer()).contains(" 429 ").containsIgnoringCase("retry-after");
            other.say(ASK + "Cookie: as=editor\r\n\r\n");
            assertThat(other.head()).contains(" 200 ");
            fourth.say(ASK + "Cookie: as=editor\r\n\r\n");
            assertThat(fourth.answer()).contains(" 503 ").containsIgnoringCase("retry-after");
            first.hangUp();
            Running.await(() -> running.server.openStreams() == 2);
            fourth.say(ASK + "Cookie: as=viewer\r\n\r\n");
            assertThat(fourth.head()).contains(" 200 ");
        }
    }
}
