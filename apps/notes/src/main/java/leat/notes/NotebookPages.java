package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.Icon;
import leat.web.ui.Pages;

/** The pages of notebooks: all of them as a tree, one with its settings; and the move of a note from its page. */
final class NotebookPages {
    private static final Notebook.Draft BLANK =
            new Notebook.Draft("", Optional.empty(), Optional.empty(), Content.Access.PRIVATE);

    private final Notes notes;
    private final Notebooks notebooks;
    private final People people;
    private final Pages pages;

    NotebookPages(Notes notes, People people, Pages pages) {
        this.notes = notes;
        this.notebooks = notes.notebooks();
        this.people = people;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get("/notes/notebooks", Access.signedIn(), this::all),
                Route.post("/notes/notebooks", Access.signedIn(), this::create),
                Route.get("/notes/notebooks/{notebook}", notebooks.may(Right.READ), this::one),
                Route.post("/notes/notebooks/{notebook}", notebooks.may(Right.WRITE), this::change),
                Route.delete("/notes/notebooks/{notebook}", notebooks.may(Right.REMOVE), this::remove),
                Route.delete("/notes/notebooks/{notebook}/removal", notebooks.may(Right.REMOVE), this::recover),
                Route.put("/notes/{id}/notebook", notes.may(Right.REMOVE), this::file));
    }

    // --- all of them ---------------------------------------------------------------------------------------------

    Response all(Request request) {
        return all(request, state(BLANK).with("parent", request.query("parent").orElse("")), 200);
    }

    private Response all(Request request, FormState state, int status) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        List<NotebooksPage.Removed> removed = notebooks
                .removed(request, scope.get().id())
                .stream()
                .filter(it -> scope.get().mayWrite() || it.author().equals(Sender.person(request)))
                .map(it -> new NotebooksPage.Removed(it, recovery(it.id(), "Recover")))
                .toList();
        var page = new NotebooksPage(
                scope.get(),
                NotebookTree.of(notebooks.in(request, scope.get().id())),
                state,
                removed,
                request.query("removed")
                        .filter(id -> removed.stream()
                                .anyMatch(it -> it.notebook().id().equals(id)))
                        .map(id -> recovery(id, "Undo")));
        return pages.page(
                        request,
                        "Notebooks",
                        ui -> content(out -> JtenoteNotebooksGenerated.render(out, PLAIN, ui, page)))
                .status(status);
    }

    private static Action recovery(String id, String label) {
        return Action.of(label, "DELETE", "/notes/notebooks/" + id + "/removal")
                .styled("button-small")
                .icon(Icon.REFRESH);
    }

    Response create(Request request) {
        try {
            String organization = notes.organizations().of(request, Role.EDITOR).id();
            notebooks.create(request, organization, draft(request.form(), BLANK));
            return Response.redirect(
                    "/notes/notebooks" + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery()));
        } catch (RefusedException e) {
            return all(request, new FormState(request.form().fields(), List.of()).refused(e.refusal()), 422);
        }
    }

    // --- one -----------------------------------------------------------------------------------------------------

    Response one(Request request) {
        Notebooks.Found found = notebooks.find(request);
        return one(request, found, state(Notebook.of(found.notebook())));
    }

    private Response one(Request request, Notebooks.Found found, FormState state) {
        Notebook.Kept it = found.notebook();
        Scope scope = Scope.of(request, notes.organizations(), it.organization());
        boolean mayWrite = !found.removed() && found.right().includes(Right.WRITE);
        var page = new NotebookPage(
                scope,
                found.id(),
                it.name(),
                people.named(List.of(it.author())).of(it.author()),
                state,
                places(request, found),
                mayWrite,
                found.right().includes(Right.SHARE),
                found.right().includes(Right.REMOVE) && !found.removed()
                        ? Optional.of(removal(found))
                        : Optional.empty());
        return pages.page(
                request, it.name(), ui -> content(out -> JtenoteNotebookGenerated.render(out, PLAIN, ui, page)));
    }

    private List<Field.Option> places(Request request, Notebooks.Found found) {
        List<NotebookList.Item> others = notebooks.in(request, found.notebook().organization()).stream()
                .filter(it -> !(it.path() + "/").contains("/" + found.id() + "/"))
                .toList();
        return NotebookTree.of(others).options("In no other");
    }

    private static Action removal(Notebooks.Found found) {
        return Action.of("Remove the notebook", "DELETE", "/notes/notebooks/" + found.id())
                .styled("button-danger")
                .icon(Icon.TRASH)
                .confirm(
                        "Remove the notebook " + found.notebook().name() + "?",
                        "Its notes stay, in the notebook above or in none, and are no more shared by it. It can be recovered"
                                + " with everything in its place.");
    }

    Response change(Request request) {
        Notebooks.Found found = notebooks.find(request);
        try {
            notebooks.change(request, found, draft(request.form(), Notebook.of(found.notebook())));
            return Response.redirect("/notes/notebooks/" + found.id());
        } catch (RefusedException e) {
            return one(request, found, new FormState(request.form().fields(), List.of()).refused(e.refusal()))
                    .status(422);
        }
    }

    Response remove(Request request) {
        Notebooks.Found found = notebooks.tell(request, notebooks.find(request), new Notebook.Command.Remove());
        return Response.redirect(link(request, found, "/notes/notebooks?removed=" + found.id()));
    }

    Response recover(Request request) {
        Notebooks.Found found = notebooks.tell(request, notebooks.find(request), new Notebook.Command.Recover());
        return Response.redirect(link(request, found, "/notes/notebooks"));
    }

    private String link(Request request, Notebooks.Found found, String path) {
        return Scope.of(request, notes.organizations(), found.notebook().organization())
                .link(path);
    }

    // --- a note --------------------------------------------------------------------------------------------------

    Response file(Request request) {
        Notes.Found note = notes.find(request);
        notes.file(request, note, request.form().first("notebook").filter(it -> !it.isEmpty()));
        return Response.redirect("/notes/" + note.id());
    }

    // --- forms ---------------------------------------------------------------------------------------------------

    private static FormState state(Notebook.Draft draft) {
        return FormState.empty()
                .with("name", draft.name())
                .with("parent", draft.parent().orElse(""))
                .with("color", draft.color().orElse(""))
                .with("access", Words.of(draft.access()));
    }

    private static Notebook.Draft draft(Form form, Notebook.Draft before) {
        return NotebooksApi.draft(
                new NotebooksApi.Draft(
                        form.first("name"), form.first("parent"), form.first("color"), form.first("access")),
                before);
    }
}
