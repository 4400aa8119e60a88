package leat.mocks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The memory of requests stays within its bytes, whatever is sent and by how many at once. */
final class RequestLogTest {
    private final RequestLog log = new RequestLog();

    private void add(int bodyBytes) {
        var details =
                new Entry.Details(List.of("host", "x"), List.of(), new byte[bodyBytes], bodyBytes, new byte[0], 0);
        log.add(new Entry(1, 1, "GET", "/", 200, null, null, details), details);
    }

    @Test
    void the_oldest_lose_their_details_first_and_keep_their_line() {
        int large = RequestLog.EXCERPT;
        for (int i = 0; i < 100; i++) {
            add(large);
        }

        List<LoggedRequest> kept = log.after(0);

        assertThat(kept).hasSize(100);
        assertThat(kept.getFirst().details()).isEmpty();
        assertThat(kept.getLast().details()).isPresent();
        assertThat(log.heldBytes()).isLessThanOrEqualTo(RequestLog.DETAIL_BYTES);
        long detailed = kept.stream().filter(it -> it.details().isPresent()).count();
        assertThat(detailed).isBetween(25L, (long) RequestLog.DETAIL_BYTES / large);
    }

    @Test
    void small_requests_all_keep_their_details() {
        for (int i = 0; i < RequestLog.SIZE; i++) {
            add(10);
        }

        assertThat(log.after(0)).hasSize(RequestLog.SIZE);
        assertThat(log.after(0)).allMatch(it -> it.details().isPresent());
    }

    @Test
    void clearing_gives_all_bytes_back() {
        for (int i = 0; i < 50; i++) {
            add(1_000);
        }

        log.clear();

        assertThat(log.heldBytes()).isZero();
        assertThat(log.after(0)).isEmpty();
    }

    @Test
    void after_many_writers_at_once_every_byte_is_accounted_for() throws InterruptedException {
        long seed = new Random().nextLong();
        System.out.println("RequestLogTest seed " + seed);
        var go = new CountDownLatch(1);
        var writers = new ArrayList<Thread>();
        for (int w = 0; w < 4; w++) {
            var random = new Random(seed + w);
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 0; i < 2_000; i++) {
                    add(random.nextInt(RequestLog.EXCERPT));
                }
            }));
        }
        go.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        for (int i = 0; i < RequestLog.SIZE; i++) {
            add(1);
        }

        int weight = new Entry.Details(List.of("host", "x"), List.of(), new byte[1], 1, new byte[0], 0).weight();
        assertThat(log.heldBytes()).as("seed %d", seed).isEqualTo((long) RequestLog.SIZE * weight);
        assertThat(log.counts().requests()).isEqualTo(8_000 + RequestLog.SIZE);
    }
}
