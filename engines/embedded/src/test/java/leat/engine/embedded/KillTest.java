package leat.engine.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import leat.kernel.port.Journal;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StreamId;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment has lost nothing that it acknowledged; {@code -Dkills=50} kills more often. */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 10);

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_before_a_kill_is_there_exactly_once() throws Exception {
        Seed.replayable(random -> {
            long next = 0;
            for (int round = 0; round < KILLS; round++) {
                long acknowledged = runAndKill(random, next);
                next = check(Math.max(acknowledged, next - 1));
            }
            assertThat(next).as("numbers acknowledged in all").isPositive();
        });
    }

    /** Returns the last number that was acknowledged; kills after a random number of them and a random wait. */
    private long runAndKill(Random random, long first) throws Exception {
        Process child = Child.start(List.of(), folder, first, 1_000_000, 1 + random.nextInt(5));
        long acknowledged = first - 1;
        int lines = 1 + random.nextInt(200);
        try (BufferedReader output = Child.output(child)) {
            String line = output.readLine();
            while (line != null) {
                if (line.startsWith("done ")) {
                    acknowledged = Long.parseLong(line.substring(5));
                    lines--;
                }
                if (lines == 0) {
                    Thread.sleep(0, random.nextInt(1_000_000));
                    child.toHandle().destroyForcibly(); // unlike the process's own, leaves its output to be read
                }
                line = output.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("exit of a killed process").isEqualTo(137);
        return acknowledged;
    }

    /** Returns the first number that is not in the journal. */
    private long check(long acknowledged) {
        try (EmbeddedEngine engine = EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT)) {
            Journal journal = engine.journal();
            List<Long> numbers = new ArrayList<>();
            Map<StreamId, List<Long>> folds = new HashMap<>();
            journal.heads().forEach((partition, head) -> {
                List<StoredEvent> events = journal.partition(partition, 0, 10_000_000);
                assertThat(events)
                        .extracting(StoredEvent::position)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, head).boxed().toList());
                for (StoredEvent event : events) {
                    long number = Long.parseLong(new String(event.payload(), UTF_8));
                    numbers.add(number);
                    folds.computeIfAbsent(event.stream(), s -> new ArrayList<>())
                            .add(number);
                }
            });
            assertThat(numbers).doesNotHaveDuplicates();
            long last = numbers.size() - 1L;
            assertThat(new TreeSet<>(numbers))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, last).boxed().toList());
            assertThat(last).as("the last number there").isGreaterThanOrEqualTo(acknowledged);
            folds.forEach((stream, fold) -> assertThat(journal.stream(stream, 0, 1_000_000))
                    .extracting(event -> Long.parseLong(new String(event.payload(), UTF_8)))
                    .isEqualTo(fold));
            for (long number = 0; number <= last; number++) {
                assertThat(journal.command(Child.command(number)))
                        .map(Outcome.Duplicate::stream)
                        .contains(Child.stream(number));
            }
            return last + 1;
        }
    }
}
