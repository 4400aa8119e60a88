package leat.apps.test;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import leat.accounts.api.FindPerson;
import leat.accounts.api.MembersOf;
import leat.accounts.api.NamesOf;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Decision;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.Tasks;
import leat.web.Caller;
import leat.web.Credential;
import leat.web.Doorkeeper;
import leat.web.Request;
import leat.web.Role;

/**
 * Stands in for accounts: people of two organizations, known by what they say: {@code Authorization: Bearer ada} is Ada
 * with a token, and {@code Page ada} with one for everything. Ada and Bob are editors of acme, Eve only looks, Oda owns it,
 * Zoe owns bolt, Dan is an editor of both, Nia is of none.
 */
public final class Town implements Module, Doorkeeper {
    public static final Organization ACME = new Organization("00000000ACME0", "acme", "Acme");
    public static final Organization BOLT = new Organization("00000000B0LT0", "bolt", "Bolt");

    private static final Map<String, List<Membership>> PEOPLE = Map.of(
            "ada", List.of(new Membership(ACME, Role.EDITOR)),
            "bob", List.of(new Membership(ACME, Role.EDITOR)),
            "eve", List.of(new Membership(ACME, Role.VIEWER)),
            "oda", List.of(new Membership(ACME, Role.OWNER)),
            "zoe", List.of(new Membership(BOLT, Role.OWNER)),
            "dan", List.of(new Membership(ACME, Role.EDITOR), new Membership(BOLT, Role.EDITOR)));

    private final Set<String> scopes;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init") // set when the module is mounted
    private Tasks tasks;

    /** @param scopes of those who come with a token; none for everything */
    public Town(String... scopes) {
        this.scopes = scopes.length == 0 ? Set.of("*") : Set.of(scopes);
    }

    @Override
    public String name() {
        return "town";
    }

    /** Removes somebody, as accounts would; only what they are called is gone at once. */
    public void forget(String user) {
        forgotten.add(user);
        var envelope = new Envelope(UUID.randomUUID(), "request-1", "user:oda", Instant.now());
        tasks.schedule(Decision.FORGET, user, user, envelope.at(), envelope);
    }

    @Override
    public void define(Definition m) {
        tasks = m.tasks();
        m.serves(OrganizationsOf.class, ask -> new OrganizationsOf.Found(memberships(ask.userId())));
        m.serves(
                MembersOf.class,
                ask -> new MembersOf.Found(PEOPLE.keySet().stream()
                        .sorted()
                        .flatMap(user -> memberships(user).stream()
                                .filter(it -> it.organization().id().equals(ask.organizationId()))
                                .map(it -> new MembersOf.Member(
                                        user,
                                        user,
                                        user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1),
                                        it.role())))
                        .toList()));
        m.serves(
                FindPerson.class,
                ask -> new FindPerson.Found(
                        PEOPLE.containsKey(ask.userId())
                                ? Optional.of(
                                        new FindPerson.Person(ask.userId(), Optional.of(ask.userId() + "@example.org")))
                                : Optional.empty()));
        m.serves(
                NamesOf.class,
                ask -> new NamesOf.Found(ask.userIds().stream()
                        .filter(PEOPLE::containsKey)
                        .filter(it -> !forgotten.contains(it))
                        .collect(Collectors.toMap(
                                it -> it, it -> it.substring(0, 1).toUpperCase(Locale.ROOT) + it.substring(1)))));
    }

    private static List<Membership> memberships(String userId) {
        return PEOPLE.getOrDefault(userId, List.of());
    }

    @Override
    public Caller whoIs(Request request) {
        return request.header("authorization")
                .<Caller>map(line -> person(line.substring(line.indexOf(' ') + 1), line.startsWith("Page ")))
                .orElseGet(Caller.Nobody::new);
    }

    private Caller.Person person(String user, boolean everywhere) {
        return new Caller.Person(user, user, false, new Credential.Token("t1", everywhere ? Set.of("*") : scopes));
    }

    @Override
    public Optional<Role> roleOf(Caller caller, String organizationId) {
        return caller.id().stream()
                .flatMap(user -> memberships(user).stream())
                .filter(it -> it.organization().id().equals(organizationId))
                .map(Membership::role)
                .findFirst();
    }
}
