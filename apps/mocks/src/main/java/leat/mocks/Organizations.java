package leat.mocks;

import java.util.List;
import java.util.Optional;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf;
import leat.kernel.Asks;
import leat.web.Caller;
import leat.web.Role;

/** What mocks need to know of organizations, asked of the accounts module wherever it runs. */
record Organizations(Asks asks) {

    Optional<Organization> byId(String id) {
        return asks.ask(FindOrganization.byId(id)).organization();
    }

    /** Those that a person is a member of, by name. */
    List<OrganizationsOf.Membership> of(Caller.Person person) {
        return asks.ask(new OrganizationsOf(person.userId())).memberships();
    }

    /** What a person may do in an organization; empty for a stranger. */
    Optional<Role> role(Caller.Person person, String organization) {
        return of(person).stream()
                .filter(membership -> membership.organization().id().equals(organization))
                .map(OrganizationsOf.Membership::role)
                .findFirst();
    }
}
