package leat.accounts.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Asks;
import leat.kernel.Refusal;
import leat.web.Request;
import leat.web.Role;

/** Which organization a request is about, and what its sender is there; asked of the accounts module wherever it runs. */
public record Organizations(Asks asks) {
    /** The query parameter that says which organization a request is about. */
    public static final String PARAMETER = "organization";

    /** Those that a person is a member of, by name. */
    public List<Membership> of(Request request) {
        return asks.ask(new OrganizationsOf(request.person().userId())).memberships();
    }

    /**
     * The one that a request is about: the named one, or the caller's only one.
     *
     * @throws leat.kernel.RefusedException with {@code organization.absent}, {@code organization.needed}, or {@code
     *     forbidden} for a member of a lower role
     */
    public Organization of(Request request, Role atLeast) {
        Optional<String> named = request.query(PARAMETER);
        List<Membership> all = of(request);
        if (named.isEmpty() && all.size() > 1) {
            throw Refusal.of(
                            Refusal.Kind.INVALID,
                            "organization.needed",
                            "You are in several organizations; say which by " + PARAMETER + "=<name>.")
                    .asException();
        }
        Membership membership = all.stream()
                .filter(it -> named.isEmpty() || isNamed(it, named.get()))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT,
                                "organization.absent",
                                "There is no such organization, or you are not a member.")
                        .asException());
        if (!membership.role().includes(atLeast)) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "forbidden",
                            "This needs the role " + word(atLeast) + "; yours is " + word(membership.role()) + ".")
                    .asException();
        }
        return membership.organization();
    }

    /** What the caller is in an organization; empty when not a member. */
    public Optional<Role> roleIn(Request request, String organization) {
        return of(request).stream()
                .filter(it -> it.organization().id().equals(organization))
                .map(Membership::role)
                .findFirst();
    }

    private static boolean isNamed(Membership membership, String idOrName) {
        return membership.organization().id().equals(idOrName)
                || membership.organization().name().equals(idOrName);
    }

    /** Whether a person is still in an organization, for streams that stay open. */
    public boolean isMember(String userId, String organization) {
        return asks.ask(new OrganizationsOf(userId)).memberships().stream()
                .anyMatch(it -> it.organization().id().equals(organization));
    }

    private static String word(Role role) {
        return role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
