package leat.notes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import leat.cli.CommandFailure;
import leat.cli.Console;
import leat.cli.ExitCode;
import tools.jackson.databind.JsonNode;

/** What the command line does with files: texts from outside, texts that an editor changed, files to attach. */
final class NoteFiles {
    private static final List<String> FIELDS =
            List.of("title", "body", "due", "start", "end", "url", "status", "access", "color");

    private NoteFiles() {}

    // --- texts ---------------------------------------------------------------------------------------------------

    /** A file as text; {@code -} is standard input. */
    static String read(Console console, String file) {
        if (file.equals("-")) {
            return new String(console.readAll(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** A text after its author has left the editor. */
    static String edited(TextEditor editor, String text) {
        Path file = temporary(text);
        String edited = editor.edit(file);
        remove(file);
        return edited;
    }

    /** Sends a text; when that fails it is kept in a file, which the failure names. */
    static <T> T kept(String text, Supplier<T> sending) {
        try {
            return sending.get();
        } catch (CommandFailure e) {
            throw new CommandFailure(
                    e.exitCode(),
                    e.code(),
                    String.valueOf(e.getMessage()),
                    List.of("Your text is kept in " + temporary(text) + "."));
        }
    }

    private static Path temporary(String text) {
        try {
            return Files.writeString(Files.createTempFile("leat-note", ".md"), text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "file.failed",
                    "A temporary file cannot be written: " + e.getMessage(),
                    List.of());
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What is left in the temporary folder harms nobody.
        }
    }

    /** A note that was read, in the form in which it is sent. */
    static Map<String, Object> draft(JsonNode note) {
        var draft = new LinkedHashMap<String, Object>();
        for (String field : FIELDS) {
            given(note, field).ifPresent(it -> draft.put(field, it));
        }
        draft.put("tags", tags(note));
        return draft;
    }

    private static Optional<String> given(JsonNode note, String field) {
        return note.path(field).isString() ? Optional.of(note.path(field).asString()) : Optional.empty();
    }

    private static List<String> tags(JsonNode note) {
        return note.path("tags").valueStream().map(JsonNode::asString).toList();
    }

    // --- attached files ----------------------------------------------------------------------------------------

    /** @param send sends a file under its name; gives back what was made of it */
    static List<JsonNode> attach(Console console, List<Path> files, BiFunction<String, byte[], JsonNode> send) {
        var attached = new ArrayList<JsonNode>();
        try (var progress = console.progress("Attaching " + files.size() + (files.size() == 1 ? " file" : " files"))) {
            for (Path file : files) {
                progress.now("Attaching " + file);
                attached.add(send.apply(String.valueOf(file.getFileName()), bytes(file)));
            }
            progress.done();
        }
        return attached;
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > NotesSettings.LARGEST_FILE_BYTES) {
                throw CommandFailure.usage(
                        "The file " + file + " is larger than " + Labels.bytes(NotesSettings.LARGEST_FILE_BYTES) + ".");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
