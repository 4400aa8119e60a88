package leat.webhooks;

import static leat.webhooks.Running.HOOKS;
import static leat.webhooks.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.test.TestClock;
import leat.webhooks.Receiver.Got;
import leat.webhooks.Running.Added;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events on their way to a real receiver, which is slow, failing, redirecting or gone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DeliveryTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    @SuppressWarnings("NullAway.Init")
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        running = Running.inMemory();
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        running.close();
        receiver.close();
    }

    private List<String> outcomes(Added hook) {
        return running.get("oda", hook.path() + "/deliveries").all("outcome");
    }

    private Answer hook(Added hook) {
        return running.get("oda", hook.path());
    }

    private static String expected(String secret, Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] signed = (got.id() + "." + got.timestamp() + "." + got.body()).getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    }

    @Test
    void an_event_arrives_signed_with_its_id_its_time_and_its_data() throws Exception {
        Added hook = running.add(receiver.url());
        running.ring("bell1", 1);

        await(() -> outcomes(hook).equals(List.of("DELIVERED")));
        Got got = receiver.got.getFirst();
        assertThat(got.id()).isEqualTo("bell.bell1.1");
        assertThat(got.signature()).isEqualTo(expected(hook.secret(), got));
        assertThat(Long.parseLong(got.timestamp()))
                .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(30L));
        assertThat(got.json().path("id").asString("")).isEqualTo(got.id());
        assertThat(got.json().path("organization").asString("")).isEqualTo(Bell.ACME.id());
        assertThat(Instant.parse(got.json().path("time").asString(""))).isBefore(Instant.now());
        assertThat(got.json().path("data").toString()).isEqualTo("{\"bell\":\"bell1\",\"times\":1}");
        Answer log = running.get("oda", hook.path() + "/deliveries");
        assertThat(log.json().path("items").path(0).path("status").asInt()).isEqualTo(200);
        assertThat(log.all("answer")).containsExactly("thank you");
    }

    @Test
    void events_of_one_entity_arrive_in_order_and_each_once_while_all_goes_well() {
        running.add(receiver.url());
        for (int i = 0; i < 20; i++) {
            running.ring("bell" + i % 4, 1);
        }
        await(() -> receiver.got.size() >= 20);
        for (int bell = 0; bell < 4; bell++) {
            String id = "bell." + "bell" + bell + ".";
            assertThat(receiver.got.stream().map(Got::id).filter(it -> it.startsWith(id)))
                    .containsExactly(id + 1, id + 2, id + 3, id + 4, id + 5);
        }
    }

    @Test
    void what_is_not_chosen_not_told_or_anothers_is_not_sent() {
        running.as(
                "zoe",
                "POST",
                HOOKS.replace("acme", "bolt"),
                Map.of("url", receiver.url(), "types", List.of("bell.rang")));
        running.as("oda", "POST", HOOKS, Map.of("url", receiver.url(), "types", List.of("bell.cracked")));
        Added hook = running.add(receiver.url());
        running.ring("secret-bell", 1);
        running.ring("bell2", 1);
        await(() -> !outcomes(hook).isEmpty());
        assertThat(receiver.got.stream().map(Got::id)).containsExactly("bell.bell2.1");
    }

    @Test
    void what_fails_is_sent_again_under_the_same_id_and_the_failure_is_told() {
        receiver.text = "not\r\nnow\u0001";
        receiver.answers = any -> receiver.got.size() < 2 ? 503 : 200;
        Added hook = running.add(receiver.url());
        running.ring("bell1", 1);

        await(() -> outcomes(hook).equals(List.of("FAILED")));
        assertThat(hook(hook).text("failingSince")).isNotEmpty();
        await(() -> outcomes(hook).equals(List.of("DELIVERED", "FAILED")));
        assertThat(receiver.got.stream().map(Got::id)).containsExactly("bell.bell1.1", "bell.bell1.1");
        assertThat(receiver.got.get(0).body()).isEqualTo(receiver.got.get(1).body());
        assertThat(running.get("oda", hook.path() + "/deliveries").all("answer"))
                .containsOnly("not  now");
        await(() -> hook(hook).text("failingSince").isEmpty());
    }

    @Test
    void a_receiver_that_hangs_up_or_redirects_has_not_taken_the_event() {
        receiver.answers = any -> switch (receiver.got.size()) {
            case 1 -> 302;
            case 2 -> 0;
            default -> 200;
        };
        Added hook = running.add(receiver.url());
        running.ring("bell1", 1);
        await(() -> outcomes(hook).size() == 2);
        assertThat(running.get("oda", hook.path() + "/deliveries")
                        .json()
                        .path("items")
                        .path(1)
                        .path("status")
                        .asInt())
                .isEqualTo(302);
        assertThat(running.get("oda", hook.path() + "/deliveries").all("answer").getFirst())
                .startsWith("It could not be reached");
        assertThat(receiver.got).hasSize(2);
    }

    @Test
    void a_receiver_that_is_gone_for_good_is_told_nothing_more() {
        receiver.answers = any -> 410;
        Added hook = running.add(receiver.url());
        running.ring("bell1", 3);
        await(() -> hook(hook).text("off").contains("410"));
        assertThat(receiver.got).hasSizeLessThanOrEqualTo(1);
        assertThat(outcomes(hook)).containsExactly("GIVEN_UP");
    }

    @Test
    void an_event_that_nobody_took_for_three_days_is_given_up() throws Exception {
        var clock = new TestClock();
        clock.set(Instant.now());
        receiver.answers = any -> 500;
        try (var later = Running.at(clock)) {
            Added hook = later.add(receiver.url());
            later.ring("bell1", 1);
            await(() ->
                    later.get("oda", hook.path() + "/deliveries").all("outcome").equals(List.of("FAILED")));
            clock.advance(Deliverer.GIVING_UP.plusSeconds(60));
            // When it is tried again is counted from the end of the attempt, which may be before or after the step
            // above.
            await(() -> {
                clock.advance(Duration.ofSeconds(10));
                return later.get("oda", hook.path() + "/deliveries")
                        .all("outcome")
                        .equals(List.of("GIVEN_UP", "FAILED"));
            });
        }
    }

    @Test
    void a_slow_receiver_keeps_no_other_waiting() throws Exception {
        var released = new CountDownLatch(1);
        receiver.answers = any -> {
            try {
                released.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 200;
        };
        try (var quick = new Receiver()) {
            Added slow = running.add(receiver.url());
            running.add(quick.url());
            for (int i = 0; i < 30; i++) {
                running.ring("bell" + i, 1);
            }
            await(() -> quick.got.size() == 30);
            assertThat(outcomes(slow)).isEmpty();
            assertThat(receiver.got).hasSizeLessThanOrEqualTo(leat.web.outgoing.Publishing.LANES);
            released.countDown();
            await(() -> new HashSet<>(receiver.got.stream().map(Got::id).toList()).size() == 30);
        }
    }

    @Test
    void private_networks_are_not_reached_unless_that_is_set() {
        try (var guarded = Running.guarded()) {
            Added hook = guarded.add(receiver.url());
            guarded.as("oda", "POST", hook.path() + "/tests", Map.of());
            await(() -> guarded.get("oda", hook.path() + "/deliveries")
                    .all("outcome")
                    .equals(List.of("GIVEN_UP")));
            assertThat(guarded.get("oda", hook.path() + "/deliveries")
                            .all("answer")
                            .getFirst())
                    .contains("not allowed");
            assertThat(receiver.got).isEmpty();
        }
    }

    @Test
    void a_test_arrives_and_an_event_of_the_log_can_be_sent_again() {
        Added hook = running.add(receiver.url());
        assertThat(running.as("oda", "POST", hook.path() + "/tests", Map.of()).status())
                .isEqualTo(202);
        await(() -> outcomes(hook).size() == 1);
        assertThat(receiver.got.getFirst().type()).isEqualTo("webhook.test");

        running.ring("bell1", 1);
        await(() -> outcomes(hook).size() == 2);
        Answer again = running.as("oda", "POST", hook.path() + "/deliveries/2/repetitions", Map.of());
        assertThat(again.text("event")).isEqualTo("bell.bell1.1");
        await(() -> outcomes(hook).size() == 3);
        assertThat(receiver.got.get(2).id()).isEqualTo("bell.bell1.1");
        assertThat(receiver.got.get(2).body()).isEqualTo(receiver.got.get(1).body());
    }

    @Test
    void after_a_new_secret_both_signatures_are_sent() throws Exception {
        Added hook = running.add(receiver.url());
        String next =
                running.as("oda", "PUT", hook.path() + "/secret", Map.of()).text("secret");
        running.ring("bell1", 1);
        await(() -> !receiver.got.isEmpty());
        Got got = receiver.got.getFirst();
        assertThat(got.signature()).isEqualTo(expected(next, got) + " " + expected(hook.secret(), got));
    }
}
