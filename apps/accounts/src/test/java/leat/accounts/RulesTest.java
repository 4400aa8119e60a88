package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal.Violation;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static Optional<String> wrong(String password) {
        return PasswordRule.violation("password", password, "ada").map(Violation::code);
    }

    @Test
    void a_password_is_long_uncommon_and_not_the_name() {
        assertThat(wrong("123456789")).contains("password.short");
        assertThat(wrong("x".repeat(100) + "yz12".repeat(26))).contains("password.long");
        assertThat(wrong("yz12".repeat(50))).isEmpty();
        assertThat(wrong("Password123")).contains("password.common");
        assertThat(wrong("aaaaaaaaaaaa")).contains("password.common");
        assertThat(wrong("adaadaada1")).contains("password.name");
        assertThat(wrong("wheels in water")).isEmpty();
    }

    @Test
    void a_secret_is_read_only_as_it_was_written() {
        Secret secret = Secret.make(Secret.TOKEN, "0H2X7G0000001");
        assertThat(Secret.read(Secret.TOKEN, secret.text())).contains(secret);
        assertThat(secret.matches(secret.hash())).isTrue();
        assertThat(secret.toString()).doesNotContain(secret.random());
        assertThat(Secret.read(Secret.SESSION, secret.text())).isEmpty();
        assertThat(Secret.read(Secret.TOKEN, secret.text() + "x")).isEmpty();
        assertThat(Secret.read(Secret.TOKEN, secret.text().replace(secret.random(), "é".repeat(43))))
                .isEmpty();
        assertThat(Secret.make(Secret.TOKEN, "0H2X7G0000001").matches(secret.hash()))
                .isFalse();
    }

    @Test
    void a_hash_is_argon2id_with_its_parameters_and_no_two_are_alike() {
        try (var passwords = new Passwords()) {
            String hash = passwords.hash("wheels in water");
            assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(passwords.hash("wheels in water")).isNotEqualTo(hash);
            assertThat(passwords.matches("wheels in water", Optional.of(hash))).isTrue();
            assertThat(passwords.matches("wheels in wine", Optional.of(hash))).isFalse();
            assertThat(passwords.matches("nobody has this password", Optional.empty()))
                    .isFalse();
        }
    }

    @Test
    void beyond_those_that_may_wait_sign_ins_are_refused_early() throws Exception {
        int flood = Passwords.AT_ONCE + Passwords.WAITING + 10;
        int refused = 0;
        try (var passwords = new Passwords();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < flood; i++) {
                all.add(pool.submit(() -> passwords.hash("wheels in water")));
            }
            for (var one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(OverloadedException.class);
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void a_browser_is_told_in_a_few_words() {
        assertThat(Agent.summary(Optional.of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")))
                .isEqualTo("Firefox on Linux");
        assertThat(
                        Agent.summary(
                                Optional.of(
                                        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605.1.15")))
                .isEqualTo("Safari on macOS");
        assertThat(Agent.summary(Optional.empty())).isEqualTo("unknown program");
        assertThat(Agent.summary(Optional.of("x".repeat(500)))).hasSize(Session.MAX_AGENT);
    }

    @Test
    void a_sender_is_read_as_it_was_written() {
        assertThat(Sender.read("user:1/session:2")).isEqualTo(new Sender(Optional.of("1"), Optional.of("session 2")));
        assertThat(Sender.read("user:1")).isEqualTo(new Sender(Optional.of("1"), Optional.empty()));
        assertThat(Sender.read("system")).isEqualTo(new Sender(Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> PasswordRule.require("password", "short", "")).hasMessageStartingWith("password.weak");
    }
}
