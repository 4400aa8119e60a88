package leat.accounts;

import java.util.List;
import leat.kernel.Answer;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** Other people: whom one shares an organization with can be seen, and the owner of the installation sees everybody. */
final class UsersApi {
    private final Accounts accounts;

    UsersApi(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/accounts/users/{name}", Access.signedIn(), this::show)
                        .summary("Show a person with whom the caller shares an organization")
                        .answers(Directory.Face.class)
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

    private Response show(Request request) {
        Directory.Face face = named(request);
        String caller = request.person().userId();
        if (!face.id().equals(caller)
                && !request.person().owner()
                && !accounts.directory().shareOrganization(caller, face.id())) {
            throw User.absent().asException();
        }
        return Response.ok(face);
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
        return accounts.directory()
                .personNamed(request.parameter("name"))
                .orElseThrow(() -> User.absent().asException());
    }
}
