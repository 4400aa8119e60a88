package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.Action;
import leat.web.ui.FormState;
import leat.web.ui.Pages;

/** The page of a person's saved searches, and what the list sends to save one. */
final class SavedSearchPages {
    private static final String PATH = "/notes/searches";

    private final Notes notes;
    private final SavedSearches searches;
    private final Pages pages;

    SavedSearchPages(Notes notes, SavedSearches searches, Pages pages) {
        this.notes = notes;
        this.searches = searches;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get(PATH, Access.signedIn(), request -> shown(request, FormState.empty(), request.query("save"))),
                Route.post(PATH, Access.signedIn(), this::save),
                Route.put(PATH + "/{search}", Access.signedIn(), this::rename),
                Route.delete(PATH + "/{search}", Access.signedIn(), this::remove),
                Route.delete(PATH + "/{search}/trash", Access.signedIn(), this::recover));
    }

    private Response shown(Request request, FormState state, Optional<String> saving) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        Optional<Action> undo = request.query("removed")
                .flatMap(id -> searches.removed(request, id))
                .map(it -> Action.of("Undo", "DELETE", scope.get().link(PATH + "/" + it.id() + "/trash"))
                        .styled("button-small"));
        var all = searches.of(request, scope.get().id());
        return pages.page(
                request,
                "Saved searches",
                ui -> content(out ->
                        JtesavedSearchesGenerated.render(out, PLAIN, ui, scope.get(), all, undo, state, saving)));
    }

    /** Back to what was saved, which is in the form as it is in the list's address. */
    Response save(Request request) {
        String query = request.form().first("query").orElse("");
        try {
            String organization = notes.organizations().of(request, Role.VIEWER).id();
            SavedSearchList.Item saved = searches.save(
                    request, organization, request.form().first("name").orElse(""), query);
            return Response.redirect(in(request, "/notes?" + saved.query()));
        } catch (RefusedException e) {
            return shown(
                            request,
                            new FormState(request.form().fields(), List.of()).refused(e.refusal()),
                            Optional.of(query))
                    .status(422);
        }
    }

    Response rename(Request request) {
        String name = request.form().first("name").orElse("").strip();
        try {
            searches.tell(request, new SavedSearch.Command.Rename(name));
        } catch (RefusedException e) {
            if (e.refusal().code().equals("search.absent")) {
                throw e;
            }
            return shown(request, FormState.empty().refused(e.refusal()), Optional.empty())
                    .status(422);
        }
        return Response.redirect(in(request, PATH));
    }

    Response remove(Request request) {
        SavedSearchList.Item removed = searches.tell(request, new SavedSearch.Command.Remove());
        return Response.redirect(in(request, PATH + "?removed=" + removed.id()));
    }

    Response recover(Request request) {
        searches.tell(request, new SavedSearch.Command.Recover());
        return Response.redirect(in(request, PATH));
    }

    private String in(Request request, String path) {
        return Scope.of(request, notes.organizations()).map(it -> it.link(path)).orElse(path);
    }
}
