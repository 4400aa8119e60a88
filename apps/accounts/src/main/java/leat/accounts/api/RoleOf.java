package leat.accounts.api;

import java.util.Optional;
import leat.kernel.Ask;
import leat.web.Role;

/** Asks what a person is in an organization. */
public record RoleOf(String userId, String organizationId) implements Ask<RoleOf.Found> {
    /** Empty when not a member, or when there is no such organization. */
    public record Found(Optional<Role> role) {}
}
