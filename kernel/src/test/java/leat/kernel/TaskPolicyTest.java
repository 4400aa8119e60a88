package leat.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TaskPolicyTest {
    private final TaskPolicy policy = TaskPolicy.DEFAULT
            .backoff(Duration.ofSeconds(1), Duration.ofSeconds(10))
            .attempts(100);

    @Test
    void each_failure_doubles_the_wait_up_to_its_limit() {
        assertThat(policy.backoffAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.backoffAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.backoffAfter(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.backoffAfter(5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.backoffAfter(99)).isEqualTo(Duration.ofSeconds(10));
    }
}
