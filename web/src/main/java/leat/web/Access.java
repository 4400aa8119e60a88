package leat.web;

import java.util.Optional;
import java.util.function.Function;

/** Who may use a route; every route states it. */
public sealed interface Access {

    /** Everybody, signed in or not. */
    record Anyone() implements Access {}

    /** Every person that is known. */
    record SignedIn() implements Access {}

    /**
     * The members of the organization that the request is about.
     *
     * @param atLeast the lowest role that may; a member below it is told 403
     * @param organizationId finds the organization from the request (called on the request's virtual thread, may block);
     *     empty when what is asked for does not exist. That, and not being a member, are answered alike with 404
     */
    record Member(Role atLeast, Function<Request, Optional<String>> organizationId) implements Access {}

    /** The owners of the installation. */
    record Owner() implements Access {}

    static Access anyone() {
        return new Anyone();
    }

    static Access signedIn() {
        return new SignedIn();
    }

    static Access member(Role atLeast, Function<Request, Optional<String>> organizationId) {
        return new Member(atLeast, organizationId);
    }

    static Access owner() {
        return new Owner();
    }
}
