package leat.bookmarks;

import java.util.List;
import java.util.Optional;
import leat.bookmarks.Bookmark.Command;
import leat.kernel.Answer;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The HTTP interface of bookmarks. */
final class BookmarksApi {
    private static final String BOOKMARKS = "/api/bookmarks/bookmarks";
    private static final String BOOKMARK = BOOKMARKS + "/{bookmark}";
    private static final String ORGANIZATION = "Which organization, for those who are in several.";

    private final Bookmarks bookmarks;

    BookmarksApi(Bookmarks bookmarks) {
        this.bookmarks = bookmarks;
    }

    List<Route> table() {
        return List.of(
                Route.get(BOOKMARKS, Access.signedIn(), this::list)
                        .summary("List bookmarks, the newest first.")
                        .query("organization", ORGANIZATION)
                        .query("tag", "Only those with this tag.")
                        .answersPageOf(BookmarkList.Item.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.post(BOOKMARKS, Access.signedIn(), this::keep)
                        .summary("Keep an address.")
                        .query("organization", ORGANIZATION)
                        .takes(Draft.class)
                        .answers(201, BookmarkList.Item.class)
                        .refuses("organization.absent", "organization.needed", "bookmark.invalid", "bookmark.kept"),
                Route.get(BOOKMARK, bookmarks.members(Role.VIEWER), this::show)
                        .summary("Read a bookmark.")
                        .answers(BookmarkList.Item.class)
                        .refuses("bookmark.absent"),
                Route.put(BOOKMARK, bookmarks.members(Role.EDITOR), this::revise)
                        .summary("Give a bookmark another title and other tags.")
                        .takes(Revision.class)
                        .answers(BookmarkList.Item.class)
                        .refuses("bookmark.absent", "bookmark.invalid"),
                Route.delete(BOOKMARK, bookmarks.members(Role.EDITOR), this::remove)
                        .summary("Remove a bookmark.")
                        .answers(204)
                        .refuses("bookmark.absent"));
    }

    /** What is sent to keep an address; without a title, one is found for it. */
    record Draft(String address, Optional<String> title, Optional<List<String>> tags) {}

    record Revision(String title, List<String> tags) {}

    Response list(Request request) {
        String organization = bookmarks.organizations().of(request, Role.VIEWER).id();
        return Response.page(request, bookmarks.page(request, organization));
    }

    Response keep(Request request) {
        Draft draft = request.json(Draft.class);
        Answer<Bookmark> answer = bookmarks.keep(
                request, draft.address(), draft.title().orElse(""), draft.tags().orElse(List.of()));
        return Response.created(BOOKMARKS + "/" + answer.id(), item(answer)).etag(answer.version());
    }

    Response show(Request request) {
        Answer<Bookmark> answer = bookmarks.entities().get(request.parameter("bookmark"));
        return Response.ok(item(answer)).etag(answer.version());
    }

    Response revise(Request request) {
        Revision revision = request.json(Revision.class);
        Answer<Bookmark> answer = bookmarks.tell(request, new Command.Revise(revision.title(), revision.tags()));
        return Response.ok(item(answer)).etag(answer.version());
    }

    Response remove(Request request) {
        bookmarks.tell(request, new Command.Remove());
        return Response.noContent();
    }

    private static BookmarkList.Item item(Answer<Bookmark> answer) {
        if (answer.state() instanceof Bookmark.Kept kept) {
            return new BookmarkList.Item(answer.id(), kept.address(), kept.title(), kept.tags());
        }
        throw Bookmark.absent().asException();
    }
}
