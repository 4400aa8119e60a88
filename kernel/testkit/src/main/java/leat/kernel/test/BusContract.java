package leat.kernel.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.Bus;
import org.junit.jupiter.api.Test;

/** What a bus promises: in order to whoever listens now, never waiting for the slow, who are told what they lost. */
public abstract class BusContract extends EngineContract {
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
}
