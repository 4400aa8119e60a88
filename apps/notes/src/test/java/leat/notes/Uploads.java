package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import leat.apps.test.RunningApp.Answer;
import leat.notes.text.Document;
import leat.notes.text.MarkdownZip;
import tools.jackson.databind.JsonNode;

/** Sends files to be imported, as programs do by HTTP. */
final class Uploads {
    static final String IMPORTS = "/api/notes/imports";

    private Uploads() {}

    /** Begins an import with its whole file in one part; gives back its address. */
    static String begun(Running running, String user, String name, byte[] file) {
        Answer begun = running.as(user, "POST", IMPORTS, Map.of("name", name));
        assertThat(begun.outcome()).isEqualTo("201");
        String path = IMPORTS + "/" + begun.text("id");
        assertThat(running.as(user, "PUT", path + "/parts/0", file).outcome()).isEqualTo("200");
        return path;
    }

    /** Has the file read; gives back what is told at the end. */
    static JsonNode run(Running running, String user, String path, boolean dryRun) {
        assertThat(running.as(user, "PUT", path + "/run", Map.of("dryRun", dryRun))
                        .outcome())
                .isEqualTo("202");
        return ended(running, user, path);
    }

    static JsonNode ended(Running running, String user, String path) {
        // Thousands of notes one after the other, each of them durable.
        Running.await(
                Duration.ofMinutes(3),
                () -> !running.get(user, path).text("stage").equals("Running"));
        return running.get(user, path).json();
    }

    /** Takes a file in. */
    static JsonNode taken(Running running, String user, String name, byte[] file) {
        JsonNode end = run(running, user, begun(running, user, name, file), false);
        assertThat(end.path("stage").asString("")).as(end.toString()).isEqualTo("Done");
        return end;
    }

    /** A zip as Leat writes it. */
    static byte[] zip(List<Document> documents) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = MarkdownZip.to(out)) {
            for (Document it : documents) {
                zip.add(it, List.of());
            }
        }
        return out.toByteArray();
    }

    /** A zip as another program writes it. */
    static byte[] zip(Map<String, String> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> it : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(it.getKey()));
                zip.write(it.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** What is in a zip, by name; bytes one character each. */
    static Map<String, String> unzipped(byte[] zip) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry it = in.getNextEntry(); it != null; it = in.getNextEntry()) {
                files.put(it.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
