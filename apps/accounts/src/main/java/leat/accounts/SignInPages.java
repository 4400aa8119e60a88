package leat.accounts;

import java.util.List;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;

/** Signing in by password, and out. */
final class SignInPages {
    private final SignIn signIn;
    private final SessionsApi sessions;
    private final Pages pages;

    SignInPages(SignIn signIn, SessionsApi sessions, Pages pages) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sign-in", Access.anyone(), this::form),
                Route.post("/sign-in", Access.anyone(), this::begin),
                Route.post("/sign-out", Access.anyone(), this::end));
    }

    private Response form(Request request) {
        return request.caller() instanceof Caller.Person
                ? Response.redirect(request.next().orElse("/"))
                : page(request, FormState.empty());
    }

    private Response begin(Request request) {
        try {
            String userId = signIn.byPassword(
                    request.form().first("name").orElse(""),
                    request.form().first("password").orElse(""),
                    request);
            return Response.redirect(request.next().orElse("/"))
                    .cookie(signIn.begin(userId, request).cookie());
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            return Forms.refused(page(request, Forms.state(request.form()).refused(refusal)), refusal);
        }
    }

    private Response end(Request request) {
        if (request.caller() instanceof Caller.Person person
                && person.credential() instanceof Credential.Session session) {
            sessions.ended(session.sessionId(), request);
        }
        return Response.redirect("/sign-in").cookie(SessionCookie.removed(request));
    }

    private Response page(Request request, FormState state) {
        return pages.bare(
                request,
                "Sign in",
                ui -> PageTemplate.content(out -> JtesignInGenerated.render(
                        out, PageTemplate.PLAIN, ui, state, request.next().orElse(""))));
    }
}
