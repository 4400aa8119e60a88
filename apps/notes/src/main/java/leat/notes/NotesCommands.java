package leat.notes;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.cli.CommandFailure;
import leat.cli.CommandGroup;
import leat.cli.Console;
import leat.cli.ExitCode;
import leat.cli.Remote;
import leat.cli.Reply;
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

    /** Of the option that names an organization. */
    static final String ORG = "Its organization, when you are in several.";

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

    /** The verbs; each is one or two requests and what they say to a person. */
    @Command(name = "notes", description = "Write, find and restore notes.")
    static final class Verbs {
        private static final String NOTE = "Its id, its slug, or its title.";

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
            JsonNode note = server.post(NamedNote.NOTES + QueryString.ofOrganization(org), draft)
                    .json();
            console.show(note, () -> console.line(Plain.text(note, "slug")));
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
            String path = trash ? "/api/notes/trash" : mine ? NamedNote.NOTES + "/mine" : NamedNote.NOTES;
            Remote server = console.server();
            var query = QueryString.ofOrganization(org)
                    .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                    .with("kind", kind)
                    .with("status", status)
                    .with("tag", tag);
            List<JsonNode> items =
                    server.items(path + query.with("order", due ? Optional.of("due") : Optional.empty()), MOST);
            NoteTables.show(console, items);
        }

        @Command(description = "Print the text of a note.")
        void show(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--version", paramLabel = "NUMBER", description = "As this version left it.")
                        Optional<Integer> version,
                @Option(names = "--at", paramLabel = "MOMENT", description = "As it was then.") Optional<String> at,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            NamedNote meant = NamedNote.of(server, org, note);
            String path = version.map(number -> meant.path("/versions/" + number))
                    .orElseGet(() -> meant.path("", new QueryString().with("at", at)));
            JsonNode shown = server.get(path).json();
            console.show(
                    shown, () -> console.line(Plain.lines(shown.path("body").asString(""))));
        }

        @Command(description = "Change the text of a note, in $EDITOR or by a file.")
        void edit(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(arity = "0..1", paramLabel = "FILE", description = "Its new text; - for standard input.")
                        Optional<String> file,
                @Option(names = "--title", paramLabel = "TITLE", description = "Its new title.") Optional<String> title,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            String path = NamedNote.of(server, org, note).path();
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
                    () -> console.line("Version " + Plain.text(saved, "number") + " of " + Plain.text(saved, "title")
                            + " is saved."));
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
            JsonNode set = server.post(NamedNote.of(server, org, note).path("/reminders"), draft)
                    .json();
            console.show(
                    set,
                    () -> console.line("You are reminded of " + Plain.text(set, "title") + " at "
                            + Plain.text(set, "next") + "."));
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
                        Plain.text(it, "id"),
                        Plain.text(it, "title"),
                        Plain.text(it, "rang"),
                        Plain.text(it, "next"),
                        Plain.text(it, "repeats")));
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
                    .filter(it -> Plain.text(it, "id").equals(reminder))
                    .map(it -> Plain.text(it, "note"))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.REFUSED, "reminder.absent", "You have no such reminder.", List.of()));
            String path = NamedNote.NOTES + "/" + note + "/reminders/" + QueryString.encoded(reminder);
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
                            + new QueryString()
                                    .with("organization", org)
                                    .with("notebook", notebook.map(it -> NotebookCommands.id(server, org, it)))
                                    .with("q", Optional.of(String.join(" ", words))),
                    MOST_HITS);
            NoteTables.showHits(console, items);
        }

        @Command(description = "Put a note into a notebook, or out of the one that it lies in.")
        void move(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(arity = "0..1", paramLabel = "NOTEBOOK", description = NotebookCommands.NOTEBOOK)
                        Optional<String> notebook,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            String path = NamedNote.of(server, org, note).path("/notebook");
            JsonNode moved = notebook.map(
                            it -> server.put(path, Map.of("notebook", NotebookCommands.id(server, org, it))))
                    .orElseGet(() -> server.delete(path))
                    .json();
            console.show(
                    moved,
                    () -> console.line(Plain.text(moved, "title")
                            + (notebook.isPresent() ? " lies in " + notebook.get() + "." : " lies in no notebook.")));
        }

        @Command(description = "Mark a note as completed.")
        void done(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            JsonNode moved = server.put(NamedNote.of(server, org, note).path("/status"), Map.of("status", "Completed"))
                    .json();
            console.show(moved, () -> console.line(Plain.text(moved, "title") + " is completed."));
        }

        @Command(description = "List who wrote which version of a note when.")
        void history(
                @Parameters(paramLabel = "NOTE", description = NOTE) String note,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            List<JsonNode> items = server.items(NamedNote.of(server, org, note).path("/versions"), MOST);
            console.show(items, () -> {
                var names = new PeopleNames(server);
                Table table = Table.of("There are no versions.", "VERSION", "WRITTEN", "BY", "TITLE", "RESTORES");
                items.forEach(it -> table.row(
                        Plain.text(it, "number"),
                        Plain.text(it, "at"),
                        names.of(Plain.text(it, "by")),
                        Plain.text(it, "title"),
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
            NamedNote meant = NamedNote.of(server, org, note);
            JsonNode restored = version.map(number -> server.post(meant.path("/versions"), Map.of("restores", number)))
                    .orElseGet(() -> server.delete(meant.path("/trash")))
                    .json();
            console.show(
                    restored,
                    () -> console.line(Plain.text(restored, "title") + " is as version "
                            + Plain.text(restored, "number") + " says."));
        }

        @Command(description = "Attach files to a note; prints how its text speaks of them.")
        void attach(
                @Parameters(index = "0", paramLabel = "NOTE", description = NOTE) String note,
                @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files.")
                        List<Path> files,
                @Option(names = "--org", paramLabel = "NAME", description = ORG) Optional<String> org) {
            Remote server = console.server();
            NamedNote meant = NamedNote.of(server, org, note);
            List<JsonNode> attached = NoteFiles.attach(
                    console,
                    files,
                    (name, bytes) -> server.send(
                                    "POST",
                                    meant.path("/attachments", new QueryString().with("name", Optional.of(name))),
                                    Map.of("Content-Type", "application/octet-stream"),
                                    Optional.of(bytes))
                            .json());
            console.show(
                    attached,
                    () -> attached.forEach(
                            it -> console.line("attachment:" + QueryString.encoded(Plain.text(it, "name")))));
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
            String query = QueryString.ofOrganization(org)
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
            JsonNode end = new NoteTransfer(console, console.server())
                    .read(file, QueryString.ofOrganization(org).toString(), dry);
            console.show(end, () -> {
                end.path("why")
                        .forEach(it ->
                                console.line("left out: " + Plain.text(it, "name") + ": " + Plain.text(it, "why")));
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
    }
}
