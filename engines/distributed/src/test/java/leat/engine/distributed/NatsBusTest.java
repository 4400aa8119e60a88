package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leat.kernel.port.Bus;
import leat.kernel.port.EngineException;
import leat.kernel.port.RequestException;
import leat.kernel.port.RequestException.Reason;
import org.junit.jupiter.api.Test;

/** Two nodes on one NATS: what one says the other hears, and neither minds when NATS is killed. */
class NatsBusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Bus.Message> heard = new LinkedBlockingQueue<>();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private String next() throws InterruptedException {
        Bus.Message message = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message.topic() + " " + new String(message.payload(), UTF_8);
    }

    /** Says "ready" until the other node's listener hears it, because a new interest takes a moment to reach NATS. */
    private void meet(Bus from, String topic) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Bus.Message message = null;
        while (message == null && System.nanoTime() < end) {
            from.publish(topic, bytes("ready"));
            message = heard.poll(20, TimeUnit.MILLISECONDS);
        }
        assertThat(message).as("a message from the other node").isNotNull();
        from.publish(topic, bytes("met"));
        while (!next().endsWith(" met")) {
            // Those that were said before.
        }
    }

    private static String ask(Bus from, String topic, String text) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new String(
                        from.request(topic, bytes(text), PATIENCE).get(PATIENCE.toSeconds(), TimeUnit.SECONDS), UTF_8);
            } catch (ExecutionException e) {
                if (reason(e).maybeDone() || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static Reason reason(ExecutionException e) {
        if (e.getCause() instanceof RequestException failure) {
            return failure.reason();
        }
        throw new AssertionError("a failure of another type", e);
    }

    private static Reason reason(CompletableFuture<byte[]> reply) throws Exception {
        try {
            reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("there was a reply");
        } catch (ExecutionException e) {
            return reason(e);
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void a_node_hears_another_in_order_and_itself_once() throws Exception {
        try (PrivateNats nats = new PrivateNats();
                NatsBus one = new NatsBus(NatsSettings.at(nats.address()));
                NatsBus two = new NatsBus(NatsSettings.at(nats.address()));
                var other = two.subscribe("notes.ch*", heard::add)) {
            assertThat(other).isNotNull();
            meet(one, "notes.changed");
            one.publish("notes.other", bytes("no"));
            for (int i = 0; i < 500; i++) {
                one.publish("notes.changed", bytes("" + i));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(next()).isEqualTo("notes.changed " + i);
            }
            two.publish("notes.changed", bytes("mine"));
            one.publish("notes.changed", bytes("yours"));
            assertThat(List.of(next(), next())).containsExactlyInAnyOrder("notes.changed mine", "notes.changed yours");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void spaces_on_one_nats_do_not_meet() throws Exception {
        try (PrivateNats nats = new PrivateNats();
                NatsBus one = new NatsBus(NatsSettings.at(nats.address()));
                NatsBus stranger = new NatsBus(new NatsSettings(
                        List.of(nats.address()), "other", new NatsSettings.Nobody(), Optional.empty()));
                var serving = stranger.serve("notes.find", Bus.Request::payload)) {
            assertThat(serving).isNotNull();
            assertThat(ask(stranger, "notes.find", "x")).isEqualTo("x");
            assertThat(reason(one.request("notes.find", bytes("x"), PATIENCE))).isEqualTo(Reason.NOBODY_SERVES);
        }
    }

    @Test
    void another_node_answers_or_says_why_not() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (PrivateNats nats = new PrivateNats();
                NatsBus asker = new NatsBus(NatsSettings.at(nats.address()));
                NatsBus owner = new NatsBus(NatsSettings.at(nats.address()));
                var serving = owner.serve("notes.find", request -> {
                    String text = new String(request.payload(), UTF_8);
                    if (text.equals("bad")) {
                        throw new IllegalStateException("broken, on purpose");
                    }
                    if (text.equals("slow")) {
                        release.await();
                    }
                    assertThat(request.remaining()).isPositive().isLessThanOrEqualTo(PATIENCE);
                    return bytes("found " + text);
                })) {
            assertThat(serving).isNotNull();
            assertThat(ask(asker, "notes.find", "milk")).isEqualTo("found milk");
            var failing = asker.request("notes.find", bytes("bad"), PATIENCE);
            assertThat(reason(failing)).isEqualTo(Reason.FAILED);
            assertThatThrownBy(failing::join).hasMessageContaining("broken, on purpose");
            assertThat(reason(asker.request("notes.find", bytes("slow"), Duration.ofMillis(50))))
                    .isEqualTo(Reason.TIMED_OUT);
            assertThat(reason(asker.request("notes.lost", bytes("x"), Duration.ofDays(1))))
                    .isEqualTo(Reason.NOBODY_SERVES);
            assertThat(asker.status().requests()).isZero();
        } finally {
            release.countDown();
        }
    }

    @Test
    void requests_to_another_node_are_bounded() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (PrivateNats nats = new PrivateNats();
                NatsBus asker = new NatsBus(NatsSettings.at(nats.address()));
                NatsBus owner = new NatsBus(NatsSettings.at(nats.address()));
                var serving = owner.serve("notes.find", request -> {
                    if (request.payload().length == 0) {
                        release.await();
                    }
                    return request.payload();
                })) {
            assertThat(serving).isNotNull();
            assertThat(ask(asker, "notes.find", "x")).isEqualTo("x");
            until(() -> asker.status().requests() == 0);
            List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
            for (int i = 0; i < Bus.MAX_REQUESTS; i++) {
                waiting.add(asker.request("notes.find", new byte[0], PATIENCE));
            }
            assertThat(reason(asker.request("notes.find", new byte[0], PATIENCE)))
                    .isEqualTo(Reason.OVERLOADED);
            release.countDown();
            for (CompletableFuture<byte[]> reply : waiting) {
                assertThat(reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
            }
            until(() -> asker.status().requests() == 0);
            assertThat(ask(asker, "notes.find", "y")).isEqualTo("y");
        } finally {
            release.countDown();
        }
    }

    @Test
    void nats_may_be_killed_and_comes_back_while_a_node_goes_on_with_itself() throws Exception {
        BlockingQueue<Bus.Message> own = new LinkedBlockingQueue<>();
        try (PrivateNats nats = new PrivateNats();
                NatsBus one = new NatsBus(NatsSettings.at(nats.address()));
                NatsBus two = new NatsBus(NatsSettings.at(nats.address()));
                var mine = one.subscribe("notes.changed", own::add);
                var other = two.subscribe("notes.changed", heard::add);
                var serving = two.serve("notes.find", Bus.Request::payload);
                var home = one.serve("notes.home", Bus.Request::payload)) {
            assertThat(List.of(mine, other, serving, home)).doesNotContainNull();
            for (int round = 0; round < 3; round++) {
                meet(one, "notes.changed");
                assertThat(ask(one, "notes.find", "x")).isEqualTo("x");
                nats.kill();
                until(() -> !one.status().connected() && !two.status().connected());
                own.clear();
                long before = one.status().lost();
                one.publish("notes.changed", bytes("alone"));
                Bus.Message message = own.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).isNotNull();
                assertThat(message.payload()).asString(UTF_8).isEqualTo("alone");
                assertThat(one.status().lost()).isEqualTo(before + 1);
                assertThat(ask(one, "notes.home", "x")).isEqualTo("x");
                assertThat(reason(one.request("notes.find", bytes("x"), PATIENCE)))
                        .isEqualTo(Reason.DISCONNECTED);
                nats.start();
            }
            meet(one, "notes.changed");
            assertThat(ask(one, "notes.find", "x")).isEqualTo("x");
            assertThat(one.status().reconnects()).isPositive();
        }
    }

    @Test
    void what_nats_does_not_take_is_refused_with_what_to_do() throws Exception {
        Path file = Files.createTempFile("nats", ".conf");
        Files.writeString(file, "max_payload: 1000\n");
        try (PrivateNats nats = new PrivateNats("-c", file.toString());
                NatsBus bus = new NatsBus(NatsSettings.at(nats.address()))) {
            bus.publish("notes.changed", new byte[1_000]);
            assertThatThrownBy(() -> bus.publish("notes.changed", new byte[1_001]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("max_payload");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void a_node_may_start_before_nats() throws Exception {
        try (PrivateNats nats = new PrivateNats()) {
            nats.kill();
            try (NatsBus one = new NatsBus(NatsSettings.at(nats.address()));
                    NatsBus two = new NatsBus(NatsSettings.at(nats.address()));
                    var other = two.subscribe("notes.changed", heard::add)) {
                assertThat(other).isNotNull();
                assertThat(one.status().connected()).isFalse();
                nats.start();
                meet(one, "notes.changed");
            }
        }
    }

    @Test
    void a_wrong_password_is_told_without_it_and_the_right_one_lets_in() throws Exception {
        try (PrivateNats nats = new PrivateNats("--user", "leat", "--pass", "open-sesame")) {
            assertThatThrownBy(() -> new NatsBus(signedIn(nats, new NatsSettings.User("leat", "guess"))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("refuses the credentials")
                    .hasMessageNotContaining("guess");
            try (NatsBus bus = new NatsBus(signedIn(nats, new NatsSettings.User("leat", "open-sesame")))) {
                assertThat(bus.status().connected()).isTrue();
            }
        }
        try (PrivateNats nats = new PrivateNats("--auth", "a-token");
                NatsBus bus = new NatsBus(signedIn(nats, new NatsSettings.Token("a-token")))) {
            assertThat(bus.status().connected()).isTrue();
        }
    }

    private static NatsSettings signedIn(PrivateNats nats, NatsSettings.SignIn signIn) {
        NatsSettings settings = new NatsSettings(List.of(nats.address()), "leat", signIn, Optional.empty());
        assertThat(settings.toString())
                .doesNotContain("sesame")
                .doesNotContain("guess")
                .doesNotContain("a-token");
        return settings;
    }
}
