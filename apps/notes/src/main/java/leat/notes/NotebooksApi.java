package leat.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal.Violation;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The HTTP interface of notebooks, and of where notes lie. */
final class NotebooksApi {
    private static final String NOTEBOOKS = "/api/notes/notebooks";
    private static final String NOTEBOOK = NOTEBOOKS + "/{" + Notebooks.PARAMETER + "}";

    private final Notes notes;
    private final Notebooks notebooks;

    NotebooksApi(Notes notes) {
        this.notes = notes;
        this.notebooks = notes.notebooks();
    }

    List<Route> table() {
        return List.of(
                Route.get(NOTEBOOKS, Access.signedIn(), this::list)
                        .summary("List the notebooks that the caller sees, by name.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .query("removed", "true for those that can be recovered instead.")
                        .answers(Listed.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.post(NOTEBOOKS, Access.signedIn(), this::create)
                        .summary("Create a notebook, to a depth of " + Notebook.MAX_DEPTH + " within each other.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .takes(Draft.class)
                        .answers(201, Shown.class)
                        .refuses(
                                "organization.absent",
                                "organization.needed",
                                "notebook.invalid",
                                "notebook.taken",
                                "notebook.many"),
                Route.get(NOTEBOOK, notebooks.may(Right.READ), this::get)
                        .summary("Read a notebook.")
                        .answers(Shown.class)
                        .refuses("notebook.absent"),
                Route.put(NOTEBOOK, notebooks.may(Right.WRITE), this::change)
                        .summary("Rename, move, colour, open or close a notebook; what is left out stays.")
                        .takes(Draft.class)
                        .answers(Shown.class)
                        .refuses(
                                "notebook.absent",
                                "notebook.invalid",
                                "notebook.taken",
                                "notebook.not-yours",
                                "notebook.removed",
                                "version.stale"),
                Route.delete(NOTEBOOK, notebooks.may(Right.REMOVE), this::remove)
                        .summary("Remove a notebook; until it is recovered, what lies in it lies in the one above.")
                        .answers(Shown.class)
                        .refuses("notebook.absent", "notebook.not-yours"),
                Route.delete(NOTEBOOK + "/removal", notebooks.may(Right.REMOVE), this::recover)
                        .summary("Recover a notebook that was removed, with all that lay in it.")
                        .answers(Shown.class)
                        .refuses("notebook.absent", "notebook.taken", "notebook.not-yours"),
                Route.put("/api/notes/notes/{id}/notebook", notes.may(Right.REMOVE), this::file)
                        .summary("Put a note into a notebook.")
                        .takes(Filing.class)
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "note.invalid"),
                Route.delete("/api/notes/notes/{id}/notebook", notes.may(Right.REMOVE), this::unfile)
                        .summary("Take a note out of its notebook.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /**
     * A new notebook is private, without a colour, and in no other where nothing is said.
     *
     * @param parent in which it lies; an empty text for none
     * @param color six hexadecimal digits; an empty text for none
     * @param access {@code Private} or {@code Public}
     */
    record Draft(Optional<String> name, Optional<String> parent, Optional<String> color, Optional<String> access) {}

    record Filing(Optional<String> notebook) {}

    record Listed(List<Shown> items) {}

    /**
     * @param parent the notebook in which it lies, if the reader sees that one
     * @param version as its ETag has it
     */
    record Shown(
            String id,
            String organization,
            String author,
            String name,
            Optional<String> parent,
            Optional<String> color,
            String access,
            boolean removed,
            long version) {}

    // --- notebooks -----------------------------------------------------------------------------------------------

    Response list(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        boolean removed = request.query("removed").filter("true"::equals).isPresent();
        List<NotebookList.Item> seen = notebooks.in(request, organization);
        List<String> ids = seen.stream().map(NotebookList.Item::id).toList();
        return Response.ok(new Listed((removed ? notebooks.removed(request, organization) : seen)
                .stream()
                        .map(it -> new Shown(
                                it.id(),
                                it.organization(),
                                NoteJson.userId(it.author()),
                                it.name(),
                                it.parent().filter(ids::contains),
                                it.color(),
                                Words.of(it.access()),
                                it.removed(),
                                it.version()))
                        .toList()));
    }

    Response create(Request request) {
        String organization = notes.organizations().of(request, Role.EDITOR).id();
        var blank = new Notebook.Draft("", Optional.empty(), Optional.empty(), Content.Access.PRIVATE);
        Notebooks.Found found = notebooks.create(request, organization, draft(request.json(Draft.class), blank));
        return Response.created(NOTEBOOKS + "/" + found.id(), shown(request, found))
                .etag(found.version());
    }

    Response get(Request request) {
        return answered(request, notebooks.find(request));
    }

    Response change(Request request) {
        Notebooks.Found found = notebooks.find(request);
        return answered(
                request,
                notebooks.change(request, found, draft(request.json(Draft.class), Notebook.of(found.notebook()))));
    }

    Response remove(Request request) {
        return told(request, new Notebook.Command.Remove());
    }

    Response recover(Request request) {
        return told(request, new Notebook.Command.Recover());
    }

    // --- notes ---------------------------------------------------------------------------------------------------

    Response file(Request request) {
        String notebook = request.json(Filing.class).notebook().orElse("");
        return filed(notes.file(request, notes.find(request), Optional.of(notebook)));
    }

    Response unfile(Request request) {
        return filed(notes.file(request, notes.find(request), Optional.empty()));
    }

    private static Response filed(Notes.Found note) {
        return Response.ok(NoteJson.whole(note)).etag(note.version());
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    /** What is meant by a draft, with what it leaves out as it was. */
    static Notebook.Draft draft(Draft draft, Notebook.Draft before) {
        Optional<Content.Access> access = draft.access().flatMap(it -> Words.read(Content.Access.class, it));
        var meant = new Notebook.Draft(
                draft.name().map(String::strip).orElse(before.name()),
                draft.parent().map(NotebooksApi::unlessEmpty).orElse(before.parent()),
                draft.color().map(NotebooksApi::unlessEmpty).orElse(before.color()),
                access.orElse(before.access()));
        if (draft.access().isPresent() && access.isEmpty()) {
            var wrong = new ArrayList<>(Notebook.violations(meant));
            wrong.add(new Violation("access", "access.unknown", "Use one of Private, Public."));
            throw Notebook.invalid(wrong).asException();
        }
        return meant;
    }

    private static Optional<String> unlessEmpty(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    private Response told(Request request, Notebook.Command command) {
        return answered(request, notebooks.tell(request, notebooks.find(request), command));
    }

    private Response answered(Request request, Notebooks.Found found) {
        return Response.ok(shown(request, found)).etag(found.version());
    }

    private Shown shown(Request request, Notebooks.Found found) {
        Notebook.Kept it = found.notebook();
        return new Shown(
                found.id(),
                it.organization(),
                NoteJson.userId(it.author()),
                it.name(),
                it.parent().filter(above -> notebooks.seen(request, above).isPresent()),
                it.color(),
                Words.of(it.access()),
                found.removed(),
                found.version());
    }
}
