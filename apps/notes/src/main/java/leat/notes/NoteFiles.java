package leat.notes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import leat.cli.CommandFailure;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.notes.text.Document;
import leat.notes.text.ImportException;
import leat.notes.text.Imported;
import leat.notes.text.MarkdownZip;
import leat.notes.text.Tags;
import tools.jackson.databind.JsonNode;

/** What the command line does with files: texts from outside, texts that an editor changed, zips of notes. */
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

    // --- zips ----------------------------------------------------------------------------------------------------

    /** @param whole reads a note with its text, by its id */
    static void write(Console console, Path file, List<JsonNode> notes, Function<String, JsonNode> whole) {
        try (var progress = console.progress("Writing " + notes.size() + " notes");
                var zip = MarkdownZip.to(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (JsonNode it : notes) {
                zip.add(document(whole.apply(it.path("id").asString()), it));
            }
            progress.done();
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage("There is a file " + file + " already.");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static Document document(JsonNode note, JsonNode summary) {
        return new Document(
                "",
                note.path("title").asString(),
                note.path("body").asString(),
                moment(note, "due"),
                moment(note, "start"),
                moment(note, "end"),
                given(note, "url"),
                given(note, "status"),
                given(note, "access"),
                given(note, "color"),
                tags(note),
                moment(summary, "createdAt"),
                moment(summary, "changedAt"));
    }

    private static Optional<Instant> moment(JsonNode note, String field) {
        return given(note, field).map(Instant::parse);
    }

    /**
     * What became of an import.
     *
     * @param read how many notes were taken
     * @param left what was not, and why
     */
    record Result(int read, List<String> left) {}

    /** @param take sends a note; gives back why it was refused, if it was */
    static Result read(Console console, Path file, Function<Map<String, Object>, Optional<String>> take) {
        var left = new ArrayList<String>();
        var taken = new int[1];
        try (var progress = console.progress("Reading " + file);
                InputStream zip = Files.newInputStream(file)) {
            Imported imported = MarkdownZip.read(zip, document -> {
                Optional<String> refusal = take.apply(draft(document));
                refusal.ifPresent(left::add);
                taken[0] += refusal.isPresent() ? 0 : 1;
                progress.now("Reading " + document.title());
            });
            imported.skipped().forEach(it -> left.add(it.name() + ": " + it.why()));
            progress.done();
            return new Result(taken[0], left);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
        } catch (ImportException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** A folder becomes a tag, for there is nothing else here that it could be; what is past is due no more. */
    private static Map<String, Object> draft(Document document) {
        var draft = new LinkedHashMap<String, Object>();
        draft.put("title", document.title());
        draft.put("body", document.body());
        document.due().filter(it -> it.isAfter(Instant.now())).ifPresent(it -> draft.put("due", it.toString()));
        document.start().ifPresent(it -> draft.put("start", it.toString()));
        document.end().ifPresent(it -> draft.put("end", it.toString()));
        document.url().ifPresent(it -> draft.put("url", it));
        document.status().ifPresent(it -> draft.put("status", it));
        document.access().ifPresent(it -> draft.put("access", it));
        document.color().ifPresent(it -> draft.put("color", it));
        var tags = new ArrayList<>(document.tags());
        Optional.of(Tags.normalized(document.folder()))
                .filter(it -> !it.isEmpty() && !tags.contains(it))
                .ifPresent(tags::add);
        draft.put("tags", tags);
        return draft;
    }
}
