package leat.accounts;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leat.accounts.api.FindOrganization;
import leat.accounts.api.FindPerson;
import leat.accounts.api.MembersOf;
import leat.accounts.api.NamesOf;
import leat.accounts.api.OrganizationsOf;
import leat.accounts.api.RoleOf;
import leat.accounts.api.WhoIs;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.web.Doorkeeper;
import leat.web.Role;
import leat.web.Routes;
import leat.web.ui.Icon;
import leat.web.ui.Nav;
import leat.web.ui.PageRoutes;
import leat.web.ui.Place;
import leat.web.ui.Switcher;

/**
 * Mounts accounts: adds its routes and pages, the {@link Doorkeeper}, the {@link Switcher} and the {@link FirstSignIn} for
 * the edge to collect.
 */
public final class AccountsModule implements Module {
    private final AccountsSettings settings;
    private final LongSupplier nanos;

    public AccountsModule(AccountsSettings settings) {
        this(settings, System::nanoTime);
    }

    /** @param nanos the clock of the rate limits */
    AccountsModule(AccountsSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public void define(Definition m) {
        Directory directory = new Directory(m.view(Directory.VIEW));
        Passwords passwords = new Passwords();
        m.onStop(passwords::close);
        var accounts = new Accounts(
                m.entity(User.TYPE),
                m.entity(Organization.TYPE),
                m.entity(Session.TYPE),
                m.entity(ApiToken.TYPE),
                m.entity(Login.TYPE),
                m.entity(OwnerLink.TYPE),
                directory,
                new AuditLog(m.view(AuditLog.VIEW), directory),
                passwords,
                m.clock(),
                m.ids());
        m.serves(FindOrganization.class, question -> find(accounts, question));
        m.serves(OrganizationsOf.class, question -> organizationsOf(accounts, question));
        m.serves(MembersOf.class, question -> membersOf(accounts, question));
        m.serves(FindPerson.class, question -> person(accounts, question));
        m.serves(NamesOf.class, question -> namesOf(accounts, question));
        var doorkeeper = new AccountsDoorkeeper(
                accounts.users(),
                accounts.organizations(),
                accounts.sessions(),
                accounts.tokens(),
                accounts.clock(),
                accounts.ids());
        m.adds(Doorkeeper.class, doorkeeper);
        m.serves(WhoIs.class, question -> WhoIs.Found.of(doorkeeper.whoIs(question.request())));
        m.serves(RoleOf.class, question -> new RoleOf.Found(roleOf(accounts, question)));
        AccountsPublishing.mount(m, accounts.organizations());
        m.forgets(new RemovedPerson(accounts));
        edges(m, accounts);
    }

    private void edges(Definition m, Accounts accounts) {
        var signIn = new SignIn(accounts, nanos);
        var owner = new OwnerArrival(accounts, signIn);
        var me = new MeApi(accounts, signIn);
        var removal = new RemovalApi(accounts, signIn);
        var sessions = new SessionsApi(accounts, signIn);
        var tokens = new TokensApi(accounts);
        var organizations = new OrganizationsApi(accounts);
        var invitations = new InvitationsApi(accounts, settings.baseUrl());
        var logins = new LoginsApi(accounts, signIn, tokens, settings.baseUrl(), nanos);
        Stream.of(
                        me.routes(),
                        sessions.routes(),
                        tokens.routes(),
                        organizations.routes(),
                        invitations.routes(),
                        new UsersApi(accounts, signIn, invitations).routes(),
                        removal.routes(),
                        logins.routes())
                .forEach(table -> m.adds(Routes.class, Routes.of(table)));
        Stream.<PageRoutes>of(
                        pages -> new SignInPages(signIn, sessions, pages).routes(),
                        pages -> new ArrivalPages(accounts, signIn, owner, invitations, pages).routes(),
                        pages -> new SettingsPages(accounts, me, sessions, tokens, pages, settings.scopes()).routes(),
                        pages -> new RemovalPages(accounts, removal, pages).routes(),
                        pages -> new OrganizationPages(accounts, organizations, invitations, pages).routes(),
                        pages -> new LoginPages(accounts, signIn, logins, pages).routes())
                .forEach(table -> m.adds(PageRoutes.class, table));
        m.adds(Place.class, new Place("Organizations", "/organizations", Icon.BUILDING, 80).shortcut("g o"));
        m.adds(
                Switcher.class,
                person -> accounts.directory().organizationsOf(person.userId()).stream()
                        .map(it -> new Nav.Link(it.name(), "/organizations/" + it.name()))
                        .toList());
        m.adds(FirstSignIn.class, owner);
        // The type is package-private, so only this package can ask for it.
        m.adds(Accounts.class, accounts);
    }

    private static Optional<Role> roleOf(Accounts accounts, RoleOf question) {
        return accounts.organizations().get(question.organizationId()).state() instanceof Organization.Founded it
                ? Optional.ofNullable(it.members().get(question.userId()))
                : Optional.empty();
    }

    private static FindOrganization.Found find(Accounts accounts, FindOrganization question) {
        Optional<String> id = question.id().or(() -> question.name().flatMap(accounts.directory()::organizationNamed));
        return new FindOrganization.Found(
                id.flatMap(it -> accounts.organizations().get(it).state() instanceof Organization.Founded founded
                        ? Optional.of(new leat.accounts.api.Organization(it, founded.name(), founded.displayName()))
                        : Optional.empty()));
    }

    private static OrganizationsOf.Found organizationsOf(Accounts accounts, OrganizationsOf question) {
        return new OrganizationsOf.Found(accounts.directory().organizationsOf(question.userId()).stream()
                .map(it -> new OrganizationsOf.Membership(published(it), it.role()))
                .toList());
    }

    private static MembersOf.Found membersOf(Accounts accounts, MembersOf question) {
        return new MembersOf.Found(
                accounts.directory().members(question.organizationId(), Optional.empty(), MembersOf.MAX).stream()
                        .map(it -> new MembersOf.Member(it.userId(), it.name(), it.displayName(), it.role()))
                        .toList());
    }

    private static FindPerson.Found person(Accounts accounts, FindPerson question) {
        return new FindPerson.Found(
                accounts.users().get(question.userId()).state() instanceof User.Active(User.Person it)
                        ? Optional.of(new FindPerson.Person(it.displayName(), it.email()))
                        : Optional.empty());
    }

    private static NamesOf.Found namesOf(Accounts accounts, NamesOf question) {
        return new NamesOf.Found(accounts.directory().faces(question.userIds()).values().stream()
                .collect(Collectors.toMap(Directory.Face::id, Directory.Face::displayName)));
    }

    private static leat.accounts.api.Organization published(Directory.Listed it) {
        return new leat.accounts.api.Organization(it.id(), it.name(), it.displayName());
    }
}
