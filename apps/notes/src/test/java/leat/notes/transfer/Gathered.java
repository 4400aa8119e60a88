package leat.notes.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.NoteSink;

/** Keeps in memory what is read out of a file. */
final class Gathered implements NoteSink {
    final List<Document> notes = new ArrayList<>();
    final List<Map<String, String>> files = new ArrayList<>();
    final List<String> left = new ArrayList<>();

    static Gathered of(byte[] file, String name) throws IOException {
        var gathered = new Gathered();
        Path scratch = Files.createTempDirectory("gathered");
        Path path = Files.createTempFile("notes", "");
        try {
            Files.write(path, file);
            Format.read(path, name, scratch, gathered);
            return gathered;
        } finally {
            Files.delete(path);
            // Fails unless everything in it was removed.
            Files.delete(scratch);
        }
    }

    @Override
    public void note(Document document, List<Enclosed> enclosed) throws IOException {
        notes.add(document);
        var texts = new LinkedHashMap<String, String>();
        for (Enclosed it : enclosed) {
            try (var in = it.bytes().open()) {
                texts.put(it.name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        files.add(texts);
    }

    @Override
    public void leftOut(String name, String why) {
        left.add(name + ": " + why);
    }
}
