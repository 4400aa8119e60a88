package leat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import leat.webhooks.Receiver.Got;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it delivers; what it had not delivered arrives after the next start. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DeliveryKillTest {
    private static final int EVENTS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by the engine of tests
    private Path folder;

    /** What the process that is killed does: adds a webhook, rings, and delivers until it ends. */
    static final class Ringer {
        private Ringer() {}

        public static void main(String[] arguments) throws Exception {
            var running = Running.on(EmbeddedEngine.open(Path.of(arguments[0]), EmbeddedSettings.DEFAULT));
            running.add(arguments[1]);
            running.ring("bell", EVENTS);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void every_event_arrives_at_least_once_under_one_id_though_its_sender_was_killed() throws Exception {
        try (var receiver = new Receiver()) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Ringer.class.getName(),
                            folder.resolve("data").toString(),
                            receiver.url())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("child.log").toFile())
                    .start();
            try {
                receiver.answers = any -> pausing(20);
                Running.await(() -> receiver.got.size() >= EVENTS / 4);
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(distinct(receiver.got)).hasSizeLessThan(EVENTS);
            try (var again = Running.on(EmbeddedEngine.open(folder.resolve("data"), EmbeddedSettings.DEFAULT))) {
                assertThat(again.node()).isNotNull();
                Running.await(() -> distinct(receiver.got).size() == EVENTS);
            }
            assertThat(distinct(receiver.got))
                    .isEqualTo(IntStream.rangeClosed(1, EVENTS)
                            .mapToObj(i -> "bell.bell." + i)
                            .collect(Collectors.toSet()));
            receiver.got.stream()
                    .collect(Collectors.groupingBy(Got::id))
                    .values()
                    .forEach(same -> assertThat(same.stream().map(Got::body))
                            .containsOnly(same.getFirst().body()));
        }
    }

    private static Set<String> distinct(List<Got> got) {
        return new HashSet<>(got.stream().map(Got::id).toList());
    }

    private static int pausing(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 200;
    }
}
