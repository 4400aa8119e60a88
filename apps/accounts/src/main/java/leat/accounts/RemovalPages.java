package leat.accounts;

import java.util.List;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;

/** The page on which a person removes themselves: what will go, what stays, and the password once more. */
final class RemovalPages {
    private final Accounts accounts;
    private final RemovalApi removal;
    private final Pages pages;

    RemovalPages(Accounts accounts, RemovalApi removal, Pages pages) {
        this.accounts = accounts;
        this.removal = removal;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/settings/removal", Access.signedIn(), this::show),
                Route.post("/settings/removal", Access.signedIn(), this::remove));
    }

    private Response show(Request request) {
        return page(request, FormState.empty());
    }

    private Response remove(Request request) {
        try {
            var _ = removal.removeMe(request.form().first("current"), request);
            return Response.redirect("/sign-in").cookie(SessionCookie.removed(request));
        } catch (RefusedException e) {
            return Forms.refused(page(request, FormState.empty().refused(e.refusal())), e.refusal());
        }
    }

    private Response page(Request request, FormState form) {
        User.Person person = accounts.me(request);
        List<String> orphaned = removal.orphaned(request.person().userId());
        return pages.page(
                request,
                "Remove your account",
                ui -> PageTemplate.content(
                        out -> JteremovalGenerated.render(out, PageTemplate.PLAIN, ui, person, orphaned, form)));
    }
}
