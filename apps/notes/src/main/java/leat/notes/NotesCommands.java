package leat.notes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import leat.cli.CommandFailure;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Remote;
import leat.cli.Reply;
import leat.cli.Style;
import leat.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code leat notes …}: notes from the command line, over the same HTTP interface as everybody's. */
public final class NotesCommands implements CommandGroup {
    /** Notes that are listed at most. */
    static final int MOST = 5_000;

    /** Notes that are found at most. */
    static final int MOST_HITS = 200;

    private final TextEditor editor;

    /** The commands of this process, with the editor that its environment names. */
    public NotesCommands() {
        this(new TextEditor(name -> Optional.ofNullable(System.getenv(name))));
    }

    NotesCommands(TextEditor editor) {
        this.editor = editor;
    }

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public String summary() {
        return "Write, find and restore notes.";
    }

    @Override
    public Object commands(Console console) {
        return CommandSpec.forAnnotatedObject(new Verbs(console, editor))
                .addSubcommand("notebooks", CommandSpec.forAnnotatedObject(new NotebookCommands(console)))
                .addSubcommand("searches", CommandSpec.forAnnotatedObject(new SavedSearchCommands(console)))
                .addSubcommand("shares", CommandSpec.forAnnotatedObject(new ShareCommands.Shares(console)))
                .addSubcommand("links", CommandSpec.forAnnotatedObject(new ShareCommands.Links(console)));
    }

    /** What stands behind the question mark. */
    static final class Query {
        private final StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");

        Query with(String name, Optional<String> value) {
            value.ifPresent(it -> parts.add(name + "=" + Verbs.encoded(it)));
            return this;
        }

        @Override
        public String toString() {
            return parts.toString();
        }
    }

    /** The verbs; each is one or two requests and what they say to a person. */
    @Command(name = "notes", description = "Write, find and restore notes.")
    static final class Verbs {
        private static final String NOTES = "/api/notes/notes";
        private static final String NOTE = "Its id, its slug, or its title.";
        static final String ORG = "Its organization, when you are in several.";

        private final Console console;
        private final TextEditor editor;

        Verbs(Console console, TextEditor editor) {
            this.console = console;
            this.editor = editor;
        }

        @Command(description = "Write a new note.")
        void add(
                @Parameters(paramLabel = "TITLE") String title,
                @Parameters(arity = "0..1", paramLabel = "FILE", description = "Its text; - for standard input.")
                        Optional<String> file,
                @Option(names = "--edit", description = "Write its text in $EDITOR.") boolean edit,
                @Option(names = "--public", description = "For all members of the organization.") boolean open,
                @Option(names = "--due", paramLabel = "MOMENT", description = "Such as 2026-06-01T12:00:00Z.")
                        Optional<String> due,
                @Option(names = "--status", paramLabel = "STATUS", description = "Such as ToDo.")
                        Optional<String> status,
                @Option(names = "--bookmark", paramLabel = "ADDRESS", description = "The page that it is about.")
                        Optional<String> address,
                @Option(names = "--tag", paramLabel = "TAG", description = "A tag; may be given several times.")
                        List<String> tags,
                @Option(names = "--notebook", paramLabel = "NOTEBOOK", description = "Where it will lie.")
                        Optional<String> notebook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Optional<String> written = file.map(name -> NoteFiles.read(console, name));
            String body = edit ? NoteFiles.edited(editor, written.orElse("")) : written.orElse("");
            var draft = new LinkedHashMap<String, Object>();
            draft.put("title", title);
            draft.put("body", body);
            draft.put("access", open ? "Public" : "Private");
            due.ifPresent(it -> draft.put("due", it));
            status.ifPresent(it -> draft.put("status", it));
            address.ifPresent(it -> draft.put("url", it));
            draft.put("tags", tags == null ? List.of() : tags);
            Remote server = console.server();
            notebook.ifPresent(it -> draft.put("notebook", NotebookCommands.id(server, org, it)));
            JsonNode note = server.post(NOTES + query(org), draft).json();
            console.show(note, () -> console.line(text(note, "slug")));
        }

        @Command(description = "List notes: the pinned ones, then what was written last.")
        void list(
                @Option(names = "--kind", paramLabel = "KIND", description = "Bookmark, Task, Event, Journal or Note.")
                        Optional<String> kind,
                @Option(names = "--status", paramLabel = "STATUS", description = "Such as ToDo.")
                        Optional<String> status,
                @Option(names = "--tag", paramLabel = "TAG", description = "This tag, or one below it.")
                        Optional<String> tag,
                @Option(names = "--notebook", paramLabel = "NOTEBOOK", description = "This one, or one in it.")
                        Optional<String> notebook,
                @Option(names = "--mine", description = "Only those that you created.") boolean mine,
                @Option(names = "--due", description = "Only what is due, the first first.") boolean due,
                @Option(names = "--trash", description = "Those in the trash.") boolean trash,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            String path = trash ? "/api/notes/trash" : mine ? NOTES + "/mine" : NOTES;
            Remote server = console.server();
            var query = new Query()
                    .with("organization", org)
                    .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                    .with("kind", kind)
                    .with("status", status)
                    .with("tag", tag);
            List<JsonNode> items =
                    server.items(path + query.with("order", due ? Optional.of("due") : Optional.empty()), MOST);
            showNotes(console, items);
        }

        static void showNotes(Console console, List<JsonNode> items) {
            console.show(items, () -> {
                Table table = Table.of("There are no notes here yet.", "NOTE", "KIND", "STATUS", "DUE", "TAGS");
                items.forEach(it -> table.row(
                        text(it, "title"),
                        text(it, "kind"),
                        new Table.Cell(text(it, "status"), style(text(it, "status"))),
                        text(it, "due"),
                        String.join(" ", tags(it))));
                console.table(table);
            });
        }

        @Command(description = "Print the text of a note.")
        void show(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--version", paramLabel = "NUMBER", description = "As this version left it.")
                        Optional<Integer> version,
                @Option(names = "--at", paramLabel = "MOMENT", description = "As it was then.") Optional<String> at,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            Meant meant = meant(server, org, note);
            String path =
                    version.map(number -> meant.path("/versions/" + number)).orElseGet(() -> meant.path("", at));
            JsonNode shown = server.get(path).json();
            console.show(shown, () -> console.line(printable(shown.path("body").asString(""))));
        }

        /** A text as it was typed, so that it can be piped on, but without what would steer a terminal. */
        private static String printable(String body) {
            String lines = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
            return lines.codePoints()
                    .map(it -> Character.isISOControl(it) && it != '\n' && it != '\r' && it != '\t' ? ' ' : it)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        @Command(description = "Change the text of a note, in $EDITOR or by a file.")
        void edit(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(arity = "0..1", paramLabel = "FILE", description = "Its new text; - for standard input.")
                        Optional<String> file,
                @Option(names = "--title", paramLabel = "TITLE", description = "Its new title.") Optional<String> title,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            String path = meant(server, org, note).path();
            Reply before = server.get(path);
            String old = before.json().path("body").asString("");
            String body = file.map(name -> NoteFiles.read(console, name))
                    .orElseGet(() -> title.isPresent() ? old : NoteFiles.edited(editor, old));
            Map<String, Object> draft = NoteFiles.draft(before.json());
            draft.put("body", body);
            title.ifPresent(it -> draft.put("title", it));
            JsonNode saved = NoteFiles.kept(
                    body,
                    () -> server.send(
                                    "PUT",
                                    path,
                                    Map.of("If-Match", before.etag().orElse("*")),
                                    Optional.of(draft))
                            .json());
            console.show(
                    saved,
                    () -> console.line(
                            "Version " + text(saved, "number") + " of " + text(saved, "title") + " is saved."));
        }

        @Command(description = "Have yourself reminded of a note.")
        void remind(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--at", paramLabel = "TIME", description = "Local time, such as 2026-06-01T09:00.")
                        Optional<String> at,
                @Option(names = "--zone", paramLabel = "ZONE", description = "Such as Europe/Berlin; usually yours.")
                        Optional<String> zone,
                @Option(names = "--repeat", paramLabel = "RULE", description = "Such as FREQ=WEEKLY;BYDAY=MO.")
                        Optional<String> repeat,
                @Option(names = "--before", paramLabel = "MINUTES", description = "Before it is due.")
                        Optional<Integer> before,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            if (at.isPresent() == before.isPresent()) {
                throw CommandFailure.usage("Say when, by either --at or --before.");
            }
            Remote server = console.server();
            var draft = new LinkedHashMap<String, Object>();
            at.ifPresent(it -> draft.put("at", it));
            before.ifPresent(it -> draft.put("minutesBefore", it));
            repeat.ifPresent(it -> draft.put("repeats", it));
            draft.put("zone", zone.orElseGet(() -> ZoneId.systemDefault().getId()));
            JsonNode set = server.post(meant(server, org, note).path("/reminders"), draft)
                    .json();
            console.show(
                    set,
                    () -> console.line("You are reminded of " + text(set, "title") + " at " + text(set, "next") + "."));
        }

        @Command(description = "List your reminders: those that ring, then by their next time.")
        void reminders() {
            List<JsonNode> items = console.server()
                    .get("/api/notes/reminders")
                    .json()
                    .path("items")
                    .valueStream()
                    .toList();
            console.show(items, () -> {
                Table table = Table.of("There is nothing to remember.", "ID", "NOTE", "RANG", "NEXT", "AGAIN");
                items.forEach(it -> table.row(
                        text(it, "id"), text(it, "title"), text(it, "rang"), text(it, "next"), text(it, "repeats")));
                console.table(table);
            });
        }

        @Command(description = "Answer a reminder that rings, or cancel one.")
        void reminded(
                @Parameters(paramLabel = "REMINDER", description = "Its id, as leat notes reminders shows it.")
                        String reminder,
                @Option(names = "--snooze", paramLabel = "MINUTES", description = "Puts it off.")
                        Optional<Integer> minutes,
                @Option(names = "--cancel", description = "It does not ring again.") boolean cancel) {
            Remote server = console.server();
            String note = server.get("/api/notes/reminders")
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(it -> text(it, "id").equals(reminder))
                    .map(it -> text(it, "note"))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.REFUSED, "reminder.absent", "You have no such reminder.", List.of()));
            String path = NOTES + "/" + note + "/reminders/" + encoded(reminder);
            if (cancel) {
                server.delete(path);
            } else if (minutes.isPresent()) {
                server.put(path + "/snooze", Map.of("minutes", minutes.get()));
            } else {
                server.put(path + "/done", Map.of());
            }
            String said = cancel ? "It is cancelled." : minutes.isPresent() ? "It is put off." : "It is done.";
            console.show(Map.of("reminder", reminder), () -> console.line(said));
        }

        @Command(description = "Search titles, tags and texts.")
        void search(
                @Parameters(arity = "1..*", paramLabel = "WORD", description = "\"a phrase\", or -not this.")
                        List<String> words,
                @Option(names = "--notebook", paramLabel = "NOTEBOOK", description = "This one, or one in it.")
                        Optional<String> notebook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            List<JsonNode> items = server.items(
                    "/api/notes/search"
                            + new Query()
                                    .with("organization", org)
                                    .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                                    .with("q", Optional.of(String.join(" ", words))),
                    MOST_HITS);
            showHits(console, items);
        }

        static void showHits(Console console, List<JsonNode> items) {
            console.show(items, () -> {
                Table table = Table.of("No note has that.", "NOTE", "FOUND");
                items.forEach(it -> table.row(
                        text(it.path("note"), "title"),
                        pieces(it.path("snippet")).strip()));
                console.table(table);
            });
        }

        @Command(description = "Put a note into a notebook, or out of the one that it lies in.")
        void move(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(arity = "0..1", paramLabel = "NOTEBOOK", description = NotebookCommands.NOTEBOOK)
                        Optional<String> notebook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            String path = meant(server, org, note).path("/notebook");
            JsonNode moved = notebook.map(
                            it -> server.put(path, Map.of("notebook", NotebookCommands.id(server, org, it))))
                    .orElseGet(() -> server.delete(path))
                    .json();
            console.show(
                    moved,
                    () -> console.line(text(moved, "title")
                            + (notebook.isPresent() ? " lies in " + notebook.get() + "." : " lies in no notebook.")));
        }

        @Command(description = "Mark a note as completed.")
        void done(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            JsonNode moved = server.put(meant(server, org, note).path("/status"), Map.of("status", "Completed"))
                    .json();
            console.show(moved, () -> console.line(text(moved, "title") + " is completed."));
        }

        @Command(description = "List who wrote which version of a note when.")
        void history(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            List<JsonNode> items = server.items(meant(server, org, note).path("/versions"), MOST);
            console.show(items, () -> {
                var names = new PeopleNames(server);
                Table table = Table.of("There are no versions.", "VERSION", "WRITTEN", "BY", "TITLE", "RESTORES");
                items.forEach(it -> table.row(
                        text(it, "number"),
                        text(it, "at"),
                        names.of(text(it, "by")),
                        text(it, "title"),
                        it.path("restores").asString("")));
                console.table(table);
            });
        }

        @Command(description = "Make an old version of a note the newest, or take a note out of the trash.")
        void restore(
                @Parameters(paramLabel = "NOTE", description = NOTE + " In the trash, its id or slug.") String note,
                @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The old version.")
                        Optional<Integer> version,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            Meant meant = meant(server, org, note);
            JsonNode restored = version.map(number -> server.post(meant.path("/versions"), Map.of("restores", number)))
                    .orElseGet(() -> server.delete(meant.path("/trash")))
                    .json();
            console.show(
                    restored,
                    () -> console.line(
                            text(restored, "title") + " is as version " + text(restored, "number") + " says."));
        }

        @Command(description = "Attach files to a note; prints how its text speaks of them.")
        void attach(
                @Parameters(index = "0", paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files.")
                        List<Path> files,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            Meant meant = meant(server, org, note);
            List<JsonNode> attached = NoteFiles.attach(
                    console,
                    files,
                    (name, bytes) -> server.send(
                                    "POST",
                                    meant.path("/attachments", new Query().with("name", Optional.of(name))),
                                    Map.of("Content-Type", "application/octet-stream"),
                                    Optional.of(bytes))
                            .json());
            console.show(
                    attached, () -> attached.forEach(it -> console.line("attachment:" + encoded(text(it, "name")))));
        }

        @Command(
                name = "export",
                description = "Write all notes that you see, with their files, into a zip of Markdown files.")
        void exportAll(
                @Parameters(paramLabel = "FILE", description = "A new file.") Path file,
                @Option(names = "--mine", description = "Only those that you created.") boolean mine,
                @Option(names = "--notebook", paramLabel = "NOTEBOOK", description = "This one, or one in it.")
                        Optional<String> notebook,
                @Option(names = "--tag", paramLabel = "TAG", description = "Only what has it, or one below it.")
                        Optional<String> tag,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            String query = new Query()
                    .with("organization", org)
                    .with("mine", mine ? Optional.of("true") : Optional.empty())
                    .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                    .with("tag", tag)
                    .toString();
            int notes = new NoteTransfer(console, server).write(file, query);
            console.show(
                    Map.of("notes", notes, "file", file.toString()),
                    () -> console.line(notes + (notes == 1 ? " note is" : " notes are") + " in " + file + "."));
        }

        @Command(
                name = "import",
                description = "Take in notes from a zip of Markdown files, an ENEX of Evernote or a JEX of Joplin.")
        int importAll(
                @Parameters(paramLabel = "FILE", description = "A .zip, .enex or .jex; its bytes tell which.")
                        Path file,
                @Option(names = "--dry-run", description = "Say what would come in, and keep nothing.") boolean dry,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            JsonNode end = new NoteTransfer(console, console.server()).read(file, query(org), dry);
            console.show(end, () -> {
                end.path("why").forEach(it -> console.line("left out: " + text(it, "name") + ": " + text(it, "why")));
                int more = end.path("leftOut").asInt() - end.path("why").size();
                if (more > 0) {
                    console.line("left out: " + more + " more");
                }
                console.line(summary(end, dry));
            });
            return end.path("leftOut").asInt() == 0 ? ExitCode.OK.number() : ExitCode.REFUSED.number();
        }

        private static String summary(JsonNode end, boolean dry) {
            int notes = end.path("notes").asInt();
            int files = end.path("files").asInt();
            int known = end.path("known").asInt();
            return Labels.counted(notes, "note")
                    + (files == 0 ? "" : " with " + Labels.counted(files, "file"))
                    + (dry ? " would come in" : " came in")
                    + (known == 0 ? "." : "; " + known + (known == 1 ? " is" : " are") + " here already.");
        }

        // --- finding -----------------------------------------------------------------------------------------------

        /** A note in the words of the interface; what stands behind the question mark tells whose slug it is. */
        record Meant(String name, Optional<String> org) {
            String path() {
                return path("");
            }

            /** @param part of the note, such as {@code /versions} */
            String path(String part) {
                return path(part, Optional.empty());
            }

            String path(String part, Optional<String> at) {
                return path(part, new Query().with("at", at));
            }

            String path(String part, Query query) {
                return NOTES + "/" + encoded(name) + part + query.with("organization", org);
            }
        }

        static Meant meant(Remote server, Optional<String> org, String note) {
            boolean isNamed = note.matches("[0-9A-HJKMNP-TV-Z]{13}|[0-9]{4}-[0-9]{2}-[0-9]{2}-.+");
            return new Meant(isNamed ? note : text(titled(server, org, note), "id"), org);
        }

        private static JsonNode titled(Remote server, Optional<String> org, String title) {
            List<JsonNode> found =
                    server
                            .items(NOTES + new Query().with("organization", org).with("q", Optional.of(title)), MOST)
                            .stream()
                            .filter(it -> it.path("title").asString("").equalsIgnoreCase(title))
                            .toList();
            if (found.size() > 1) {
                throw CommandFailure.usage("Several notes are called \"" + title + "\"; say which by its slug: "
                        + String.join(
                                ", ", found.stream().map(it -> text(it, "slug")).toList()) + ".");
            }
            return found.stream()
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.REFUSED, "note.absent", "You see no note \"" + title + "\".", List.of()));
        }

        private static String query(Optional<String> org) {
            return new Query().with("organization", org).toString();
        }

        static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        // --- words -------------------------------------------------------------------------------------------------

        private static Style style(String status) {
            return switch (status) {
                case "Completed" -> Style.GREEN;
                case "Doing", "Review" -> Style.AMBER;
                default -> Style.DIM;
            };
        }

        private static List<String> tags(JsonNode note) {
            return note.path("tags")
                    .valueStream()
                    .map(it -> plain(it.asString("")))
                    .toList();
        }

        private static String pieces(JsonNode snippet) {
            var line = new StringBuilder();
            snippet.forEach(it -> line.append(it.path("text").asString("")));
            return plain(line.toString());
        }

        static String text(JsonNode node, String member) {
            return plain(node.path(member).asString(""));
        }

        /** What came from a server must not steer the terminal. */
        static String plain(String text) {
            return text.codePoints()
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
