package leat.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Ids;
import leat.web.Access;
import leat.web.Credential;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** Signing in, and the caller's signed-in browsers. */
final class SessionsApi {
    private final Accounts accounts;
    private final SignIn signIn;

    SessionsApi(Accounts accounts, SignIn signIn) {
        this.accounts = accounts;
        this.signIn = signIn;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/accounts/sessions", Access.anyone(), this::begin)
                        .summary("Sign in with name or e-mail address and password; sets the session's cookie")
                        .takes(Credentials.class)
                        .answers(201, Started.class)
                        .refuses("sign-in.failed", "rate.exhausted"),
                Route.get("/api/accounts/sessions", Access.signedIn(), this::list)
                        .summary("List the caller's sessions, newest first")
                        .answersPageOf(SessionView.class),
                Route.delete("/api/accounts/sessions/current", Access.signedIn(), this::endCurrent)
                        .summary("Sign out")
                        .answers(204)
                        .refuses("session.absent"),
                Route.delete("/api/accounts/sessions/{id}", Access.signedIn(), this::end)
                        .summary("End one of the caller's sessions; it is refused from its next request on")
                        .answers(204)
                        .refuses("session.absent"));
    }

    /** @param name or e-mail address */
    record Credentials(String name, String password) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /** @param csrfToken to be sent as X-CSRF-Token with every change that the cookie authorizes */
    record Started(String csrfToken, MeApi.Me user) {}

    /** @param current whether this request belongs to it */
    record SessionView(
            String id, String agent, Instant begunAt, Instant seenAt, Instant expiresAt, boolean current) {}

    private Response begin(Request request) {
        var credentials = request.json(Credentials.class);
        String userId = signIn.byPassword(credentials.name(), credentials.password(), request);
        SignIn.Begun begun = signIn.begin(userId, request);
        var me = MeApi.me(accounts, accounts.users().get(userId));
        return Response.created("/api/accounts/sessions", new Started(begun.csrfToken(), me))
                .cookie(begun.cookie());
    }

    private Response list(Request request) {
        return Response.page(request, page(request));
    }

    Page<SessionView> page(Request request) {
        Paging paging = Paging.of(request);
        List<SessionView> found = accounts
                .directory()
                .sessions(request.person().userId(), accounts.clock().instant(), paging)
                .stream()
                .map(it -> new SessionView(
                        it.id(),
                        it.agent(),
                        it.begunAt(),
                        it.seenAt(),
                        it.expiresAt(),
                        Optional.of(it.id()).equals(currentId(request))))
                .toList();
        return Page.of(found, paging, SessionView::id);
    }

    private Response endCurrent(Request request) {
        String id = currentId(request).orElseThrow(() -> Session.absent().asException());
        return ended(id, request).cookie(SessionCookie.removed(request));
    }

    private Response end(Request request) {
        return ended(request.parameter("id"), request);
    }

    /** Ends a session of the caller's own; somebody else's is not there. */
    Response ended(String id, Request request) {
        if (!Ids.isId(id)
                || !(accounts.sessions().get(id).state() instanceof Session.Open open)
                || !open.userId().equals(request.person().userId())) {
            throw Session.absent().asException();
        }
        accounts.tell(accounts.sessions(), id, new Session.Command.End(), request);
        return Response.noContent();
    }

    static Optional<String> currentId(Request request) {
        return request.person().credential() instanceof Credential.Session session
                ? Optional.of(session.sessionId())
                : Optional.empty();
    }
}
