package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The HTTP interface of a person's own saved searches. */
final class SavedSearchesApi {
    private static final String SEARCHES = "/api/notes/searches";
    private static final String SEARCH = SEARCHES + "/{search}";

    private final Notes notes;
    private final SavedSearches searches;

    SavedSearchesApi(Notes notes, SavedSearches searches) {
        this.notes = notes;
        this.searches = searches;
    }

    List<Route> table() {
        return List.of(
                Route.get(SEARCHES, Access.signedIn(), this::list)
                        .summary("List the caller's saved searches in an organization, by name.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(Listed.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.post(SEARCHES, Access.signedIn(), this::save)
                        .summary("Save what a list is narrowed to, under a name.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .takes(Draft.class)
                        .answers(201, SavedSearchList.Item.class)
                        .refuses(
                                "organization.absent",
                                "organization.needed",
                                "search.invalid",
                                "filter.invalid",
                                "search.taken",
                                "search.many"),
                Route.put(SEARCH, Access.signedIn(), this::rename)
                        .summary("Rename a saved search.")
                        .takes(Renaming.class)
                        .answers(SavedSearchList.Item.class)
                        .refuses("search.absent", "search.invalid", "search.taken"),
                Route.delete(SEARCH, Access.signedIn(), this::remove)
                        .summary("Remove a saved search.")
                        .answers(204)
                        .refuses("search.absent"),
                Route.delete(SEARCH + "/trash", Access.signedIn(), this::recover)
                        .summary("Have a saved search back that was removed.")
                        .answers(SavedSearchList.Item.class)
                        .refuses("search.absent", "search.taken"));
    }

    /** @param query as the address of a list has it: {@code q=roof&status=Doing} */
    record Draft(Optional<String> name, Optional<String> query) {}

    record Renaming(Optional<String> name) {}

    record Listed(List<SavedSearchList.Item> items) {}

    Response list(Request request) {
        return Response.ok(new Listed(searches.of(
                request, notes.organizations().of(request, Role.VIEWER).id())));
    }

    Response save(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        Draft draft = request.json(Draft.class);
        SavedSearchList.Item saved = searches.save(
                request, organization, draft.name().orElse(""), draft.query().orElse(""));
        return Response.created(SEARCHES + "/" + saved.id(), saved);
    }

    Response rename(Request request) {
        String name = request.json(Renaming.class).name().orElse("").strip();
        return Response.ok(searches.tell(request, new SavedSearch.Command.Rename(name)));
    }

    Response remove(Request request) {
        searches.tell(request, new SavedSearch.Command.Remove());
        return Response.noContent();
    }

    Response recover(Request request) {
        return Response.ok(searches.tell(request, new SavedSearch.Command.Recover()));
    }
}
