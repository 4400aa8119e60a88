package leat.accounts;

import java.util.Optional;

/**
 * How the owner of the installation comes in when there is no password to come in with: by a one-time link, which whoever
 * starts Leat hands over. Each link is good for {@link OwnerLink#LIFE}, and until any of them is used.
 *
 * <p>The address carries a secret: show it to the person at the terminal, never write it to a log.
 */
public interface FirstSignIn {
    /**
     * A new link when nobody could sign in as the owner: there is none yet, or the owner has neither a password nor an
     * open session. Those that stand stay good, for another node or another start may have handed them over. Ask once, after
     * the node is ready.
     *
     * @param baseUrl where people reach Leat, without a slash at its end
     */
    Optional<String> url(String baseUrl);

    /** A new link in any case, for an owner who has lost every other way in; it ends those that stand. */
    String newUrl(String baseUrl);
}
