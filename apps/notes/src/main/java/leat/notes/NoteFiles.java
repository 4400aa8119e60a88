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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import leat.cli.CommandFailure;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.notes.text.Document;
import leat.notes.text.Enclosed;
import leat.notes.text.ImportException;
import leat.notes.text.MarkdownZip;
import leat.notes.text.NoteSink;
import leat.notes.text.Tags;
import leat.notes.transfer.Format;
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

    /** What an export asks of a server, by a note's id. */
    interface Source {
        JsonNode note(String id);

        List<JsonNode> files(String id);

        byte[] bytes(String id, String file);
    }

    static void write(Console console, Path file, List<JsonNode> notes, Source source) {
        try (var progress = console.progress("Writing " + notes.size() + " notes");
                var zip = MarkdownZip.to(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (JsonNode it : notes) {
                String id = it.path("id").asString();
                progress.now("Writing " + it.path("title").asString());
                zip.add(
                        document(source.note(id), it),
                        source.files(id).stream()
                                .map(each -> Enclosed.of(
                                        each.path("name").asString(),
                                        source.bytes(id, each.path("id").asString())))
                                .toList());
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
                moment(summary, "changedAt"),
                note.path("pinned").asBoolean(false),
                note.path("archived").asBoolean(false));
    }

    private static Optional<Instant> moment(JsonNode note, String field) {
        return given(note, field).map(Instant::parse);
    }

    /**
     * What became of an import.
     *
     * @param read how many notes were taken
     * @param files how many files were attached to them
     * @param left what was not taken, and why
     */
    record Result(int read, int files, List<String> left) {}

    /** What an import sends to a server; a dry run sends nothing. */
    interface Target {
        /**
         * Creates a note, and gives back its id.
         *
         * @throws CommandFailure when it is refused
         */
        String note(Map<String, Object> draft);

        /** @throws CommandFailure when it is refused */
        void file(String note, String name, byte[] bytes);

        /** @param deed {@code pin} or {@code archive} */
        void put(String note, String deed);
    }

    static Result read(Console console, Path file, Target target) {
        Path scratch = scratch();
        try (var progress = console.progress("Reading " + file)) {
            var taking = new Taking(target, progress::now);
            Format.read(file, String.valueOf(file.getFileName()), scratch, taking);
            progress.done();
            return new Result(taking.notes, taking.files, taking.left);
        } catch (ImportException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file + " cannot be read: " + e.getMessage());
        } finally {
            remove(scratch);
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("leat-import");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "file.failed", "A temporary folder cannot be made: " + e.getMessage(), List.of());
        }
    }

    /** Sends what is read; what is refused is told, and the rest goes on. */
    private static final class Taking implements NoteSink {
        private final Target target;
        private final Consumer<String> progress;
        private final List<String> left = new ArrayList<>();
        private int notes;
        private int files;

        Taking(Target target, Consumer<String> progress) {
            this.target = target;
            this.progress = progress;
        }

        @Override
        public void leftOut(String name, String why) {
            left.add(name + ": " + why);
        }

        @Override
        public void note(Document document, List<Enclosed> enclosed) throws IOException {
            progress.accept("Reading " + document.title());
            String id;
            try {
                id = target.note(draft(document));
            } catch (CommandFailure e) {
                refused(document.title(), "note.", e);
                return;
            }
            notes++;
            for (Enclosed it : enclosed) {
                file(document.title() + ": " + it.name(), id, it);
            }
            if (document.pinned()) {
                target.put(id, "pin");
            }
            if (document.archived()) {
                target.put(id, "archive");
            }
        }

        private void file(String told, String note, Enclosed it) throws IOException {
            byte[] bytes;
            try (InputStream in = it.bytes().open()) {
                bytes = in.readNBytes(NotesSettings.LARGEST_FILE_BYTES + 1);
            }
            if (bytes.length > NotesSettings.LARGEST_FILE_BYTES) {
                leftOut(told, "It is larger than " + Labels.bytes(NotesSettings.LARGEST_FILE_BYTES) + ".");
                return;
            }
            try {
                target.file(note, it.name(), bytes);
                files++;
            } catch (CommandFailure e) {
                refused(told, "attachment.", e);
            }
        }

        /** Other failures end the import. */
        private void refused(String name, String codes, CommandFailure e) {
            if (!e.code().startsWith(codes)) {
                throw e;
            }
            leftOut(name, String.valueOf(e.getMessage()));
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
        List<String> tags = Stream.concat(document.tags().stream(), Stream.of(document.folder()))
                .map(Tags::fitting)
                .filter(it -> !it.isEmpty())
                .distinct()
                .toList();
        draft.put("tags", tags);
        return draft;
    }
}
