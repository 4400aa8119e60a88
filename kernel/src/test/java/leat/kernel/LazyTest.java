package leat.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazyTest {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void nothing_is_made_before_it_is_asked_for() {
        Lazy<Integer> lazy = Lazy.of(made::incrementAndGet);
        assertThat(made).hasValue(0);
        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void it_is_made_once_however_many_ask() throws Exception {
        var together = new CountDownLatch(1);
        Lazy<Integer> lazy = Lazy.of(made::incrementAndGet);
        var threads = IntStream.range(0, 16)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        together.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    lazy.get();
                }))
                .toList();
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void a_making_that_failed_is_tried_again() {
        Lazy<Integer> lazy = Lazy.of(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return made.get();
        });
        assertThatThrownBy(lazy::get).hasMessage("not yet");
        assertThat(lazy.get()).isEqualTo(2);
    }
}
