package leat.accounts;

import java.util.List;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Credential;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;

/** Where a person approves a command line's login, after comparing the code. */
final class LoginPages {
    private final Accounts accounts;
    private final SignIn signIn;
    private final LoginsApi logins;
    private final Pages pages;

    LoginPages(Accounts accounts, SignIn signIn, LoginsApi logins, Pages pages) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.logins = logins;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/login/{code}", Access.signedIn(), this::show),
                Route.post("/login/{code}", Access.signedIn(), this::answer));
    }

    private Response show(Request request) {
        signIn.countStranger(request);
        return page(request, waiting(request), FormState.empty());
    }

    private Response answer(Request request) {
        signIn.countStranger(request);
        Directory.Asking asking = waiting(request);
        requireSession(request);
        try {
            if (request.form().first("answer").orElse("").equals("approve")) {
                String userId = request.person().userId();
                accounts.tell(accounts.logins(), asking.id(), new Login.Command.Approve(userId), request);
                return over(request, "Approved", "Go back to the command line; it is signed in now.");
            }
            accounts.tell(accounts.logins(), asking.id(), new Login.Command.Deny(), request);
            return over(request, "Denied", "The command line gets nothing.");
        } catch (RefusedException e) {
            FormState state = FormState.empty().refused(e.refusal());
            return Forms.refused(page(request, asking, state), e.refusal());
        }
    }

    /** What a login hands out may do everything, so no token may approve one. */
    private static void requireSession(Request request) {
        if (!(request.person().credential() instanceof Credential.Session)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "session.required",
                            "A token cannot do this; sign in with a browser.")
                    .asException();
        }
    }

    private Directory.Asking waiting(Request request) {
        return logins.waiting(request.parameter("code"))
                .orElseThrow(() -> Login.gone().asException());
    }

    private Response page(Request request, Directory.Asking asking, FormState state) {
        return pages.bare(
                request,
                "Let a command line in",
                ui -> PageTemplate.content(out -> JteloginGenerated.render(
                        out,
                        PageTemplate.PLAIN,
                        ui,
                        state,
                        asking.code(),
                        asking.label(),
                        request.person().userName())));
    }

    private Response over(Request request, String title, String sentence) {
        return pages.bare(
                request,
                title,
                ui -> PageTemplate.content(
                        out -> JteloginOverGenerated.render(out, PageTemplate.PLAIN, ui, title, sentence)));
    }
}
