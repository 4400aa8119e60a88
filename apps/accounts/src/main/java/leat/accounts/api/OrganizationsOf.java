package leat.accounts.api;

import java.util.List;
import leat.kernel.Ask;
import leat.web.Role;

/** Asks which organizations a person is a member of. */
public record OrganizationsOf(String userId) implements Ask<OrganizationsOf.Found> {
    /** @param role of the person in it */
    public record Membership(Organization organization, Role role) {}

    /** All of them, by name. */
    public record Found(List<Membership> memberships) {
        public Found {
            memberships = List.copyOf(memberships);
        }
    }
}
