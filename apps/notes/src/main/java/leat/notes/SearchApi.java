package leat.notes;

import java.util.List;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** Search by HTTP, ranked, with what was found marked. */
final class SearchApi {
    /** Results that can be paged through. */
    static final int MAX_RESULTS = 1_000;

    private final Notes notes;

    SearchApi(Notes notes) {
        this.notes = notes;
    }

    List<Route> table() {
        return List.of(NotesApi.narrowed(Route.get("/api/notes/search", Access.signedIn(), this::search))
                .summary("Search titles, tags and bodies, the best first.")
                .query("q", "Words that must all be there; \"a phrase\"; -not this; the last may be a beginning.")
                .answersPageOf(Hit.class)
                .refuses("search.empty"));
    }

    /**
     * @param title in pieces, not escaped
     * @param snippet of the body, in pieces likewise
     */
    record Hit(NoteJson.Summary note, List<Snippet.Piece> title, List<Snippet.Piece> snippet) {}

    Response search(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        SearchQuery query = SearchQuery.of(request.query("q").orElse(""));
        if (query.isEmpty()) {
            throw Refusal.of(Refusal.Kind.INVALID, "search.empty", "Say what to search for, by q=words.")
                    .asException();
        }
        Page<Notes.Hit> page = found(notes, request, organization, NoteQuery.of(request, NoteFilter.ALL), query);
        return Response.page(
                request, new Page<>(page.items().stream().map(SearchApi::hit).toList(), page.next()));
    }

    /** The page of results that a request is about. */
    static Page<Notes.Hit> found(
            Notes notes, Request request, String organization, NoteFilter filter, SearchQuery query) {
        Paging paging = Paging.of(request);
        int skip = paging.after().map(SearchApi::skipped).orElse(0);
        return notes.search(request, organization, filter.anyTitle(), query, skip, paging);
    }

    private static Hit hit(Notes.Hit hit) {
        return new Hit(NoteJson.summary(hit.item()), hit.title(), hit.snippet());
    }

    private static int skipped(String key) {
        int skip = key.matches("[0-9]{1,4}") ? Integer.parseInt(key) : -1;
        if (skip < 0 || skip > MAX_RESULTS) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "paging.cursor",
                            "after must be a cursor that an earlier page gave as next.")
                    .asException();
        }
        return skip;
    }
}
