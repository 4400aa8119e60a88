package leat.accounts;

import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** Organizations and their members. In addresses both stand by name, which never changes. */
final class OrganizationsApi {
    private final Accounts accounts;

    OrganizationsApi(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Route> routes() {
        Access viewers = Access.member(Role.VIEWER, accounts::organizationId);
        Access owners = Access.member(Role.OWNER, accounts::organizationId);
        return List.of(
                Route.get("/api/accounts/organizations", Access.signedIn(), this::list)
                        .summary("List all organizations that the caller is a member of, by name")
                        .answersPageOf(MeApi.Membership.class),
                Route.post("/api/accounts/organizations", Access.signedIn(), this::found)
                        .summary(
                                "Found an organization; the caller becomes its owner. A person is a member of at most 200")
                        .takes(NewOrganization.class)
                        .answers(201, OrganizationView.class)
                        .refuses("organization.invalid", "organization.name-taken", "organization.too-many"),
                Route.get("/api/accounts/organizations/{org}", viewers, this::show)
                        .summary("Show an organization")
                        .answers(OrganizationView.class)
                        .refuses("organization.absent"),
                Route.of("PATCH", "/api/accounts/organizations/{org}", owners, this::rename)
                        .summary("Change the display name of an organization")
                        .takes(Renaming.class)
                        .answers(OrganizationView.class)
                        .refuses("organization.absent", "organization.invalid", "version.stale"),
                Route.get("/api/accounts/organizations/{org}/members", viewers, this::members)
                        .summary("List the members by name")
                        .answersPageOf(Directory.Member.class)
                        .refuses("organization.absent"),
                Route.get("/api/accounts/organizations/{org}/members/{user}", viewers, this::member)
                        .summary("Show a member")
                        .answers(Directory.Member.class)
                        .refuses("member.absent"),
                Route.put("/api/accounts/organizations/{org}/members/{user}", owners, this::changeRole)
                        .summary("Change the role of a member; people join by invitation")
                        .takes(NewRole.class)
                        .answers(Directory.Member.class)
                        .refuses("member.absent", "organization.last-owner", "version.stale"),
                Route.delete("/api/accounts/organizations/{org}/members/{user}", viewers, this::remove)
                        .summary("Leave an organization, or as an owner remove a member")
                        .answers(204)
                        .refuses("member.absent", "organization.last-owner", "forbidden"),
                Route.get("/api/accounts/organizations/{org}/audit", owners, this::audit)
                        .summary("List what was done in an organization, newest first")
                        .answersPageOf(AuditLog.Entry.class)
                        .query("actor", "Only what this person did, by user name.")
                        .query("action", "Only this action, such as member.joined.")
                        .refuses("organization.absent"));
    }

    record NewOrganization(String name, Optional<String> displayName) {}

    record OrganizationView(String id, String name, String displayName, int members) {}

    record Renaming(String displayName) {}

    record NewRole(Role role) {}

    private Response list(Request request) {
        List<MeApi.Membership> memberships = accounts
                .directory()
                .organizationsOf(request.person().userId())
                .stream()
                .map(it -> new MeApi.Membership(it.id(), it.name(), it.displayName(), it.role()))
                .toList();
        return Response.page(request, new Page<>(memberships, Optional.empty()));
    }

    private Response found(Request request) {
        var wanted = request.json(NewOrganization.class);
        Answer<Organization> answer = found(wanted.name(), wanted.displayName().orElse(wanted.name()), request);
        OrganizationView view = view(answer);
        return Response.created("/api/accounts/organizations/" + view.name(), view)
                .etag(answer.version());
    }

    /** Shared with the page. */
    Answer<Organization> found(String name, String displayName, Request request) {
        String userId = request.person().userId();
        var command = new Organization.Command.Found(
                Names.canonical(name), displayName, userId, accounts.directory().memberships(userId));
        return accounts.tell(accounts.organizations(), accounts.ids().next(), command, request);
    }

    private Response show(Request request) {
        return shown(accounts.organizations().get(accounts.foundOrganizationId(request)));
    }

    private Response rename(Request request) {
        return shown(rename(request.json(Renaming.class).displayName(), request));
    }

    Answer<Organization> rename(String displayName, Request request) {
        return accounts.tell(
                accounts.organizations(),
                accounts.foundOrganizationId(request),
                new Organization.Command.Rename(displayName),
                request);
    }

    private Response members(Request request) {
        return Response.page(request, memberPage(request));
    }

    Page<Directory.Member> memberPage(Request request) {
        Paging paging = Paging.of(request);
        List<Directory.Member> found = accounts.directory().members(accounts.foundOrganizationId(request), paging);
        return Page.of(found, paging, Directory.Member::name);
    }

    private Response member(Request request) {
        return Response.ok(named(request));
    }

    private Response changeRole(Request request) {
        changeRole(request.json(NewRole.class).role(), request);
        return Response.ok(named(request));
    }

    void changeRole(Role role, Request request) {
        accounts.tell(
                accounts.organizations(),
                accounts.foundOrganizationId(request),
                new Organization.Command.ChangeRole(named(request).userId(), role),
                request);
    }

    private Response remove(Request request) {
        leave(request);
        return Response.noContent();
    }

    /** Everybody may take themselves out; owners take out others. Returns whether the caller themselves left. */
    boolean leave(Request request) {
        String organizationId = accounts.foundOrganizationId(request);
        Directory.Member member = named(request);
        String caller = request.person().userId();
        boolean self = member.userId().equals(caller);
        if (!self && accounts.organization(organizationId).members().get(caller) != Role.OWNER) {
            throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "forbidden",
                            "Only an owner may remove others; you may remove yourself.")
                    .asException();
        }
        accounts.tell(
                accounts.organizations(),
                organizationId,
                new Organization.Command.RemoveMember(member.userId()),
                request);
        return self;
    }

    private Response audit(Request request) {
        return Response.page(request, auditPage(request));
    }

    Page<AuditLog.Entry> auditPage(Request request) {
        Optional<String> actorName = request.query("actor").filter(name -> !name.isBlank());
        Optional<String> actor = actorName.map(name ->
                accounts.directory().personNamed(name).map(Directory.Face::id).orElse("nobody"));
        Optional<String> action = request.query("action").filter(text -> !text.isBlank());
        var filter = AuditLog.Filter.organization(accounts.foundOrganizationId(request))
                .narrowed(actor, action);
        return accounts.audit().read(filter, Paging.of(request));
    }

    private Directory.Member named(Request request) {
        return accounts.directory()
                .member(accounts.foundOrganizationId(request), request.parameter("user"))
                .orElseThrow(() -> Organization.memberAbsent().asException());
    }

    private static Response shown(Answer<Organization> answer) {
        return Response.ok(view(answer)).etag(answer.version());
    }

    private static OrganizationView view(Answer<Organization> answer) {
        if (answer.state() instanceof Organization.Founded it) {
            return new OrganizationView(
                    answer.id(), it.name(), it.displayName(), it.members().size());
        }
        throw Organization.absent().asException();
    }
}
