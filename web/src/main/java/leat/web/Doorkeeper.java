package leat.web;

import java.util.Optional;

/**
 * Knows people by their cookies and tokens, and what they are in each organization.
 *
 * <p>For every routed request {@link #whoIs} is called once, before access is decided; {@link #roleOf} follows only for
 * routes that ask for a role. Both are called on virtual threads, many at a time, and may block. What they throw becomes
 * the answer: a fault is a 500, never an open door.
 */
public interface Doorkeeper {

    /** The sender; {@link Caller.Nobody} when there is no credential or it is not good. */
    Caller whoIs(Request request);

    /** What the caller is in an organization; empty when not a member, or when there is no such organization. */
    Optional<Role> roleOf(Caller caller, String organizationId);

    /** Recognizes nobody: for an installation, or a test, that has only public routes. */
    static Doorkeeper ofNobody() {
        return new Doorkeeper() {
            @Override
            public Caller whoIs(Request request) {
                return new Caller.Nobody();
            }

            @Override
            public Optional<Role> roleOf(Caller caller, String organizationId) {
                return Optional.empty();
            }
        };
    }
}
