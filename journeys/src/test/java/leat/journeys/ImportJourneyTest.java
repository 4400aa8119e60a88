package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two thousand notes with files come in while the product is killed, twice: all are there, each once. */
final class ImportJourneyTest {
    private static final int NOTES = 2_000;

    @TempDir
    Path folder;

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < NOTES; i++) {
                put(
                        zip,
                        "Folder " + i % 9 + "/Note " + i + ".md",
                        "Text " + i + (i % 5 == 0 ? " ![](" + i + ".txt)" : ""));
                if (i % 5 == 0) {
                    put(zip, "Folder " + i % 9 + "/" + i + ".txt", "file " + i);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void an_import_goes_on_after_kills_and_brings_each_note_and_file_once() throws Exception {
        try (Product product = Product.start(folder)) {
            Api ada = Workshop.founded(product).ada();
            String path = "/api/notes/imports/"
                    + ada.post("/api/notes/imports", Map.of("name", "house.zip"))
                            .with(201)
                            .text("id");
            ada.send("PUT", path + "/parts/0", Map.of("Content-Type", "application/octet-stream"), zip())
                    .with(200);
            ada.put(path + "/run", Map.of("dryRun", false)).with(202);
            for (int kill = 1; kill <= 2; kill++) {
                int some = kill * NOTES / 4;
                Eventually.holds(some + " notes came in", () -> came(ada, path) >= some);
                product.kill9();
                product.restart();
            }
            Eventually.holds(
                    "the import is over",
                    () -> !now(ada, path).path("stage").asString("").equals("Running"));
            JsonNode end = now(ada, path);
            System.out.println(end);
            assertThat(end.path("stage").asString("")).isEqualTo("Done");
            assertThat(end.path("notes").asInt()).isEqualTo(NOTES);
            assertThat(end.path("known").asInt()).isZero();
            assertThat(end.path("files").asInt()).isEqualTo(NOTES / 5);
            assertThat(end.path("notebooks").asInt()).isEqualTo(9);
            Eventually.holds("views are even", () -> names(product, ada).size() >= NOTES + NOTES / 5);
            var names = names(product, ada);
            assertThat(names).hasSize(NOTES + NOTES / 5).noneMatch(it -> it.contains("(2)"));
            assertThat(product.errors()).isEmpty();
        }
    }

    private static JsonNode now(Api api, String path) throws IOException {
        return api.get(path).with(200).json();
    }

    private static int came(Api api, String path) throws IOException {
        return now(api, path).path("notes").asInt();
    }

    /** The names of all files of an export. */
    private static Set<String> names(Product product, Api api) throws Exception {
        var names = new TreeSet<String>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(product.url() + "/api/notes/export"))
                    .header("Authorization", "Bearer " + api.token())
                    .build();
            try (InputStream in = new ByteArrayInputStream(
                            client.send(request, BodyHandlers.ofByteArray()).body());
                    var zip = new ZipInputStream(in)) {
                for (ZipEntry it = zip.getNextEntry(); it != null; it = zip.getNextEntry()) {
                    names.add(it.getName());
                }
            }
        }
        return names;
    }
}
