package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import leat.platform.archive.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Leat that is saved while it runs, lost, and brought back; and one that is carried off and comes home. */
final class MovingJourneyTest {
    private static final String PET = "pets-workshop.localhost";

    @TempDir
    Path folder;

    @Test
    void a_backup_taken_under_load_brings_everything_back() throws Exception {
        Path saved = folder.resolve("leat.zip");
        String token;
        long before;
        try (Product product = Product.start(Files.createDirectory(folder.resolve("first")))) {
            Workshop workshop = Workshop.founded(product);
            token = workshop.ada().token();
            Workshop.published(
                    workshop.ada(), "workshop", "pets", Workshop.answering("/pets/:id", "pet {{path-params.id}}"));
            var line = new CommandLine(product, Files.createDirectory(folder.resolve("home")));
            line.run("login", "--token", token).with(0);

            var stop = new AtomicBoolean();
            var made = new AtomicLong();
            Thread load = Thread.startVirtualThread(() -> {
                while (!stop.get() && made.get() < 150) {
                    try {
                        Workshop.created(
                                workshop.ada(),
                                "workshop",
                                "m" + made.incrementAndGet(),
                                Workshop.answering("/x", "y"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            Eventually.holds("mocks are being made", () -> made.get() > 5);
            before = made.get() - 1;
            assertThat(line.run("backup", saved.toString()).with(0).out())
                    .contains("Saved")
                    .contains(" 3 blobs");
            stop.set(true);
            load.join();
            assertThat(line.run("backup", saved.toString()).with(1).err()).contains("is there already");
            assertThat(line.run("logout").with(0).exitCode()).isZero();
            assertThat(line.run("backup", folder.resolve("other.zip").toString())
                            .with(3)
                            .err())
                    .contains("leat login");
            product.kill9();
        }

        Path second = Files.createDirectory(folder.resolve("second"));
        House.run("restore", saved, second.resolve("data")).says("every entity folds to what it was");
        try (Product product = Product.start(second)) {
            Api ada = Api.bearer(product, token);
            Wire.get(product.port(), PET, "/pets/5").with(200);
            for (long i = 1; i <= before; i++) {
                String name = "m" + i;
                assertThat(ada.get("/api/mocks/mocks?organization=workshop&limit=200")
                                .with(200)
                                .body())
                        .contains("\"" + name + "\"");
            }
            ada.post("/api/accounts/organizations", Map.of("name", "after")).with(201);
        }
    }

    @Test
    void a_data_folder_that_is_exported_and_imported_is_the_same_leat() throws Exception {
        Path saved = folder.resolve("leat.zip");
        Path first = Files.createDirectory(folder.resolve("first"));
        String token;
        try (Product product = Product.start(first)) {
            Workshop workshop = Workshop.founded(product);
            token = workshop.ada().token();
            Workshop.published(workshop.ada(), "workshop", "pets", Workshop.answering("/pets/:id", "pet"));
            House.run("export", saved, first.resolve("data")).refuses("is in use by process");
            assertThat(product.term()).isZero();
        }
        House.run("export", saved, folder.resolve("nothing")).refuses("There is no data folder");
        House.run("export", saved, first.resolve("data")).says("Exported");
        House.run("export", saved, first.resolve("data")).refuses("is there already");
        House.run("import", saved, first.resolve("data")).refuses("is not empty");
        byte[] bytes = Files.readAllBytes(saved);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(bytes, bytes.length - 100));
        House.run("import", cut, folder.resolve("second/data")).refuses("not a whole archive");
        assertThat(folder.resolve("second/data")).doesNotExist();

        House.run("import", saved, folder.resolve("second/data")).says("every entity folds to what it was");
        try (Product product = Product.start(folder.resolve("second"))) {
            assertThat(product.output()).doesNotContain("Sign in as the owner");
            Wire.get(product.port(), PET, "/pets/5").with(200);
            assertThat(Api.bearer(product, token)
                            .get("/api/mocks/mocks")
                            .with(200)
                            .body())
                    .contains("\"pets\"");
        }
    }

    @Test
    void a_leat_moves_to_postgresql_and_home_again_and_is_the_same() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        String token;
        try (Product product = Product.start(first)) {
            Workshop workshop = Workshop.founded(product);
            token = workshop.ada().token();
            Workshop.published(workshop.ada(), "workshop", "pets", Workshop.answering("/pets/:id", "pet"));
            assertThat(product.term()).isZero();
        }
        Path out = folder.resolve("out.zip");
        House.run("export", out, first.resolve("data")).says("Exported");

        try (var servers = Servers.start(folder)) {
            Path away = Files.createDirectory(folder.resolve("away"));
            String[] there = servers.newDatabase().toArray(String[]::new);
            Path home = folder.resolve("home.zip");
            House.run("import", out, away.resolve("data"), there).says("every entity folds to what it was");
            House.run("import", out, away.resolve("data"), there).refuses("There are events already");
            House.run("export", home, away.resolve("data"), there).says("Exported");
            assertThat(Archive.manifest(home).partitions())
                    .isEqualTo(Archive.manifest(out).partitions());
            assertThat(Archive.manifest(home).entities())
                    .isEqualTo(Archive.manifest(out).entities());

            try (Product product = Product.start(away, there)) {
                assertThat(product.output()).doesNotContain("Sign in as the owner");
                Wire.get(product.port(), PET, "/pets/5").with(200);
                Workshop.published(Api.bearer(product, token), "workshop", "owls", Workshop.answering("/owls", "hoo"));
                House.run("export", folder.resolve("busy.zip"), away.resolve("data"), there)
                        .refuses("is in use by process");
                assertThat(product.term()).isZero();
            }
            Files.delete(home);
            House.run("export", home, away.resolve("data"), there).says("Exported");
            House.run("import", home, folder.resolve("second/data")).says("every entity folds to what it was");
        }
        try (Product product = Product.start(folder.resolve("second"))) {
            Wire.get(product.port(), PET, "/pets/5").with(200);
            Wire.get(product.port(), "owls-workshop.localhost", "/owls").with(200);
            assertThat(Api.bearer(product, token)
                            .get("/api/mocks/mocks")
                            .with(200)
                            .body())
                    .contains("\"pets\"", "\"owls\"");
        }
    }

    /** {@code leat export}, {@code import} and {@code restore}, in processes of their own. */
    private record House(int exitCode, String said) {
        static House run(String verb, Path file, Path data, String... flags) throws Exception {
            var command = new ArrayList<>(List.of(
                    Product.java(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "leat.platform.MovingHouse",
                    verb,
                    file.toString(),
                    "--data",
                    data.toString()));
            command.addAll(List.of(flags));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new House(process.waitFor(), said);
        }

        void says(String sentence) {
            assertThat(said).contains(sentence);
            assertThat(exitCode).isZero();
        }

        void refuses(String why) {
            assertThat(said).contains(why).doesNotContain("\tat ");
            assertThat(exitCode).isEqualTo(1);
        }
    }
}
