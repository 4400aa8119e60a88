package leat.platform;

import java.util.List;
import leat.web.Access;
import leat.web.Caller;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.Pages;
import leat.web.ui.Tone;

/** The front page: it leads everyone to where their day begins. */
final class HomePages {
    private final Pages pages;
    private final boolean canSignIn;

    HomePages(Pages pages, List<Route> routes) {
        this.pages = pages;
        this.canSignIn = routes.stream().anyMatch(route -> route.path().text().equals("/sign-in"));
    }

    List<Route> table() {
        return List.of(Route.get("/", Access.anyone(), this::home));
    }

    Response home(Request request) {
        if (request.caller() instanceof Caller.Person person) {
            return Response.redirect(pages.first(person).orElse("/settings"));
        }
        if (canSignIn) {
            return Response.redirect("/sign-in");
        }
        return pages.bare(
                request,
                "Leat",
                pages.ui(request)
                        .notice(
                                Tone.BLUE,
                                "Nobody can sign in here",
                                "This process runs without the accounts module; it serves others' requests only."));
    }
}
