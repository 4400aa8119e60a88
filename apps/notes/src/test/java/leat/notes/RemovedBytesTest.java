package leat.notes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leat.engine.embedded.EmbeddedEngine;
import leat.engine.embedded.EmbeddedSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of who was removed no file of a data folder tells anything, byte by byte, while Notes go on. */
final class RemovedBytesTest {
    private static final String WORD = "xylophone";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    Path folder;

    private List<String> telling() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> text(file).contains(WORD))
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        } catch (UncheckedIOException _) {
            return List.of("a folder in which files come and go");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void words_names_and_addresses_are_in_no_file() {
        try (var leat = Running.on(EmbeddedEngine.open(folder, EmbeddedSettings.DEFAULT))) {
            String mine = leat.create("ada", closed("My " + WORD));
            leat.create("ada", open("A " + WORD + " for all"));
            String both = leat.create("ada", open("The " + WORD));
            leat.as("bob", "PUT", NOTES + "/" + both, open("Bob's title"));
            leat.as("ada", "POST", NOTES + "/" + both + "/comments", Map.of("body", "I like " + WORD));
            leat.as("ada", "POST", "/api/notes/notebooks", Map.of("name", "My " + WORD));
            leat.as("ada", "POST", "/api/notes/searches", Map.of("name", "My " + WORD, "query", "q=" + WORD));
            String file = NOTES + "/" + mine + "/attachments?name=" + WORD + ".txt";
            leat.as("ada", "POST", file, "Mine.".getBytes(UTF_8));
            assertThat(telling()).as("names and views").contains("journal.db-wal");

            leat.town.forget("ada");
            Running.await(() -> leat.engine().keys().forgotten() == 1);
            Running.await(() -> telling().isEmpty());
            assertThat(leat.get("bob", NOTES + "/" + both).text("title")).isEqualTo("Bob's title");
        }
        assertThat(telling()).isEmpty();
    }
}
