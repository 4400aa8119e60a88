package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
    @TempDir
    Path folder;

    private Settings settings(Map<String, String> environment, String... flags) {
        return Settings.of(Configuration.read(List.of(flags), environment, folder));
    }

    private void file(String lines) throws Exception {
        Files.writeString(folder.resolve("leat.properties"), lines);
    }

    @Test
    void with_nothing_set_leat_serves_this_machine_on_8080() {
        Settings usual = settings(Map.of());
        assertThat(usual.host()).isEqualTo("127.0.0.1");
        assertThat(usual.port()).isEqualTo(8080);
        assertThat(usual.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(usual.baseUrl()).isEmpty();
        assertThat(usual.modules()).isEmpty();
        assertThat(usual.drain()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws Exception {
        file("port = 1\nhost = from-file\ndrain = 7\n");
        Settings settings = settings(Map.of("LEAT_PORT", "2", "LEAT_HOST", "from-environment"), "--port", "3");
        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.host()).isEqualTo("from-environment");
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_flag_may_carry_its_value_behind_an_equals_sign() {
        assertThat(settings(Map.of(), "--modules=accounts, mocks,").modules()).containsExactly("accounts", "mocks");
    }

    @Test
    void a_named_file_takes_the_place_of_the_usual_one() throws Exception {
        file("port = 1\n");
        Files.writeString(folder.resolve("other.properties"), "port = 2\n");
        assertThat(settings(Map.of("LEAT_CONFIG", "other.properties")).port()).isEqualTo(2);
        assertThat(settings(Map.of(), "--config", "other.properties").port()).isEqualTo(2);
        assertThatThrownBy(() -> settings(Map.of(), "--config", "none.properties"))
                .hasMessageContaining("none.properties does not exist.");
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_known_one() throws Exception {
        assertThatThrownBy(() -> settings(Map.of(), "--prot", "1"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("There is no setting --prot; did you mean --port?");
        assertThatThrownBy(() -> settings(Map.of(), "--zebra", "1"))
                .hasMessageContaining("--print-config lists them all");
        file("basurl = x\n");
        assertThatThrownBy(() -> settings(Map.of()))
                .hasMessage("There is no setting \"basurl\" in leat.properties; did you mean base-url?");
    }

    @Test
    void variables_of_others_are_left_alone() {
        assertThat(settings(Map.of("LEAT_URL", "x", "LEAT_SERVICE_HOST", "10.0.0.1"))
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void a_wrong_value_is_told_with_where_it_came_from_and_what_it_may_be() throws Exception {
        assertThatThrownBy(() -> settings(Map.of("LEAT_PORT", "70000")))
                .hasMessage("port is \"70000\", from LEAT_PORT; it must be a number from 0 to 65535.");
        assertThatThrownBy(() -> settings(Map.of(), "--base-url", "leat.example.org"))
                .hasMessageContaining("--base-url");
        assertThatThrownBy(() -> settings(Map.of(), "--base-url", "https://leat/x"))
                .hasMessageContaining("without a path");
        assertThatThrownBy(() -> settings(Map.of(), "--log-level", "loud")).hasMessageContaining("debug");
        assertThatThrownBy(() -> settings(Map.of(), "--drain", "0")).hasMessageContaining("1 to 300");
        assertThatThrownBy(() -> settings(Map.of(), "--port")).hasMessage("--port needs a value.");
        assertThatThrownBy(() -> settings(Map.of(), "8080")).hasMessageContaining("is not understood");
        file("log-level = \\u00\n");
        assertThatThrownBy(() -> settings(Map.of())).hasMessageContaining("broken");
    }

    @Test
    void the_port_that_kubernetes_puts_into_the_environment_is_explained() {
        assertThatThrownBy(() -> settings(Map.of("LEAT_PORT", "tcp://10.0.0.1:8080")))
                .hasMessageContaining("enableServiceLinks");
    }

    @Test
    void secrets_are_neither_shown_nor_quoted() {
        Configuration configuration =
                Configuration.read(List.of(), Map.of("LEAT_METRICS_TOKEN", "correct-horse-battery"), folder);
        assertThat(configuration.lines())
                .contains("metrics-token = (hidden)", "port = 8080")
                .noneMatch(line -> line.contains("horse"));
        assertThatThrownBy(() -> settings(Map.of("LEAT_METRICS_TOKEN", "short-one")))
                .hasMessageContaining("LEAT_METRICS_TOKEN")
                .hasMessageNotContaining("short-one");
    }

    @Test
    void what_is_printed_sets_the_same_when_read_back() throws Exception {
        Configuration first =
                Configuration.read(List.of("--port=9", "--base-url", "https://leat.example.org/"), Map.of(), folder);
        file(String.join("\n", first.lines()));
        Settings read = settings(Map.of());
        assertThat(read).isEqualTo(Settings.of(first));
        assertThat(read.baseUrl()).hasValueSatisfying(url -> assertThat(url).hasToString("https://leat.example.org"));
    }

    @Test
    void a_secret_comes_from_the_environment_or_a_file_and_never_from_a_flag() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "correct-horse-battery\n");
        assertThat(settings(Map.of("LEAT_METRICS_TOKEN_FILE", secret.toString()))
                        .metricsToken())
                .hasValue("correct-horse-battery");
        assertThat(settings(Map.of(), "--metrics-token-file", "secret").metricsToken())
                .hasValue("correct-horse-battery");
        file("metrics-token-file = secret\n");
        assertThat(settings(Map.of()).metricsToken()).hasValue("correct-horse-battery");
        assertThatThrownBy(() -> settings(Map.of(), "--metrics-token", "correct-horse-battery"))
                .hasMessage("--metrics-token would show a secret to everybody who lists processes;"
                        + " set LEAT_METRICS_TOKEN, or name a file that holds it with --metrics-token-file.");
        assertThatThrownBy(() -> settings(Map.of(), "--metrics-token-file", "none"))
                .hasMessageContaining("which --metrics-token-file names, does not exist");
        assertThatThrownBy(() -> settings(Map.of("LEAT_METRICS_TOKEN", "x", "LEAT_METRICS_TOKEN_FILE", "y")))
                .hasMessage("metrics-token is set twice, by LEAT_METRICS_TOKEN and by LEAT_METRICS_TOKEN_FILE;"
                        + " leave one of them.");
        assertThatThrownBy(() -> settings(Map.of(), "--port-file", "secret"))
                .hasMessageContaining("There is no setting --port-file");
    }

    @Test
    void the_distributed_engine_is_told_where_everything_is() {
        DistributedSettings settings = settings(
                        Map.of("LEAT_POSTGRES_PASSWORD", "seven-mills", "LEAT_NATS_TOKEN", "eight-mills"),
                        "--engine=distributed",
                        "--node=mill-1",
                        "--postgres-url=postgresql://db.example.org:5433/shop",
                        "--postgres-tls=verified",
                        "--nats-url=tls://a:4222, tls://b:4222")
                .distributed()
                .orElseThrow();
        assertThat(settings.node()).isEqualTo("mill-1");
        assertThat(settings.postgres())
                .hasToString("PostgreSQL at db.example.org:5433, database shop, user leat")
                .satisfies(postgres -> assertThat(postgres.password()).isEqualTo("seven-mills"));
        assertThat(settings.nats().servers()).containsExactly("tls://a:4222", "tls://b:4222");
        assertThat(settings.toString()).doesNotContain("seven-mills").doesNotContain("eight-mills");
        assertThat(settings(Map.of(), "--engine=distributed").distributed()).hasValueSatisfying(usual -> {
            assertThat(usual.node()).isNotEmpty();
            assertThat(usual.postgres().host()).isEqualTo("localhost");
        });
    }

    @Test
    void settings_of_the_distributed_engine_that_would_have_no_effect_are_refused() {
        assertThat(settings(Map.of()).distributed()).isEmpty();
        assertThatThrownBy(() -> settings(Map.of("LEAT_POSTGRES_URL", "postgresql://db/leat")))
                .hasMessage("postgres-url is set, from LEAT_POSTGRES_URL, but the engine is embedded, which has no use"
                        + " for it; set engine = distributed.");
        assertThatThrownBy(() -> settings(Map.of(), "--engine", "oracle"))
                .hasMessage("engine is \"oracle\", from --engine; it must be embedded or distributed.");
    }

    @Test
    void what_is_wrong_with_the_distributed_engine_s_settings_is_told_without_a_secret() {
        assertThatThrownBy(() -> distributed("--postgres-url", "postgresql://ada:hush@db/leat"))
                .hasMessageStartingWith("postgres-url, from --postgres-url, must be postgresql://host:port/database")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> distributed("--postgres-url", "jdbc:postgresql://db/leat"))
                .hasMessageContaining("it must be postgresql://host:port/database");
        assertThatThrownBy(() -> distributed("--postgres-tls", "maybe"))
                .hasMessageContaining("off, encrypted or verified");
        assertThatThrownBy(() -> distributed("--postgres-connections", "1")).hasMessageContaining("2 to 200");
        assertThatThrownBy(() -> distributed("--nats-url", "nats://ada:hush@bus"))
                .hasMessageStartingWith("nats-url, from --nats-url, must be addresses such as nats://host:4222")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> distributed("--nats-user", "ada")).hasMessageContaining("belong together");
        assertThatThrownBy(() -> distributed("--nats-key", "none")).hasMessageContaining("a file that can be read");
        assertThatThrownBy(() -> distributed("--nats-space", "a b")).hasMessageContaining("1 to 40 letters");
        assertThatThrownBy(() -> distributed("--node", "a/b")).hasMessageContaining("1 to 63 letters");
        assertThatThrownBy(() -> settings(
                        Map.of("LEAT_NATS_TOKEN", "hush", "LEAT_NATS_PASSWORD", "hush"),
                        "--engine=distributed",
                        "--nats-user=ada"))
                .hasMessageContaining("more than one way to sign in to NATS")
                .hasMessageNotContaining("hush");
    }

    @Test
    void blobs_go_to_a_bucket_when_one_is_named_with_its_keys() {
        assertThat(distributed().distributed().orElseThrow().s3()).isEmpty();
        var s3 = settings(
                        Map.of("LEAT_S3_SECRET_KEY", "hush"),
                        "--engine=distributed",
                        "--s3-bucket=mill",
                        "--s3-endpoint=http://s3:9000",
                        "--s3-path-style=true",
                        "--s3-access-key=ada")
                .distributed()
                .orElseThrow()
                .s3();
        assertThat(s3).hasValueSatisfying(bucket -> {
            assertThat(bucket).hasToString("bucket mill at http://s3:9000");
            assertThat(bucket.pathStyle()).isTrue();
            assertThat(bucket.secretKey()).isEqualTo("hush");
        });
        assertThatThrownBy(() -> distributed("--s3-endpoint", "http://s3")).hasMessageContaining("set s3-bucket too");
        assertThatThrownBy(() -> distributed("--s3-bucket", "mill"))
                .hasMessageContaining("s3-access-key and s3-secret-key");
        assertThatThrownBy(() -> settings(
                        Map.of("LEAT_S3_SECRET_KEY", "hush"),
                        "--engine=distributed",
                        "--s3-bucket=mill",
                        "--s3-access-key=ada",
                        "--s3-endpoint=s3:9000"))
                .hasMessageContaining("an address such as http://s3:9000");
    }

    @Test
    void other_nodes_are_told_where_this_one_is() {
        assertThat(distributed("--port=9000", "--host=10.0.0.7")
                        .distributed()
                        .orElseThrow()
                        .address())
                .isEqualTo("10.0.0.7:9000");
        assertThat(distributed("--node-address=mill.example.org:81")
                        .distributed()
                        .orElseThrow()
                        .address())
                .isEqualTo("mill.example.org:81");
        assertThat(distributed("--host=0.0.0.0").distributed().orElseThrow().address())
                .doesNotContain("0.0.0.0")
                .endsWith(":8080");
        Settings free = distributed("--port=0");
        assertThat(free.port()).isPositive();
        assertThat(free.distributed().orElseThrow().address()).isEqualTo("127.0.0.1:" + free.port());
        assertThatThrownBy(() -> distributed("--node-address=mill")).hasMessageContaining("a host and a port");
    }

    private Settings distributed(String... flags) {
        var all = new ArrayList<>(List.of("--engine", "distributed"));
        all.addAll(List.of(flags));
        return settings(Map.of(), all.toArray(String[]::new));
    }

    @Test
    void help_names_every_setting_and_the_files_of_secrets() {
        String help = String.join("\n", Configuration.help());
        for (Setting setting : Setting.values()) {
            assertThat(help).contains("--" + setting.key(), setting.description());
        }
        assertThat(help).contains("--postgres-password-file FILE").doesNotContain("--postgres-password ");
    }
}
