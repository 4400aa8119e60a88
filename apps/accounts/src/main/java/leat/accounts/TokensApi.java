package leat.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Answer;
import leat.kernel.Ids;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Credential;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** The caller's keys for programs. */
final class TokensApi {
    /** Tokens of one person that are not revoked; two requests at once may overshoot by one. */
    static final int MAX_TOKENS = 100;

    private final Accounts accounts;

    TokensApi(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/accounts/tokens", Access.signedIn(), this::list)
                        .summary("List the caller's API tokens, newest first, without their secrets")
                        .answersPageOf(Directory.Key.class),
                Route.post("/api/accounts/tokens", Access.signedIn(), this::make)
                        .summary("Make an API token; its secret is in this answer and never again")
                        .takes(NewToken.class)
                        .answers(201, MadeToken.class)
                        .refuses("token.invalid", "token.too-many", "token.scope", "token.made"),
                Route.delete("/api/accounts/tokens/{id}", Access.signedIn(), this::revoke)
                        .summary("Revoke a token of the caller's; it is refused from its next request on")
                        .answers(204)
                        .refuses("token.absent"));
    }

    /** @param scopes such as {@code mocks:read}, or {@code *} */
    record NewToken(String name, List<String> scopes, Optional<Instant> expiresAt) {}

    /** @param token the secret: send it as {@code Authorization: Bearer …} */
    record MadeToken(String id, String name, List<String> scopes, Optional<Instant> expiresAt, String token) {
        @Override
        public String toString() {
            return "MadeToken[" + id + "]";
        }
    }

    private Response list(Request request) {
        return Response.page(request, page(request));
    }

    Page<Directory.Key> page(Request request) {
        Paging paging = Paging.of(request);
        return Page.of(
                accounts.directory().tokens(request.person().userId(), paging), paging, Directory.Key::id);
    }

    private Response make(Request request) {
        var wanted = request.json(NewToken.class);
        MadeToken made = make(wanted.name(), Set.copyOf(wanted.scopes()), wanted.expiresAt(), request);
        return Response.created("/api/accounts/tokens/" + made.id(), made);
    }

    /** Shared with the page. A token makes no token that may do more than itself. */
    MadeToken make(String name, Set<String> scopes, Optional<Instant> expiresAt, Request request) {
        if (request.person().credential() instanceof Credential.Token token
                && !scopes.stream().allMatch(token::covers)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "token.scope",
                            "A token cannot make another that may do more than itself.")
                    .asException();
        }
        String userId = request.person().userId();
        requireRoom(userId);
        Secret secret = Secret.make(Secret.TOKEN, accounts.ids().next());
        var command = new ApiToken.Command.Make(userId, name, scopes, secret.hash(), expiresAt);
        Answer<ApiToken> answer = accounts.tell(accounts.tokens(), secret.id(), command, request);
        if (!answer.id().equals(secret.id())) {
            throw ApiToken.madeAlready().asException();
        }
        return new MadeToken(secret.id(), name, scopes.stream().sorted().toList(), expiresAt, secret.text());
    }

    void requireRoom(String userId) {
        if (accounts.directory().tokenCount(userId) >= MAX_TOKENS) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "token.too-many",
                            "You have " + MAX_TOKENS + " tokens; revoke some that are no longer needed.")
                    .asException();
        }
    }

    private Response revoke(Request request) {
        return revoked(request.parameter("id"), request);
    }

    /** Revokes a token of the caller's own; somebody else's is not there. */
    Response revoked(String id, Request request) {
        if (!Ids.isId(id)
                || !(accounts.tokens().get(id).state() instanceof ApiToken.Made made)
                || !made.userId().equals(request.person().userId())) {
            throw ApiToken.absent().asException();
        }
        accounts.tell(accounts.tokens(), id, new ApiToken.Command.Revoke(), request);
        return Response.noContent();
    }
}
