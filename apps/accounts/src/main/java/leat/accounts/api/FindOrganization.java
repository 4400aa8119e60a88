package leat.accounts.api;

import java.util.Optional;
import leat.kernel.Ask;

/** Asks for one organization. By id the answer is exact; by name, one founded a moment ago may be missing. */
public record FindOrganization(Optional<String> id, Optional<String> name) implements Ask<FindOrganization.Found> {
    public static FindOrganization byId(String id) {
        return new FindOrganization(Optional.of(id), Optional.empty());
    }

    public static FindOrganization byName(String name) {
        return new FindOrganization(Optional.empty(), Optional.of(name));
    }

    /** Empty when there is no such organization. */
    public record Found(Optional<Organization> organization) {}
}
