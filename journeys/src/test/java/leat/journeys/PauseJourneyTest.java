package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is held longer than its leases last, as a laptop that is closed does, goes on as if nothing had been. */
final class PauseJourneyTest {
    /** Longer than any lease of the engine. */
    private static final Duration PAUSE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void after_twenty_seconds_of_standing_still_everything_continues() throws Exception {
        try (Product product = Product.start(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api ada = Workshop.founded(product).ada();
            var acknowledged = new AtomicInteger();
            var over = new AtomicBoolean();
            var worker = new Worker(ada, product, "held", new Random(4), acknowledged);
            Future<?> working = threads.submit(() -> {
                while (!over.get()) {
                    worker.work();
                }
            });
            Eventually.holds("some work", () -> acknowledged.get() >= 20 || working.isDone());
            product.pause();
            Thread.sleep(PAUSE);
            int before = acknowledged.get();
            product.resume();
            Eventually.holds("more work", () -> acknowledged.get() >= before + 20 || working.isDone());
            over.set(true);
            working.get();
            worker.look(true);
            Api.nobody(product).get("/health/ready").with(200);
            assertThat(product.errors()).isEmpty();
        }
    }
}
