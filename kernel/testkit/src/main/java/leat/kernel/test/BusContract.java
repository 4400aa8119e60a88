package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.Bus;
import leat.kernel.port.Bus.Request;
import leat.kernel.port.RequestException;
import leat.kernel.port.RequestException.Reason;
import org.junit.jupiter.api.Test;

/**
 * What a bus promises: in order to whoever listens now, never waiting for the slow, who are told what they lost; and a
 * reply to each request, or a typed reason why there is none.
 */
public abstract class BusContract extends EngineContract {
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    private final BlockingQueue<Bus.Message> heard = new LinkedBlockingQueue<>();

    protected BusContract() {}

    private void publish(String topic, String text) {
        engine.bus().publish(topic, text.getBytes(UTF_8));
    }

    private String next() throws InterruptedException {
        Bus.Message message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message.topic() + " " + new String(message.payload(), UTF_8);
    }

    @Test
    public void a_listener_hears_its_topic_in_order() throws Exception {
        try (var listening = engine.bus().subscribe("notes.changed", heard::add)) {
            assertThat(listening).isNotNull();
            publish("notes.other", "no");
            for (int i = 0; i < 100; i++) {
                publish("notes.changed", "" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(next()).isEqualTo("notes.changed " + i);
            }
        }
    }

    @Test
    public void a_prefix_hears_all_that_begins_with_it() throws Exception {
        try (var listening = engine.bus().subscribe("notes.*", heard::add)) {
            assertThat(listening).isNotNull();
            publish("mocks.changed", "no");
            publish("notes.changed", "1");
            publish("notes.removed", "2");
            assertThat(next()).isEqualTo("notes.changed 1");
            assertThat(next()).isEqualTo("notes.removed 2");
        }
    }

    @Test
    public void every_listener_hears_and_nobody_listening_is_fine() throws Exception {
        publish("notes.changed", "lost");
        BlockingQueue<Bus.Message> other = new LinkedBlockingQueue<>();
        try (var one = engine.bus().subscribe("notes.changed", heard::add);
                var two = engine.bus().subscribe("notes.changed", other::add)) {
            assertThat(one).isNotNull();
            assertThat(two).isNotNull();
            publish("notes.changed", "1");
            assertThat(next()).isEqualTo("notes.changed 1");
            assertThat(other.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    public void a_slow_listener_loses_the_oldest_and_is_told_how_many() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (var listening = engine.bus().subscribe("notes.changed", message -> {
            first.countDown();
            await(release);
            heard.add(message);
        })) {
            assertThat(listening).isNotNull();
            publish("notes.changed", "first");
            assertThat(first.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < Bus.QUEUE + 10; i++) {
                publish("notes.changed", "" + i);
            }
            release.countDown();
            assertThat(next()).isEqualTo("notes.changed first");
            Bus.Message after = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(after).isNotNull();
            assertThat(after.lost()).isEqualTo(10);
            assertThat(after.payload()).asString(UTF_8).isEqualTo("10");
            Bus.Message later = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(later).isNotNull();
            assertThat(later.lost()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    public void a_listener_that_throws_goes_on() throws Exception {
        try (var listening = engine.bus().subscribe("notes.changed", message -> {
            heard.add(message);
            if (heard.size() == 1) {
                throw new IllegalStateException("a broken listener, on purpose");
            }
        })) {
            assertThat(listening).isNotNull();
            publish("notes.changed", "1");
            publish("notes.changed", "2");
            assertThat(next()).isEqualTo("notes.changed 1");
            assertThat(next()).isEqualTo("notes.changed 2");
        }
    }

    @Test
    public void a_closed_listener_hears_no_more() throws Exception {
        engine.bus().subscribe("notes.changed", heard::add).close();
        BlockingQueue<Bus.Message> other = new LinkedBlockingQueue<>();
        try (var listening = engine.bus().subscribe("notes.changed", other::add)) {
            assertThat(listening).isNotNull();
            publish("notes.changed", "1");
            assertThat(other.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    public void a_message_has_a_limit() {
        engine.bus().publish("notes.changed", new byte[Bus.MAX_BYTES]);
        assertThatThrownBy(() -> engine.bus().publish("notes.changed", new byte[Bus.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private byte[] ask(String topic, String text) throws Exception {
        return engine.bus().request(topic, bytes(text), PATIENCE).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Reason reason(CompletableFuture<byte[]> reply) throws Exception {
        try {
            reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("there was a reply");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RequestException failure) {
                return failure.reason();
            }
            throw new AssertionError("a failure of another type", e);
        }
    }

    @Test
    public void a_request_is_answered_by_whoever_serves_the_topic() throws Exception {
        try (var serving = engine.bus().serve("notes.find", request -> {
            assertThat(request.topic()).isEqualTo("notes.find");
            assertThat(request.remaining()).isPositive().isLessThanOrEqualTo(PATIENCE);
            return bytes("found " + new String(request.payload(), UTF_8));
        })) {
            assertThat(serving).isNotNull();
            assertThat(ask("notes.find", "milk")).asString(UTF_8).isEqualTo("found milk");
        }
    }

    @Test
    public void a_request_that_nobody_serves_fails_at_once_and_so_does_one_after_the_serving_ended() throws Exception {
        assertThat(reason(engine.bus().request("notes.find", bytes("x"), Duration.ofDays(1))))
                .isEqualTo(Reason.NOBODY_SERVES);
        engine.bus().serve("notes.find", Request::payload).close();
        assertThat(reason(engine.bus().request("notes.find", bytes("x"), Duration.ofDays(1))))
                .isEqualTo(Reason.NOBODY_SERVES);
    }

    @Test
    public void a_reply_that_does_not_come_in_time_is_a_typed_failure() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (var serving = engine.bus().serve("notes.find", request -> {
            await(release);
            return request.payload();
        })) {
            assertThat(serving).isNotNull();
            assertThat(reason(engine.bus().request("notes.find", bytes("x"), Duration.ofMillis(50))))
                    .isEqualTo(Reason.TIMED_OUT);
        } finally {
            release.countDown();
        }
    }

    @Test
    public void a_responder_that_throws_fails_its_request_alone() throws Exception {
        try (var serving = engine.bus().serve("notes.find", request -> {
            if (request.payload().length == 0) {
                throw new IOException("no such note, on purpose");
            }
            return request.payload();
        })) {
            assertThat(serving).isNotNull();
            var failing = engine.bus().request("notes.find", new byte[0], PATIENCE);
            assertThat(reason(failing)).isEqualTo(Reason.FAILED);
            assertThatThrownBy(failing::join).hasMessageContaining("no such note, on purpose");
            assertThat(ask("notes.find", "x")).asString(UTF_8).isEqualTo("x");
        }
    }

    @Test
    public void requests_and_replies_have_the_limit_of_a_message() throws Exception {
        try (var serving = engine.bus().serve("notes.find", request -> new byte[Bus.MAX_BYTES + 1]);
                var whole = engine.bus().serve("notes.whole", Request::payload)) {
            assertThat(serving).isNotNull();
            assertThat(whole).isNotNull();
            byte[] most = new byte[Bus.MAX_BYTES];
            assertThat(engine.bus().request("notes.whole", most, PATIENCE).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .hasSize(Bus.MAX_BYTES);
            assertThatThrownBy(() -> engine.bus().request("notes.find", new byte[Bus.MAX_BYTES + 1], PATIENCE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(reason(engine.bus().request("notes.find", bytes("x"), PATIENCE)))
                    .isEqualTo(Reason.FAILED);
        }
    }

    @Test
    public void too_many_requests_are_refused_and_later_ones_are_answered_again() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (var serving = engine.bus().serve("notes.find", request -> {
            await(release);
            return request.payload();
        })) {
            assertThat(serving).isNotNull();
            List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
            for (int i = 0; i < Bus.MAX_REQUESTS; i++) {
                waiting.add(engine.bus().request("notes.find", bytes("x"), PATIENCE));
            }
            assertThat(reason(engine.bus().request("notes.find", bytes("x"), PATIENCE)))
                    .isEqualTo(Reason.OVERLOADED);
            release.countDown();
            for (var reply : waiting) {
                assertThat(reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasSize(1);
            }
            assertThat(answeredAgain()).isTrue();
        } finally {
            release.countDown();
        }
    }

    /** A reply may come a moment before its place is free. */
    private boolean answeredAgain() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var reply = engine.bus().request("notes.find", bytes("y"), PATIENCE);
            try {
                return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS).length == 1;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(RequestException.class);
            }
        }
        return false;
    }

    @Test
    public void a_topic_is_served_once_by_a_process() throws Exception {
        try (var serving = engine.bus().serve("notes.find", Request::payload)) {
            assertThat(serving).isNotNull();
            assertThatThrownBy(() -> engine.bus().serve("notes.find", Request::payload))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
