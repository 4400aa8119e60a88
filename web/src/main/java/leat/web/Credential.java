package leat.web;

import java.util.Set;

/** How a person proved who they are: a browser's session, or a token that a program sends. */
public sealed interface Credential {

    /**
     * A signed-in browser.
     *
     * @param csrfToken the secret that every state-changing request of the session must carry; not printed
     */
    record Session(String sessionId, String csrfToken) implements Credential {
        @Override
        public String toString() {
            return "Session[…]";
        }
    }

    /**
     * A program's key, which may do less than its owner.
     *
     * @param scopes {@code <module>:read} and {@code <module>:write}, or {@code *} for everything its owner may do
     */
    record Token(String tokenId, Set<String> scopes) implements Credential {
        public Token {
            scopes = Set.copyOf(scopes);
        }

        /** Whether one of the scopes covers this one. */
        public boolean covers(String scope) {
            return scopes.contains("*") || scopes.contains(scope);
        }
    }
}
