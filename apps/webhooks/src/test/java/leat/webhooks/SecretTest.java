package leat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SecretTest {
    private static final byte[] KEY = "a key of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);

    /** The example that the reference implementations of Standard Webhooks test themselves with. */
    @Test
    void signs_as_standard_webhooks_does() {
        var secret = new Secret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void each_webhook_and_each_generation_has_another() {
        String one = Secret.of(KEY, "h1", 1).text();
        assertThat(one).startsWith("whsec_").hasSize(6 + 44);
        assertThat(Secret.of(KEY, "h1", 1).text()).isEqualTo(one);
        assertThat(Secret.of(KEY, "h1", 2).text()).isNotEqualTo(one);
        assertThat(Secret.of(KEY, "h2", 1).text()).isNotEqualTo(one);
    }

    @Test
    void does_not_print_itself() {
        Secret secret = Secret.of(KEY, "h1", 1);
        assertThat(secret.toString()).isEqualTo("whsec_…");
        assertThat(secret.text()).doesNotContain(secret.fingerprint());
    }
}
