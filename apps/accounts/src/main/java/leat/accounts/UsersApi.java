package leat.accounts;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Ids;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/**
 * People: whoever has an invitation opens an account; whom one shares an organization with can be seen, and the owner of
 * the installation sees everybody.
 */
final class UsersApi {
    private final Accounts accounts;
    private final SignIn signIn;
    private final InvitationsApi invitations;

    UsersApi(Accounts accounts, SignIn signIn, InvitationsApi invitations) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.invitations = invitations;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/accounts/users", Access.anyone(), this::register)
                        .summary("Open an account by an invitation's secret, and join its organization")
                        .takes(NewUser.class)
                        .answers(201, MeApi.Me.class)
                        .refuses(
                                "invitation.gone",
                                "user.invalid",
                                "user.name-taken",
                                "user.email-taken",
                                "rate.exhausted"),
                Route.get("/api/accounts/users", Access.signedIn(), this::list)
                        .summary("List the caller and those with whom they share an organization, by name")
                        .answersPageOf(Directory.Face.class),
                Route.get("/api/accounts/users/{name}", Access.signedIn(), this::show)
                        .summary("Show a person with whom the caller shares an organization, by name or id")
                        .answers(Shown.class)
                        .refuses("user.absent"),
                Route.put("/api/accounts/users/{name}/suspension", Access.owner(), this::suspend)
                        .summary("Suspend a person: nothing of theirs works from the next request on")
                        .answers(204)
                        .refuses("user.absent", "user.owner"),
                Route.delete("/api/accounts/users/{name}/suspension", Access.owner(), this::restore)
                        .summary("Let a suspended person in again")
                        .answers(204)
                        .refuses("user.absent"));
    }

    /** @param invitation the secret of an invitation's link */
    record NewUser(
            String invitation,
            String name,
            Optional<String> displayName,
            Optional<String> email,
            String password,
            Optional<String> born,
            Optional<String> bio) {
        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    /** @param born for the person themself and the owner of the installation only */
    record Shown(String id, String name, String displayName, Optional<LocalDate> born, Optional<String> bio) {}

    private Response register(Request request) {
        signIn.countStranger(request);
        var typed = request.json(NewUser.class);
        InvitationsApi.Found found = invitations
                .find(typed.invitation())
                .orElseThrow(() -> Organization.invitationGone().asException());
        String name = Names.canonical(typed.name());
        String displayName = typed.displayName().orElse(name);
        Optional<String> email = typed.email().map(Names::canonical).filter(text -> !text.isEmpty());
        var about = new About.Typed(typed.born(), typed.bio());
        // Said before the password is hashed, and with it.
        var wrong = User.violations(
                name,
                displayName,
                email,
                PasswordRule.violation("password", typed.password(), name),
                about,
                LocalDate.ofInstant(accounts.clock().instant(), ZoneOffset.UTC));
        if (!wrong.isEmpty()) {
            throw User.invalid(wrong).asException();
        }
        String userId = accounts.ids().next();
        String hash = accounts.passwords().hash(typed.password());
        var register = new User.Command.Register(name, displayName, email, Optional.of(hash), false, about);
        String by = "user:" + userId;
        accounts.tellAlso(accounts.users(), userId, register, request, by);
        invitations.accept(found, userId, request, by);
        Answer<User> made = accounts.users().get(userId);
        return Response.created("/api/accounts/users/" + name, MeApi.me(accounts, made))
                .etag(made.version());
    }

    private Response list(Request request) {
        Paging paging = Paging.of(request);
        List<Directory.Face> found = request.person().owner()
                ? accounts.directory().people(paging)
                : accounts.directory().peopleAround(request.person().userId(), paging);
        return Response.page(request, Page.of(found, paging, Directory.Face::name));
    }

    private Response show(Request request) {
        Directory.Face face = named(request);
        String caller = request.person().userId();
        if (!face.id().equals(caller)
                && !request.person().owner()
                && !accounts.directory().shareOrganization(caller, face.id())) {
            throw User.absent().asException();
        }
        About about = User.person(accounts.users().get(face.id()).state())
                .map(User.Person::about)
                .orElse(About.NOTHING);
        boolean seesAll = face.id().equals(caller) || request.person().owner();
        return Response.ok(new Shown(
                face.id(), face.name(), face.displayName(), about.born().filter(day -> seesAll), about.bio()));
    }

    private Response suspend(Request request) {
        return told(new User.Command.Suspend(), request);
    }

    private Response restore(Request request) {
        return told(new User.Command.Restore(), request);
    }

    private Response told(User.Command command, Request request) {
        Answer<User> answer = accounts.tell(accounts.users(), named(request).id(), command, request);
        return Response.noContent().etag(answer.version());
    }

    private Directory.Face named(Request request) {
        String name = request.parameter("name");
        return (Ids.isId(name)
                        ? accounts.directory().person(name)
                        : accounts.directory().personNamed(name))
                .orElseThrow(() -> User.absent().asException());
    }
}
