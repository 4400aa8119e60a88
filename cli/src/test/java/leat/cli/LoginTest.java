package leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginTest {
    private static final String PROBLEM_401 = """
            {"code":"unauthenticated","detail":"Nobody is signed in.","status":401}""";

    @TempDir
    Path settings;

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void signing_in_shows_a_code_waits_for_it_and_keeps_the_token() throws Exception {
        givenALogin(Instant.now().plusSeconds(60));
        server.on("POST /api/accounts/logins/7/token", 202, "");
        server.on("POST /api/accounts/logins/7/token", 200, """
                {"token":"leat_abc","user":{"name":"ada"}}""");
        server.on("GET /api/accounts/me", 200, """
                {"id":"1","name":"ada"}""");

        Typed login = Typed.with(settings.resolve("deep")).run("login", "--url", server.url() + "/");

        assertThat(login.err())
                .contains("https://leat.test/login/ABCD-EFGH", "confirm the code ABCD-EFGH")
                .contains("waiting for the browser done");
        assertThat(login.out()).isEqualTo("Signed in to " + server.url() + " as ada.\n");
        assertThat(login.exitCode()).isZero();
        assertThat(server.asked().get(1).body()).isEqualTo("{\"secret\":\"s3cret\"}");
        assertThat(login.out() + login.err()).doesNotContain("s3cret", "leat_abc");
        Path file = settings.resolve("deep/credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Typed who = Typed.with(settings.resolve("deep")).run("whoami");
        assertThat(who.out()).isEqualTo("ada at " + server.url() + "\n");
        assertThat(server.asked().getLast().header("Authorization")).isEqualTo("Bearer leat_abc");
    }

    @Test
    void a_code_that_nobody_confirms_in_time_signs_nobody_in() {
        givenALogin(Instant.now().plusMillis(250));
        server.on("POST /api/accounts/logins/7/token", 202, "");
        Typed login = Typed.with(settings).run("login", "--url", server.url());
        assertThat(login.exitCode()).isEqualTo(3);
        assertThat(login.err())
                .contains("waiting for the browser failed", "not confirmed in time")
                .doesNotContain("done");
        assertThat(settings.resolve("credentials.json")).doesNotExist();
    }

    @Test
    void a_code_that_was_denied_says_so() {
        givenALogin(Instant.now().plusSeconds(60));
        server.on("POST /api/accounts/logins/7/token", 410, """
                {"code":"login.gone","detail":"This sign-in was denied or is over."}""");
        Typed login = Typed.with(settings).run("login", "--url", server.url());
        assertThat(login.exitCode()).isEqualTo(1);
        assertThat(login.err()).contains("This sign-in was denied or is over.");
    }

    @Test
    void a_token_from_standard_input_is_tried_before_it_is_kept() {
        server.on("GET /api/accounts/me", 401, PROBLEM_401);
        Typed bad = Typed.with(settings).in("leat_bad\n").run("login", "--url", server.url(), "--token", "-");
        assertThat(bad.exitCode()).isEqualTo(3);
        assertThat(settings.resolve("credentials.json")).doesNotExist();

        try (var other = new ScriptedServer()) {
            other.on("GET /api/accounts/me", 200, """
                    {"name":"ada"}""");
            Typed good = Typed.with(settings).in("leat_good\n").run("login", "--url", other.url(), "--token", "-");
            assertThat(good.exitCode()).isZero();
            assertThat(Typed.with(settings).run("whoami").exitCode()).isZero();
        }
    }

    @Test
    void signing_out_forgets_the_token_and_needs_no_server() {
        server.on("GET /api/accounts/me", 200, """
                {"name":"ada"}""");
        Typed.with(settings).run("login", "--url", server.url(), "--token", "leat_x");
        server.close();
        Typed logout = Typed.with(settings).run("logout");
        assertThat(logout.out()).isEqualTo("Signed out of " + server.url() + ".\n");
        assertThat(Typed.with(settings).run("logout", "--url", server.url()).out())
                .startsWith("Was not signed in");
    }

    @Test
    void a_kept_token_goes_to_the_server_that_gave_it_only() {
        server.on("GET /api/accounts/me", 200, """
                {"name":"ada"}""");
        Typed.with(settings).run("login", "--url", server.url(), "--token", "leat_x");
        try (var other = new ScriptedServer()) {
            other.on("GET /api/accounts/me", 401, PROBLEM_401);
            Typed who = Typed.with(settings).run("whoami", "--url", other.url());
            assertThat(who.exitCode()).isEqualTo(3);
            assertThat(who.err()).contains("Nobody is signed in.", "Sign in with \"leat login\".");
            assertThat(other.asked().getFirst().header("Authorization")).isEmpty();
        }
    }

    @Test
    void the_option_beats_the_environment_which_beats_the_last_sign_in() {
        server.on("GET /api/accounts/me", 200, """
                {"name":"ada"}""");
        Typed.with(settings).run("login", "--url", server.url(), "--token", "leat_kept");
        Typed.with(settings).variable("LEAT_TOKEN", "leat_env").run("whoami");
        assertThat(server.asked().getLast().header("Authorization")).isEqualTo("Bearer leat_env");
        Typed.with(settings).variable("LEAT_TOKEN", "leat_env").run("whoami", "--token", "leat_option");
        assertThat(server.asked().getLast().header("Authorization")).isEqualTo("Bearer leat_option");
        Typed elsewhere =
                Typed.with(settings).variable("LEAT_URL", "http://127.0.0.1:1").run("whoami");
        assertThat(elsewhere.exitCode()).isEqualTo(4);
    }

    @Test
    void damaged_credentials_are_told_with_what_to_do() throws Exception {
        Files.writeString(settings.resolve("credentials.json"), "{");
        Typed who = Typed.with(settings).run("whoami");
        assertThat(who.exitCode()).isEqualTo(1);
        assertThat(who.err()).contains("it is damaged", "remove it and sign in again");
    }

    private void givenALogin(Instant end) {
        server.on("POST /api/accounts/logins", 201, """
                {"id":"7","secret":"s3cret","code":"ABCD-EFGH","url":"https://leat.test/login/ABCD-EFGH",
                 "expiresAt":"%s","intervalSeconds":0.1}""".formatted(end));
    }
}
