package leat.mocks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Request;
import leat.web.Role;

/**
 * Stands in for accounts: three organizations whose people are known by what they say. {@code Authorization: Bearer
 * acme-editor} is an editor of acme by token, {@code Cookie: as=acme-viewer} a viewer of it in a session.
 */
final class Town implements Module, Doorkeeper {
    static final Organization ACME = new Organization("00000000ACME0", "acme", "Acme");
    static final Organization BOLT = new Organization("00000000B0LT0", "b-bolt", "Bolt");
    static final Organization CROW = new Organization("00000000CR0W0", "bolt", "Crow");
    static final String CSRF = "csrf-secret";
    private static final Map<String, Organization> ALL = Map.of("acme", ACME, "bolt", BOLT, "crow", CROW);

    @Override
    public String name() {
        return "town";
    }

    @Override
    public void define(Definition m) {
        m.serves(
                FindOrganization.class,
                ask -> new FindOrganization.Found(ALL.values().stream()
                        .filter(it -> ask.id().map(it.id()::equals).orElse(true)
                                && ask.name().map(it.name()::equals).orElse(true))
                        .findFirst()));
        m.serves(
                OrganizationsOf.class,
                ask -> new OrganizationsOf.Found(role(ask.userId())
                        .map(role -> List.of(new OrganizationsOf.Membership(organization(ask.userId()), role)))
                        .orElse(List.of())));
    }

    private static Organization organization(String user) {
        return Optional.ofNullable(ALL.get(user.substring(0, user.indexOf('-'))))
                .orElse(ACME);
    }

    private static Optional<Role> role(String user) {
        return switch (user.substring(user.indexOf('-') + 1)) {
            case "viewer" -> Optional.of(Role.VIEWER);
            case "editor" -> Optional.of(Role.EDITOR);
            case "owner" -> Optional.of(Role.OWNER);
            default -> Optional.empty();
        };
    }

    @Override
    public Caller whoIs(Request request) {
        Optional<String> bearer = request.header("authorization").map(line -> line.substring("Bearer ".length()));
        if (bearer.isPresent()) {
            return new Caller.Person(
                    bearer.get(), bearer.get(), false, new Credential.Token("t1", Set.of("mocks:read", "mocks:write")));
        }
        return request.cookie("as")
                .<Caller>map(user -> new Caller.Person(user, user, false, new Credential.Session("s1", CSRF)))
                .orElseGet(Caller.Nobody::new);
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        return caller.id()
                .flatMap(user -> organization(user).id().equals(organizationId) ? role(user) : Optional.empty());
    }
}
