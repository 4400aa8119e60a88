package leat.accounts;

import java.time.Clock;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.web.Request;

/** What the edges of this module work with: the entities, what can be found, and how a request becomes a command. */
record Accounts(
        Entities<User.Command, User.Event, User> users,
        Entities<Organization.Command, Organization.Event, Organization> organizations,
        Entities<Session.Command, Session.Event, Session> sessions,
        Entities<ApiToken.Command, ApiToken.Event, ApiToken> tokens,
        Entities<Login.Command, Login.Event, Login> logins,
        Entities<OwnerLink.Command, OwnerLink.Event, OwnerLink> ownerLinks,
        Directory directory,
        AuditLog audit,
        Passwords passwords,
        Clock clock,
        Ids ids) {

    /** Sends a request's command, at the version of its If-Match, and waits until it can be found. */
    <C, E, S> Answer<S> tell(Entities<C, E, S> entities, String id, C command, Request request) {
        Envelope envelope = Sender.envelope(request, clock, ids);
        Optional<Long> version = request.ifMatch();
        Answer<S> answer = version.isPresent()
                ? entities.tell(id, version.get(), command, envelope)
                : entities.tell(id, command, envelope);
        directory.await(answer);
        return answer;
    }

    /** Sends a command that only accompanies a request's own. */
    <C, E, S> Answer<S> tellAlso(Entities<C, E, S> entities, String id, C command, Request request, String by) {
        Answer<S> answer = entities.tell(
                id, command, new Envelope(ids.nextCommand(), request.requestId(), by, clock.instant()));
        directory.await(answer);
        return answer;
    }

    /** The person who sends a request, as they stand. */
    User.Person me(Request request) {
        return User.person(users.get(request.person().userId()).state())
                .orElseThrow(() -> User.absent().asException());
    }

    Organization.Founded organization(String id) {
        if (organizations.get(id).state() instanceof Organization.Founded it) {
            return it;
        }
        throw Organization.absent().asException();
    }

    /** The organization that the path names. */
    Optional<String> organizationId(Request request) {
        return directory.organizationNamed(request.parameter("org"));
    }

    /** The same, behind an access rule that has found it already. */
    String foundOrganizationId(Request request) {
        return organizationId(request)
                .orElseThrow(() -> Organization.absent().asException());
    }
}
