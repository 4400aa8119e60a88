package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Asks;
import leat.web.Request;
import leat.web.Role;

/** What notes need to know of organizations, asked of the accounts module wherever it runs. */
record Organizations(Asks asks) {
    /** The query parameter that says which organization a request is about. */
    static final String PARAMETER = "organization";

    /** Those that a person is a member of, by name. */
    List<Membership> of(Request request) {
        return asked().of(request);
    }

    /** The one that a request is about; see {@link leat.accounts.api.Organizations#of(Request, Role)}. */
    Organization of(Request request, Role atLeast) {
        return asked().of(request, atLeast);
    }

    /** What the caller is in an organization; empty when not a member. */
    Optional<Role> roleIn(Request request, String organization) {
        return roleIn(request.person().userId(), organization);
    }

    /** What a person is in an organization; empty when not a member. */
    Optional<Role> roleIn(String userId, String organization) {
        return asks.ask(new OrganizationsOf(userId)).memberships().stream()
                .filter(it -> it.organization().id().equals(organization))
                .map(Membership::role)
                .findFirst();
    }

    static boolean isNamed(Membership membership, String idOrName) {
        return membership.organization().id().equals(idOrName)
                || membership.organization().name().equals(idOrName);
    }

    /** Whether a person is still in an organization, for streams that stay open. */
    boolean isMember(String userId, String organization) {
        return roleIn(userId, organization).isPresent();
    }

    /** Whether a person is at least this in an organization, for work that goes on without a request. */
    boolean has(String userId, String organization, Role atLeast) {
        return asks.ask(new OrganizationsOf(userId)).memberships().stream()
                .anyMatch(it ->
                        it.organization().id().equals(organization) && it.role().includes(atLeast));
    }

    private leat.accounts.api.Organizations asked() {
        return new leat.accounts.api.Organizations(asks);
    }
}
