package leat.bookmarks;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Following;
import leat.web.Page;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Ui;

/** The page of bookmarks: a list that stays true while it is open, and a form. */
final class BookmarksPages {
    private static final Pattern TAG = Pattern.compile("[^\\s,]+");

    private final Bookmarks bookmarks;
    private final Pages pages;

    BookmarksPages(Bookmarks bookmarks, Pages pages) {
        this.bookmarks = bookmarks;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get("/bookmarks", Access.signedIn(), this::list),
                Route.post("/bookmarks", Access.signedIn(), this::keep),
                Route.get("/bookmarks/events", Access.signedIn(), this::events),
                Route.delete("/bookmarks/{bookmark}", bookmarks.members(Role.EDITOR), this::remove));
    }

    Response list(Request request) {
        return page(request, FormState.empty());
    }

    Response keep(Request request) {
        var form = new FormState(request.form().fields(), List.of());
        try {
            List<String> tags = TAG.matcher(form.value("tags"))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            bookmarks.keep(
                    request, form.value("address").strip(), form.value("title").strip(), tags);
            return Response.redirect("/bookmarks" + query(request));
        } catch (RefusedException e) {
            return page(request, form.refused(e.refusal())).status(422);
        }
    }

    Response remove(Request request) {
        String organization =
                bookmarks.organizationOf(request.parameter("bookmark")).orElse("");
        bookmarks.tell(request, new Bookmark.Command.Remove());
        return Response.redirect("/bookmarks?organization=" + organization);
    }

    /** The rows again whenever a bookmark of the organization has changed, or was removed. */
    Response events(Request request) {
        Ui ui = pages.ui(request);
        String organization = bookmarks.organizations().of(request, Role.VIEWER).id();
        return Response.events(sink -> Following.changes(
                bookmarks.announcements(),
                BookmarkList.TOPIC,
                sink,
                id -> bookmarks.organizationOf(id).map(organization::equals).orElse(true),
                () -> {
                    BookmarksPage shown = shown(request, FormState.empty());
                    sink.send(
                            "",
                            "rows",
                            PageTemplate.text(content(out -> JtebookmarkRowsGenerated.render(out, PLAIN, ui, shown))));
                }));
    }

    private Response page(Request request, FormState form) {
        BookmarksPage shown = shown(request, form);
        return pages.page(
                request, "Bookmarks", ui -> content(out -> JtebookmarksGenerated.render(out, PLAIN, ui, shown)));
    }

    private BookmarksPage shown(Request request, FormState form) {
        List<Membership> all = bookmarks.organizations().of(request);
        Membership current = all.stream()
                .filter(it -> request.query("organization")
                        .map(named -> named.equals(it.organization().name())
                                || named.equals(it.organization().id()))
                        .orElse(true))
                .findFirst()
                .orElseThrow(() -> Bookmark.absent().asException());
        Page<BookmarkList.Item> page =
                bookmarks.page(request, current.organization().id());
        return new BookmarksPage(
                current.organization(), current.role().includes(Role.EDITOR), page.items(), next(request, page), form);
    }

    private static Optional<String> next(Request request, Page<?> page) {
        return Response.page(request, page)
                .header("Link")
                .map(link -> link.substring(1, link.indexOf('>')).replace("/bookmarks/events?", "/bookmarks?"));
    }

    private static String query(Request request) {
        return request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    }
}
