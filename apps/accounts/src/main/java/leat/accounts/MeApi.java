package leat.accounts;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Credential;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The caller's own account. */
final class MeApi {
    private final Accounts accounts;
    private final SignIn signIn;

    MeApi(Accounts accounts, SignIn signIn) {
        this.accounts = accounts;
        this.signIn = signIn;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/accounts/me", Access.signedIn(), this::show)
                        .summary("Show who is signed in, and in which organizations")
                        .answers(Me.class),
                Route.of("PATCH", "/api/accounts/me", Access.signedIn(), this::change)
                        .summary(
                                "Change what is said of the caller; empty text removes an e-mail address, a day of birth"
                                        + " (born, such as 1987-05-04) or the words about them (bio)")
                        .takes(ProfileChange.class)
                        .answers(Me.class)
                        .refuses("user.invalid", "user.email-taken", "version.stale"),
                Route.put("/api/accounts/me/password", Access.signedIn(), this::setPassword)
                        .summary("Set the password, in a session only; ends all other sessions")
                        .takes(PasswordChange.class)
                        .answers(204)
                        .refuses("password.weak", "password.wrong", "session.required", "rate.exhausted"),
                Route.get("/api/accounts/me/audit", Access.signedIn(), this::audit)
                        .summary("List what the caller did, and what was done to their account")
                        .answersPageOf(AuditLog.Entry.class));
    }

    /** @param owner whether they own the installation */
    record Me(
            String id,
            String name,
            String displayName,
            Optional<String> email,
            boolean owner,
            boolean hasPassword,
            Optional<LocalDate> born,
            Optional<String> bio,
            List<Membership> organizations) {}

    record Membership(String id, String name, String displayName, Role role) {}

    /** What is absent stays as it is. */
    record ProfileChange(
            Optional<String> displayName, Optional<String> email, Optional<String> born, Optional<String> bio) {}

    /** @param current needed when there is a password already */
    record PasswordChange(Optional<String> current, String password) {}

    private Response show(Request request) {
        return shown(accounts.users().get(request.person().userId()));
    }

    private Response change(Request request) {
        var change = request.json(ProfileChange.class);
        User.Person me = accounts.me(request);
        About.Typed told = me.about().typed();
        var command = new User.Command.ChangeProfile(
                change.displayName().orElse(me.displayName()),
                changed(change.email().map(Names::canonical), me.email()),
                new About.Typed(changed(change.born(), told.born()), changed(change.bio(), told.bio())));
        return shown(accounts.tell(accounts.users(), request.person().userId(), command, request));
    }

    /** What is absent stays, what is empty goes. */
    private static Optional<String> changed(Optional<String> to, Optional<String> from) {
        return to.isEmpty() ? from : to.filter(text -> !text.isEmpty());
    }

    private Response setPassword(Request request) {
        var change = request.json(PasswordChange.class);
        setPassword(change.current(), change.password(), request);
        return Response.noContent();
    }

    /** Shared with the page: checks the present password, sets the new one, ends the other sessions. */
    void setPassword(Optional<String> current, String password, Request request) {
        if (!(request.person().credential() instanceof Credential.Session session)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "session.required",
                            "A token cannot do this; sign in with a browser.")
                    .asException();
        }
        User.Person me = accounts.me(request);
        PasswordRule.require("password", password, me.name());
        String userId = request.person().userId();
        if (me.passwordHash().isPresent()) {
            signIn.again(userId, current.orElse(""), request);
        }
        String hash = accounts.passwords().hash(password);
        accounts.tell(accounts.users(), userId, new User.Command.SetPassword(hash), request);
        signIn.endOthers(userId, Optional.of(session.sessionId()), request);
    }

    private Response audit(Request request) {
        return Response.page(
                request,
                accounts.audit().read(AuditLog.Filter.person(request.person().userId()), Paging.of(request)));
    }

    private Response shown(Answer<User> answer) {
        return Response.ok(me(accounts, answer)).etag(answer.version());
    }

    static Me me(Accounts accounts, Answer<User> answer) {
        User.Person person =
                User.person(answer.state()).orElseThrow(() -> User.absent().asException());
        List<Membership> memberships = accounts.directory().organizationsOf(answer.id()).stream()
                .map(it -> new Membership(it.id(), it.name(), it.displayName(), it.role()))
                .toList();
        return new Me(
                answer.id(),
                person.name(),
                person.displayName(),
                person.email(),
                person.owner(),
                person.passwordHash().isPresent(),
                person.about().born(),
                person.about().bio(),
                memberships);
    }
}
