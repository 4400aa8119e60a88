package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import leat.kernel.test.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives kill -9, exactly once, and lists agree with what they list.
 *
 * <p>{@code -Dleat.rounds=50} kills more often than the usual 5 times; {@code -Dleat.seed=…} does again what a printed seed
 * did, as far as it can be done again with threads.
 */
final class KillJourneyTest {
    private static final int WORKERS = 8;
    private static final int MOST_ANSWERS = 60;

    @TempDir
    Path folder;

    @Test
    void everything_acknowledged_is_there_exactly_once_after_every_kill() throws Exception {
        int rounds = Integer.getInteger("leat.rounds", 5);
        long seed = Long.getLong("leat.seed", System.nanoTime());
        System.out.println("seed " + seed + ", " + rounds + " rounds");
        var random = new Random(seed);
        try (Product product = Product.start(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api ada = Workshop.founded(product).ada();
            var acknowledged = new AtomicInteger();
            List<Worker> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(new Worker(ada, product, "w" + i, new Random(random.nextLong()), acknowledged));
            }
            for (int round = 1; round <= rounds; round++) {
                killAmidst(product, workers, acknowledged, random, threads);
                boolean last = round == rounds;
                each(workers, threads, worker -> worker.look(last));
                assertThat(product.errors()).isEmpty();
                System.out.println("round " + round + ": " + acknowledged.get() + " acknowledged");
            }
            Tally.row(
                    "kill -9 of the product on the embedded engine",
                    rounds,
                    acknowledged.get() + " acknowledged, each there once",
                    seed);
        }
    }

    /** Lets all work, kills at a random answer and a little later, starts again, and waits until each has their answer. */
    private static void killAmidst(
            Product product, List<Worker> workers, AtomicInteger acknowledged, Random random, ExecutorService threads)
            throws Exception {
        var over = new AtomicBoolean();
        int strike = acknowledged.get() + 1 + random.nextInt(MOST_ANSWERS);
        List<Future<?>> working = new ArrayList<>();
        for (Worker worker : workers) {
            working.add(threads.submit(() -> {
                while (!over.get()) {
                    worker.work();
                }
            }));
        }
        Eventually.holds(
                "answer " + strike,
                () -> acknowledged.get() >= strike || working.stream().anyMatch(Future::isDone));
        LockSupport.parkNanos(random.nextInt(30_000_000));
        product.kill9();
        product.restart();
        int after = acknowledged.get();
        Eventually.holds(
                "work after the kill",
                () -> acknowledged.get() > after || working.stream().anyMatch(Future::isDone));
        over.set(true);
        for (Future<?> each : working) {
            each.get();
        }
    }

    private interface Look {
        void at(Worker worker) throws Exception;
    }

    private static void each(List<Worker> workers, ExecutorService threads, Look look) throws Exception {
        List<Future<?>> looking = new ArrayList<>();
        for (Worker worker : workers) {
            looking.add(threads.submit(() -> {
                look.at(worker);
                return worker;
            }));
        }
        for (Future<?> each : looking) {
            each.get();
        }
    }
}
