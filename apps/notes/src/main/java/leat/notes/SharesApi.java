package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** The HTTP interface of sharing notes and notebooks with members of their organization. */
final class SharesApi {
    private static final String NOTE = "/api/notes/notes/{id}/shares";
    private static final String NOTEBOOK = "/api/notes/notebooks/{notebook}/shares";

    private final Notes notes;
    private final Sharing sharing;

    SharesApi(Sharing sharing) {
        this.notes = sharing.notes();
        this.sharing = sharing;
    }

    List<Route> table() {
        return List.of(
                Route.get(NOTE, notes.may(Right.READ), this::ofNote)
                        .summary("List with whom a note is shared, by itself and by its notebooks.")
                        .answers(Listed.class)
                        .refuses("note.absent"),
                Route.put(NOTE + "/{user}", notes.may(Right.SHARE), this::shareNote)
                        .summary("Share a note with a member, by id or name; again for another role.")
                        .takes(Draft.class)
                        .answers(Listed.class)
                        .refuses("note.absent", "share.invalid", "share.many"),
                Route.delete(NOTE + "/{user}", notes.may(Right.SHARE), this::unshareNote)
                        .summary("Share a note with somebody no more; they lose sight of it at once.")
                        .answers(Listed.class)
                        .refuses("note.absent", "share.invalid"),
                Route.get(NOTEBOOK, notes.notebooks().may(Right.READ), this::ofNotebook)
                        .summary("List with whom a notebook is shared, by itself and by those above it.")
                        .answers(Listed.class)
                        .refuses("notebook.absent"),
                Route.put(NOTEBOOK + "/{user}", notes.notebooks().may(Right.SHARE), this::shareNotebook)
                        .summary("Share a notebook, and what its authors put into it, with a member.")
                        .takes(Draft.class)
                        .answers(Listed.class)
                        .refuses("notebook.absent", "notebook.removed", "share.invalid", "share.many"),
                Route.delete(NOTEBOOK + "/{user}", notes.notebooks().may(Right.SHARE), this::unshareNotebook)
                        .summary("Share a notebook with somebody no more; they lose sight of what it shared at once.")
                        .answers(Listed.class)
                        .refuses("notebook.absent", "notebook.removed", "share.invalid"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /** @param role {@code Viewer}, {@code Commenter} or {@code Editor} */
    record Draft(Optional<String> role) {}

    record Listed(List<Shown> items) {}

    /** @param notebook the one above that shares it; empty when it is shared itself */
    record Shown(String user, String role, Optional<String> notebook) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response ofNote(Request request) {
        return listed(sharing.of(notes.findAnywhere(request)));
    }

    Response shareNote(Request request) {
        return listed(sharing.of(sharing.share(request, notes.find(request), user(request), role(request))));
    }

    Response unshareNote(Request request) {
        return listed(sharing.of(sharing.unshare(request, notes.find(request), user(request))));
    }

    Response ofNotebook(Request request) {
        return listed(sharing.of(notes.notebooks().find(request)));
    }

    Response shareNotebook(Request request) {
        return listed(
                sharing.of(sharing.share(request, notes.notebooks().find(request), user(request), role(request))));
    }

    Response unshareNotebook(Request request) {
        return listed(sharing.of(sharing.unshare(request, notes.notebooks().find(request), user(request))));
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static String user(Request request) {
        return request.parameter("user");
    }

    private static String role(Request request) {
        return request.json(Draft.class).role().orElse("");
    }

    private static Response listed(List<Sharing.Entry> entries) {
        return Response.ok(new Listed(entries.stream()
                .map(it -> new Shown(NoteJson.userId(it.person()), Words.of(it.role()), it.notebook()))
                .toList()));
    }
}
