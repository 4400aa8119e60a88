package leat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import leat.kernel.RefusedException;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private RateLimiter fivePerMinute(int maxKeys) {
        return new RateLimiter(5, Duration.ofMinutes(1), maxKeys, clock::get);
    }

    @Test
    void a_burst_passes_then_one_each_interval() {
        RateLimiter limiter = fivePerMinute(10);
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.tryPass("a")).isZero();
        }
        assertThat(limiter.tryPass("a")).isEqualTo(Duration.ofSeconds(12));
        assertThat(limiter.tryPass("b")).isZero();
        clock.addAndGet(Duration.ofSeconds(12).toNanos());
        assertThat(limiter.tryPass("a")).isZero();
        assertThat(limiter.tryPass("a")).isPositive();
        clock.addAndGet(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.tryPass("a")).isZero();
        }
        assertThat(limiter.tryPass("a")).isPositive();
    }

    @Test
    void a_refused_request_costs_nothing() {
        RateLimiter limiter = fivePerMinute(10);
        for (int i = 0; i < 100; i++) {
            limiter.tryPass("a");
        }
        assertThat(limiter.tryPass("a")).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void the_key_seen_longest_ago_is_forgotten() {
        RateLimiter limiter = fivePerMinute(2);
        for (int i = 0; i < 6; i++) {
            limiter.tryPass("a");
        }
        limiter.tryPass("b");
        limiter.tryPass("c");
        assertThat(limiter.tryPass("a")).isZero();
    }

    @Test
    void over_http_it_is_a_429_with_the_time_to_wait() {
        RateLimiter limiter = fivePerMinute(2);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 6; i++) {
                        limiter.pass("a");
                    }
                })
                .isInstanceOf(RefusedException.class);
        try (var running = Running.with(Route.get("/a", Access.anyone(), request -> {
            limiter.pass("a");
            return Response.noContent();
        }))) {
            var answer = running.get("/a");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("12");
        }
    }
}
