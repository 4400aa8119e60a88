/**
 * Who may do what: people, organizations, roles, sign-in, tokens, and the record of what was done.
 *
 * <p>Every way in ends at {@link leat.accounts.SignIn#begin}: the owner's link, an invitation and a password today. OIDC
 * will be one more way in that ends there; nothing else needs to know how a person proved who they are.
 *
 * <p>Secrets carry the id of what they open, and are checked against that entity itself, never against a view. So
 * revoking anything holds from the next request on.
 */
@NullMarked
package leat.accounts;

import org.jspecify.annotations.NullMarked;
