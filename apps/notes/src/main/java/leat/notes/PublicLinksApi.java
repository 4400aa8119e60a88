package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** The HTTP interface of public links, for the authors of what they show. */
final class PublicLinksApi {
    /** How long a link lasts when nothing is said. */
    static final int USUAL_DAYS = 30;

    private static final String NOTE = "/api/notes/notes/{id}/links";
    private static final String NOTEBOOK = "/api/notes/notebooks/{notebook}/links";

    private final Notes notes;
    private final PublicLinks links;

    PublicLinksApi(PublicLinks links) {
        this.notes = links.notes();
        this.links = links;
    }

    List<Route> table() {
        return List.of(
                Route.get(NOTE, notes.may(Right.SHARE), this::ofNote)
                        .summary("List the public links of a note that are not revoked, the newest first.")
                        .answers(Listed.class)
                        .refuses("note.absent"),
                Route.post(NOTE, notes.may(Right.SHARE), this::openNote)
                        .summary("Make a public link to a note; its address is told this once.")
                        .takes(Draft.class)
                        .answers(201, Made.class)
                        .refuses("note.absent", "link.invalid", "link.many", "link.made"),
                Route.delete(NOTE + "/{link}", notes.may(Right.SHARE), this::closeNote)
                        .summary("Revoke a public link; its address shows nothing from now on.")
                        .answers(204)
                        .refuses("note.absent", "link.absent"),
                Route.get(NOTEBOOK, notes.notebooks().may(Right.SHARE), this::ofNotebook)
                        .summary("List the public links of a notebook that are not revoked, the newest first.")
                        .answers(Listed.class)
                        .refuses("notebook.absent"),
                Route.post(NOTEBOOK, notes.notebooks().may(Right.SHARE), this::openNotebook)
                        .summary("Make a public link to those notes of a notebook that the caller wrote.")
                        .takes(Draft.class)
                        .answers(201, Made.class)
                        .refuses("notebook.absent", "link.invalid", "link.many", "link.made"),
                Route.delete(NOTEBOOK + "/{link}", notes.notebooks().may(Right.SHARE), this::closeNotebook)
                        .summary("Revoke a public link; its address shows nothing from now on.")
                        .answers(204)
                        .refuses("notebook.absent", "link.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /** @param days for which it lasts, 1 to 366; usually 30 */
    record Draft(Optional<Integer> days) {}

    /** @param path the address within this Leat, with its secret */
    record Made(String id, String path, Instant until) {}

    record Listed(List<Shown> items) {}

    record Shown(String id, Instant madeAt, Instant until) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response ofNote(Request request) {
        return listed(notes.findAnywhere(request).id());
    }

    Response openNote(Request request) {
        Notes.Found note = notes.find(request);
        return made(
                request,
                note.note().identity().organization(),
                new PublicLink.Target(PublicLink.Target.Kind.NOTE, note.id()));
    }

    Response closeNote(Request request) {
        links.revoke(request, notes.findAnywhere(request).id(), request.parameter("link"));
        return Response.noContent();
    }

    Response ofNotebook(Request request) {
        return listed(notes.notebooks().find(request).id());
    }

    Response openNotebook(Request request) {
        Notebooks.Found notebook = notes.notebooks().find(request);
        return made(
                request,
                notebook.notebook().organization(),
                new PublicLink.Target(PublicLink.Target.Kind.NOTEBOOK, notebook.id()));
    }

    Response closeNotebook(Request request) {
        links.revoke(request, notes.notebooks().find(request).id(), request.parameter("link"));
        return Response.noContent();
    }

    private Response listed(String target) {
        return Response.ok(new Listed(links.of(target).stream()
                .map(it -> new Shown(it.id(), it.madeAt(), it.until()))
                .toList()));
    }

    private Response made(Request request, String organization, PublicLink.Target target) {
        int days = request.json(Draft.class).days().orElse(USUAL_DAYS);
        PublicLinks.Made made = links.make(request, organization, target, days);
        return Response.json(201, new Made(made.id(), made.path(), made.until()));
    }
}
