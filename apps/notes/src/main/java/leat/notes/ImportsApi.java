package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.kernel.Json;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;

/** The HTTP interface of imports and of export. */
final class ImportsApi {
    private static final String IMPORTS = "/api/notes/imports";
    private static final String IMPORT = IMPORTS + "/{import}";

    private final Imports imports;
    private final Exporting exporting;

    ImportsApi(Imports imports, Exporting exporting) {
        this.imports = imports;
        this.exporting = exporting;
    }

    List<Route> table() {
        return List.of(
                Route.post(IMPORTS, Access.signedIn(), this::begin)
                        .summary(
                                "Begin to import a file: a zip of Markdown files, an ENEX of Evernote, a JEX of Joplin.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .takes(Beginning.class)
                        .answers(201, Told.class)
                        .refuses("organization.absent", "organization.needed", "import.name", "import.many"),
                Route.get(IMPORTS, Access.signedIn(), this::list)
                        .summary("List the caller's last imports, the newest first.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(Listed.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.get(IMPORT, Access.signedIn(), this::read)
                        .summary("Read how far an import is, and what it left out.")
                        .answers(Told.class)
                        .refuses("import.absent"),
                Route.get(IMPORT + "/events", Access.signedIn(), this::follow)
                        .summary("Follow how far an import is, by events \"import\", until it stands still.")
                        .answers("text/event-stream")
                        .refuses("import.absent"),
                Route.put(IMPORT + "/parts/{number}", Access.signedIn(), this::add)
                        .summary("Send a part of the file, as bytes; the first is number 0.")
                        .bodyUpTo(Import.MAX_PART_BYTES)
                        .answers(Told.class)
                        .refuses(
                                "import.absent",
                                "import.part-size",
                                "import.too-large",
                                "import.part-order",
                                "import.part-there",
                                "import.started"),
                Route.put(IMPORT + "/run", Access.signedIn(), this::run)
                        .summary("Read the file: to see what would be taken, or to take it.")
                        .takes(Running.class)
                        .answers(202, Told.class)
                        .refuses("import.absent", "import.empty", "import.running", "import.over"),
                Route.delete(IMPORT, Access.signedIn(), this::cancel)
                        .summary("Cancel an import; the notes that it has taken stay.")
                        .answers(Told.class)
                        .refuses("import.absent"),
                NotesApi.narrowed(Route.get("/api/notes/export", Access.signedIn(), this::export)
                        .summary("Read all notes that the caller sees, with their files, as a zip of Markdown files.")
                        .query("mine", "true for only those that the caller created.")
                        .query("q", "Only those with this in their titles, in whatever case.")
                        .answers("application/zip")));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /** @param name of the file */
    record Beginning(String name) {}

    /** @param dryRun whether nothing is to be kept */
    record Running(boolean dryRun) {}

    /**
     * An import as it stands.
     *
     * @param size in bytes, of what has come
     * @param parts that have come
     * @param stage {@code Uploading}, {@code Running}, {@code Done}, {@code Failed} or {@code Cancelled}
     * @param dryRun whether the last run keeps nothing
     * @param expected notes in the file, as the last dry run has found; 0 where none has
     * @param notes that are taken, or would be
     * @param notebooks that are made for them
     * @param tags that they have, each once
     * @param files that are attached to them
     * @param known notes that were taken from such a file before
     * @param leftOut how much is not taken
     * @param why the first of what is not taken, once the run is over
     */
    record Told(
            String id,
            String name,
            long size,
            int parts,
            String stage,
            boolean dryRun,
            int expected,
            int notes,
            int notebooks,
            int tags,
            int files,
            int known,
            int leftOut,
            Optional<String> failure,
            List<Import.LeftOut> why) {
        static Told of(Imports.Found found) {
            Import.Begun it = found.it();
            return new Told(
                    found.id(),
                    it.name(),
                    it.size(),
                    it.parts().size(),
                    Words.of(it.stage()),
                    it.dryRun(),
                    it.expected(),
                    it.counts().notes(),
                    it.counts().notebooks(),
                    it.counts().tags(),
                    it.counts().files(),
                    it.counts().known(),
                    it.counts().leftOut(),
                    it.report().failure(),
                    it.report().leftOut());
        }
    }

    record Listed(List<Told> items) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response begin(Request request) {
        String organization =
                imports.notes().organizations().of(request, Role.EDITOR).id();
        Imports.Found begun = imports.begin(
                request, organization, request.json(Beginning.class).name());
        return Response.created(IMPORTS + "/" + begun.id(), Told.of(begun));
    }

    Response list(Request request) {
        String organization =
                imports.notes().organizations().of(request, Role.VIEWER).id();
        return Response.ok(new Listed(imports.of(request, organization).stream()
                .map(it -> Told.of(it.found()))
                .toList()));
    }

    Response read(Request request) {
        return Response.ok(Told.of(found(request)));
    }

    Response add(Request request) {
        Imports.Found found = found(request);
        String number = request.parameter("number");
        int part = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
        return Response.ok(Told.of(imports.add(request, found, part, request.body())));
    }

    Response run(Request request) {
        Imports.Found found = found(request);
        return Response.accepted(
                Told.of(imports.run(request, found, request.json(Running.class).dryRun())));
    }

    Response cancel(Request request) {
        return Response.ok(Told.of(imports.cancel(request, found(request))));
    }

    Response follow(Request request) {
        Imports.Found first = found(request);
        return Response.events(sink -> imports.follow(request, first.id(), sink, now -> {
            sink.send("", "import", Json.text(Told.of(now)));
            if (now.it().stage() != Import.Stage.RUNNING) {
                sink.close();
            }
        }));
    }

    private Imports.Found found(Request request) {
        return imports.find(request, request.parameter("import"));
    }

    Response export(Request request) {
        return exporting.zip(
                request,
                imports.notes().organizations().of(request, Role.VIEWER).id(),
                filter(request));
    }

    /** What of the notes is exported. */
    static NoteFilter filter(Request request) {
        NoteFilter filter = NoteQuery.of(request, NoteFilter.ALL);
        return request.query("mine").filter("true"::equals).isPresent() ? filter.by(Sender.person(request)) : filter;
    }
}
