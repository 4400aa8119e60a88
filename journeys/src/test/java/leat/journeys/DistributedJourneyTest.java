package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import leat.platform.cluster.NatsServer;
import leat.platform.cluster.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product on PostgreSQL and NATS: everything that it leans on dies once, and what was acknowledged is still there. */
final class DistributedJourneyTest {
    private static final String PET = "pets-workshop.localhost";

    @TempDir
    Path folder;

    private Servers servers;
    private PostgresServer postgres;
    private NatsServer nats;

    @BeforeEach
    void serve() throws IOException {
        servers = Servers.start(folder);
        postgres = servers.postgres();
        nats = servers.nats();
    }

    @AfterEach
    void end() {
        servers.close();
    }

    private Product product() throws IOException {
        return Product.start(
                Files.createDirectory(folder.resolve("leat")), servers.flags().toArray(String[]::new));
    }

    @Test
    void it_survives_the_end_of_the_process_of_postgresql_and_of_nats() throws Exception {
        try (Product product = product()) {
            Api ada = Workshop.founded(product).ada();
            Workshop.published(ada, "workshop", "pets", Workshop.answering("/pets/:id", "pet {{path-params.id}}"));
            pet(product, 1);
            assertThat(health(product, "PostgreSQL")).isEqualTo("well");
            assertThat(health(product, "NATS")).isEqualTo("well");
            assertThat(refused(
                            "--node=mill-2",
                            "--postgres-url=" + postgres.url(),
                            "--postgres-password-file=" + postgres.passwordFile()))
                    .as("without S3, the two would not see each other's files")
                    .contains("the node mill-1 works on the same journal", "keep them in S3");

            product.kill9();
            product.restart();
            pet(product, 2);
            assertThat(ada.get("/api/mocks/mocks").with(200).body()).contains("\"pets\"");

            postgres.kill();
            UUID key = UUID.randomUUID();
            ada.keyed(key, "POST", "/api/accounts/organizations", Map.of("name", "late"))
                    .with(503);
            pet(product, 3);
            Eventually.holds(
                    "PostgreSQL is missed", () -> health(product, "PostgreSQL").equals("away"));
            postgres.start();
            Eventually.holds(
                    "what was refused is done once",
                    () -> ada.keyed(key, "POST", "/api/accounts/organizations", Map.of("name", "late"))
                                    .status()
                            == 201);
            Eventually.holds(
                    "PostgreSQL is back", () -> health(product, "PostgreSQL").equals("well"));

            nats.kill();
            Eventually.holds("NATS is missed", () -> health(product, "NATS").equals("away"));
            Workshop.published(ada, "late", "owls", Workshop.answering("/owls", "hoo"));
            assertThat(Wire.get(product.port(), "owls-late.localhost", "/owls")
                            .with(200)
                            .body())
                    .isEqualTo("hoo");
            nats.start();
            Eventually.holds("NATS is back", () -> health(product, "NATS").equals("well"));
            assertThat(product.output()).doesNotContain(Files.readString(postgres.passwordFile()));
        }
    }

    @Test
    void what_it_leans_on_and_cannot_have_at_the_start_is_told_in_a_sentence() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "not-the-password");
        assertThat(refused("--postgres-url=" + postgres.url(), "--postgres-password-file=" + wrong))
                .contains("refuses this user or password")
                .doesNotContain("not-the-password");
        assertThat(refused(
                        "--postgres-url=" + postgres.url().replace("/leat", "/none"),
                        "--postgres-password-file=" + postgres.passwordFile()))
                .contains("has no such database");
        postgres.close();
        assertThat(refused("--postgres-url=" + postgres.url())).contains("cannot be reached");
        postgres.start();
        nats.close();
        try (Product product = product()) {
            assertThat(health(product, "NATS")).isEqualTo("away");
            assertThat(product.output()).contains("NATS at " + nats.url() + " is away");
            nats.start();
            Eventually.holds("NATS is there", () -> health(product, "NATS").equals("well"));
        }
    }

    /** What a start says that ends with 1. */
    private String refused(String... flags) throws Exception {
        var command = new ArrayList<>(List.of(
                Product.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "leat.platform.Main",
                "--engine=distributed",
                "--port=0",
                "--data=" + folder.resolve("refused"),
                "--nats-url=" + nats.url()));
        command.addAll(List.of(flags));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).startsWith("leat: ").doesNotContain("\tat ");
        return said;
    }

    private static void pet(Product product, int id) throws IOException {
        assertThat(Wire.get(product.port(), PET, "/pets/" + id).with(200).body())
                .isEqualTo("pet " + id);
    }

    private static String health(Product product, String part) throws IOException {
        return Api.nobody(product)
                .get("/health/ready")
                .json()
                .path("parts")
                .path(part)
                .asString("");
    }
}
