package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

    /** {@code leat export}, {@code import} and {@code restore}, in processes of their own. */
    private record House(int exitCode, String said) {
        static House run(String verb, Path file, Path data) throws Exception {
            var process = new ProcessBuilder(List.of(
                            Product.java(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "leat.platform.MovingHouse",
                            verb,
                            file.toString(),
                            "--data",
                            data.toString()))
                    .redirectErrorStream(true)
                    .start();
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
