package leat.accounts;

import java.util.List;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Credential;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** Removing people for good; what is personal to them can be read nowhere in this installation a moment later. */
final class RemovalApi {
    private final Accounts accounts;
    private final SignIn signIn;

    RemovalApi(Accounts accounts, SignIn signIn) {
        this.accounts = accounts;
        this.signIn = signIn;
    }

    List<Route> routes() {
        return List.of(
                Route.put("/api/accounts/me/removal", Access.signedIn(), this::removeMe)
                        .summary(
                                "Remove the caller for good, in a session only; asks for the password, if there is one")
                        .takes(Removal.class)
                        .answers(204)
                        .refuses(
                                "user.owner",
                                "organization.last-owner",
                                "password.wrong",
                                "session.required",
                                "rate.exhausted"),
                Route.put("/api/accounts/users/{name}/removal", Access.owner(), this::remove)
                        .summary("Remove a person for good; what they alone wrote goes with them")
                        .answers(204)
                        .refuses("user.absent", "user.owner", "organization.last-owner"));
    }

    /** @param current needed when there is a password */
    record Removal(Optional<String> current) {
        @Override
        public String toString() {
            return "Removal[…]";
        }
    }

    private Response removeMe(Request request) {
        return removeMe(request.json(Removal.class).current(), request);
    }

    /** Shared with the page. */
    Response removeMe(Optional<String> current, Request request) {
        if (!(request.person().credential() instanceof Credential.Session)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "session.required",
                            "A token cannot do this; sign in with a browser.")
                    .asException();
        }
        if (accounts.me(request).passwordHash().isPresent()) {
            signIn.again(request.person().userId(), current.orElse(""), request);
        }
        return removed(request.person().userId(), request).cookie(SessionCookie.removed(request));
    }

    private Response remove(Request request) {
        Directory.Face face = accounts.directory()
                .personNamed(request.parameter("name"))
                .orElseThrow(() -> User.absent().asException());
        return removed(face.id(), request);
    }

    private Response removed(String userId, Request request) {
        List<String> orphaned = orphaned(userId);
        if (!orphaned.isEmpty()) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "organization.last-owner",
                            "These organizations have no other owner: " + String.join(", ", orphaned)
                                    + ". Make somebody else an owner first.")
                    .with("organizations", orphaned)
                    .asException();
        }
        accounts.tell(accounts.users(), userId, new User.Command.Remove(userId), request);
        return Response.noContent();
    }

    /** Organizations in which others would be left without an owner. */
    List<String> orphaned(String userId) {
        return accounts.directory().organizationsOf(userId).stream()
                .filter(it -> accounts.organizations().get(it.id()).state() instanceof Organization.Founded founded
                        && founded.lastOwner(userId)
                        && founded.members().size() > 1)
                .map(Directory.Listed::name)
                .toList();
    }
}
