package leat.accounts.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Ask;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Headers;
import leat.web.Request;

/**
 * Asks who sends a request, on behalf of a node that does not host accounts. It carries the sender's secrets, so it goes only
 * where the bus goes.
 *
 * @param authorization the header of that name
 * @param cookies the lines of the header Cookie
 */
public record WhoIs(Optional<String> authorization, List<String> cookies) implements Ask<WhoIs.Found> {
    public WhoIs {
        cookies = List.copyOf(cookies);
    }

    static WhoIs of(Request request) {
        return new WhoIs(request.header("authorization"), request.headers().all("cookie"));
    }

    /** A request with just these headers, for whoever knows people. */
    public Request request() {
        var fields = new java.util.ArrayList<String>();
        authorization.ifPresent(value -> fields.addAll(List.of("authorization", value)));
        cookies.forEach(value -> fields.addAll(List.of("cookie", value)));
        return Request.of("GET", "/", Headers.of(fields.toArray(String[]::new)), new byte[0]);
    }

    /** Whether a good credential may be in it at all; without one nobody needs to be asked. */
    boolean isEmpty() {
        return authorization.isEmpty() && cookies.isEmpty();
    }

    @Override
    public String toString() {
        return "WhoIs[…]";
    }

    /** Empty for nobody. */
    public record Found(Optional<Known> known) {
        public static Found of(Caller caller) {
            return new Found(caller instanceof Caller.Person person ? Optional.of(Known.of(person)) : Optional.empty());
        }

        Caller caller() {
            return known.<Caller>map(Known::person).orElseGet(Caller.Nobody::new);
        }
    }

    /**
     * A person with the one credential that was shown: a session with its secret for forms, or a token with its scopes.
     *
     * @param credentialId of the session or the token
     * @param csrfToken empty for a token
     */
    public record Known(
            String userId,
            String userName,
            boolean owner,
            String credentialId,
            Optional<String> csrfToken,
            Set<String> scopes) {
        private static Known of(Caller.Person person) {
            return switch (person.credential()) {
                case Credential.Session(String id, String csrf) ->
                    new Known(person.userId(), person.userName(), person.owner(), id, Optional.of(csrf), Set.of());
                case Credential.Token(String id, Set<String> scopes) ->
                    new Known(person.userId(), person.userName(), person.owner(), id, Optional.empty(), scopes);
            };
        }

        private Caller.Person person() {
            Credential credential = csrfToken
                    .<Credential>map(csrf -> new Credential.Session(credentialId, csrf))
                    .orElseGet(() -> new Credential.Token(credentialId, scopes));
            return new Caller.Person(userId, userName, owner, credential);
        }

        @Override
        public String toString() {
            return "Known[" + userName + "]";
        }
    }
}
