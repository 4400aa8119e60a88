package leat.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Request;
import leat.web.Role;

/**
 * Recognizes people by session cookie or bearer token.
 *
 * <p>It asks the session, the token, the person and the organization themselves, whose states the runtime keeps in memory:
 * what was revoked, suspended or demoted a moment ago holds for the next request. A copy of its own could only be older.
 */
final class AccountsDoorkeeper implements Doorkeeper {
    private static final String BEARER = "Bearer ";

    private final Entities<User.Command, User.Event, User> users;
    private final Entities<Organization.Command, Organization.Event, Organization> organizations;
    private final Entities<Session.Command, Session.Event, Session> sessions;
    private final Entities<ApiToken.Command, ApiToken.Event, ApiToken> tokens;
    private final Clock clock;
    private final Ids ids;

    AccountsDoorkeeper(
            Entities<User.Command, User.Event, User> users,
            Entities<Organization.Command, Organization.Event, Organization> organizations,
            Entities<Session.Command, Session.Event, Session> sessions,
            Entities<ApiToken.Command, ApiToken.Event, ApiToken> tokens,
            Clock clock,
            Ids ids) {
        this.users = users;
        this.organizations = organizations;
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
        this.ids = ids;
    }

    /** A request that sends a token is judged by the token alone, even when it is not good. */
    @Override
    public Caller whoIs(Request request) {
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            String line = authorization.get();
            return line.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? Secret.read(Secret.TOKEN, line.substring(BEARER.length()).strip())
                            .flatMap(secret -> byToken(secret, request))
                            .orElseGet(Caller.Nobody::new)
                    : new Caller.Nobody();
        }
        return SessionCookie.read(request)
                .flatMap(secret -> bySession(secret, request))
                .orElseGet(Caller.Nobody::new);
    }

    private Optional<Caller> bySession(Secret secret, Request request) {
        Instant now = clock.instant();
        if (!(sessions.get(secret.id()).state() instanceof Session.Open open)
                || !secret.matches(open.secretHash())
                || !open.live(now)) {
            return Optional.empty();
        }
        var credential = new Credential.Session(secret.id(), secret.derived("csrf"));
        Optional<Caller> caller = person(open.userId(), credential);
        if (caller.isPresent() && open.worthNoting(now)) {
            sessions.tell(secret.id(), new Session.Command.See(), noting(caller.get(), request, now));
        }
        return caller;
    }

    private Optional<Caller> byToken(Secret secret, Request request) {
        Instant now = clock.instant();
        if (!(tokens.get(secret.id()).state() instanceof ApiToken.Made made)
                || !secret.matches(made.secretHash())
                || !made.live(now)) {
            return Optional.empty();
        }
        Optional<Caller> caller = person(made.userId(), new Credential.Token(secret.id(), made.scopes()));
        if (caller.isPresent() && made.worthNoting(now)) {
            tokens.tell(secret.id(), new ApiToken.Command.Use(), noting(caller.get(), request, now));
        }
        return caller;
    }

    private Optional<Caller> person(String userId, Credential credential) {
        return users.get(userId).state() instanceof User.Active(User.Person person)
                ? Optional.of(new Caller.Person(userId, person.name(), person.owner(), credential))
                : Optional.empty();
    }

    private Envelope noting(Caller caller, Request request, Instant now) {
        return new Envelope(ids.nextCommand(), request.requestId(), Sender.by(caller), now);
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        return caller.id()
                .flatMap(userId -> organizations.get(organizationId).state() instanceof Organization.Founded it
                        ? Optional.ofNullable(it.members().get(userId))
                        : Optional.empty());
    }
}
