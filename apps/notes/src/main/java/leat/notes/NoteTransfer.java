package leat.notes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import leat.cli.CommandFailure;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Progress;
import leat.cli.Remote;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.MarkdownZip;
import leat.notes.text.NoteSink;
import tools.jackson.databind.JsonNode;

/** What the command line does to bring files of notes to a server and back. */
final class NoteTransfer {
    private static final String IMPORTS = "/api/notes/imports";
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Console console;
    private final Remote server;

    NoteTransfer(Console console, Remote server) {
        this.console = console;
        this.server = server;
    }

    // --- in --------------------------------------------------------------------------------------------------------

    /**
     * Sends a file and has it read; what has been sent is cancelled when that fails.
     *
     * @param query with the organization, from the question mark on
     * @return the import as it stands at the end
     */
    JsonNode read(Path file, String query, boolean dryRun) {
        try (var progress = console.progress("Sending " + file)) {
            String path = null;
            try (InputStream in = Files.newInputStream(file)) {
                Map<String, Object> beginning = Map.of("name", String.valueOf(file.getFileName()));
                path = IMPORTS + "/"
                        + server.post(IMPORTS + query, beginning)
                                .json()
                                .path("id")
                                .asString("");
                send(path, in);
                JsonNode end = ran(path, dryRun, progress);
                String failure = end.path("failure").asString("");
                if (!failure.isEmpty()) {
                    throw new CommandFailure(ExitCode.REFUSED, "import.failed", failure, List.of());
                }
                if (dryRun) {
                    server.delete(path);
                }
                progress.done();
                return end;
            } catch (CommandFailure e) {
                cancel(Optional.ofNullable(path));
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private void send(String path, InputStream in) throws IOException {
        byte[] part = in.readNBytes(Import.MAX_PART_BYTES);
        for (int number = 0; part.length > 0 || number == 0; number++) {
            server.send(
                    "PUT",
                    path + "/parts/" + number,
                    Map.of("Content-Type", "application/octet-stream"),
                    Optional.of(part));
            part = in.readNBytes(Import.MAX_PART_BYTES);
        }
    }

    private JsonNode ran(String path, boolean dryRun, Progress progress) {
        JsonNode now = server.put(path + "/run", Map.of("dryRun", dryRun)).json();
        while (true) {
            progress.now("Reading " + now.path("name").asString("") + ": "
                    + Labels.counted(
                            now.path("notes").asInt() + now.path("known").asInt(), "note"));
            if (!now.path("stage").asString("").equals(Words.of(Import.Stage.RUNNING))) {
                return now;
            }
            pause();
            now = server.get(path).json();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.REFUSED, "interrupted", "Interrupted.", List.of());
        }
    }

    private void cancel(Optional<String> path) {
        try {
            path.ifPresent(server::delete);
        } catch (CommandFailure _) {
            // The failure before this one is told; the server forgets the file after a day.
        }
    }

    // --- out -------------------------------------------------------------------------------------------------------

    /**
     * Fetches notes into a new file, and reads it to the end to see that it is whole.
     *
     * @param query from the question mark on
     * @return how many notes are in it
     */
    int write(Path file, String query) {
        if (Files.exists(file)) {
            throw CommandFailure.usage("There is a file " + file + " already.");
        }
        try (var progress = console.progress("Writing " + file)) {
            server.download("/api/notes/export" + query, file);
            int notes = counted(file);
            progress.done();
            return notes;
        } catch (IOException e) {
            remove(file);
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "file.failed",
                    "The file " + file + " could not be written whole: " + e.getMessage(),
                    List.of());
        }
    }

    private static int counted(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0) {
                return 0;
            }
        }
        var counted = new Counted();
        MarkdownZip.read(file, counted);
        return counted.notes;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What is left says by its size that it is not whole.
        }
    }

    private static final class Counted implements NoteSink {
        private int notes;

        @Override
        public void note(Document document, List<Enclosed> files) {
            notes++;
        }

        @Override
        public void leftOut(String name, String why) {}
    }
}
