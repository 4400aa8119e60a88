package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import leat.kernel.Answer;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Page;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** Ways into an organization: a link that an owner makes, and whoever holds it uses once. */
final class InvitationsApi {
    /** How long a link can be used. */
    static final Duration LIFE = Duration.ofDays(7);

    private final Accounts accounts;
    private final Supplier<String> baseUrl;

    InvitationsApi(Accounts accounts, Supplier<String> baseUrl) {
        this.accounts = accounts;
        this.baseUrl = baseUrl;
    }

    List<Route> routes() {
        Access owners = Access.member(Role.OWNER, accounts::organizationId);
        return List.of(
                Route.get("/api/accounts/organizations/{org}/invitations", owners, this::list)
                        .summary("List the open invitations, newest first; there are at most "
                                + Organization.MAX_INVITATIONS)
                        .answersPageOf(InvitationView.class)
                        .refuses("organization.absent"),
                Route.post("/api/accounts/organizations/{org}/invitations", owners, this::invite)
                        .summary("Make an invitation; its link is in this answer and never again")
                        .takes(NewInvitation.class)
                        .answers(201, MadeInvitation.class)
                        .refuses("organization.absent", "invitation.too-many"),
                Route.delete("/api/accounts/organizations/{org}/invitations/{id}", owners, this::withdraw)
                        .summary("Withdraw an invitation")
                        .answers(204)
                        .refuses("invitation.absent"),
                Route.post("/api/accounts/invitations/acceptance", Access.signedIn(), this::accept)
                        .summary("Join an organization by an invitation's secret, which the body carries")
                        .takes(Acceptance.class)
                        .answers(MeApi.Membership.class)
                        .refuses("invitation.gone", "member.already", "member.too-many", "organization.too-many"));
    }

    record NewInvitation(Role role) {}

    /** @param secret the part of the link that proves the right; for the acceptance by API */
    record MadeInvitation(String id, Role role, Instant expiresAt, String url, String secret) {
        @Override
        public String toString() {
            return "MadeInvitation[" + id + "]";
        }
    }

    record Acceptance(String secret) {
        @Override
        public String toString() {
            return "Acceptance[…]";
        }
    }

    private Response list(Request request) {
        return Response.page(request, new Page<>(open(request), Optional.empty()));
    }

    List<InvitationView> open(Request request) {
        List<Directory.Invited> open = accounts.directory()
                .invitations(
                        accounts.foundOrganizationId(request), accounts.clock().instant());
        Map<String, Directory.Face> faces = accounts.directory()
                .faces(open.stream()
                        .map(Directory.Invited::invitedBy)
                        .distinct()
                        .toList());
        return open.stream()
                .map(it -> {
                    Directory.Face by = faces.get(it.invitedBy());
                    return new InvitationView(
                            it.id(), it.role(), by == null ? it.invitedBy() : by.name(), it.madeAt(), it.expiresAt());
                })
                .toList();
    }

    private Response invite(Request request) {
        MadeInvitation made = invite(request.json(NewInvitation.class).role(), request);
        return Response.created(request.path() + "/" + made.id(), made);
    }

    /** Shared with the page. */
    MadeInvitation invite(Role role, Request request) {
        String organizationId = accounts.foundOrganizationId(request);
        String id = accounts.ids().next();
        Secret secret = Secret.make(Secret.INVITATION, organizationId);
        Instant expiresAt = accounts.clock().instant().plus(LIFE);
        var command = new Organization.Command.Invite(
                id, secret.hash(), role, expiresAt, request.person().userId());
        Answer<Organization> answer = accounts.tell(accounts.organizations(), organizationId, command, request);
        if (!(answer.state() instanceof Organization.Founded it)
                || !it.invitations().containsKey(id)) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "invitation.made",
                            "This invitation was made already, and its link was shown then.")
                    .asException();
        }
        return new MadeInvitation(
                id, role, expiresAt, baseUrl.get() + "/invitations?secret=" + secret.text(), secret.text());
    }

    private Response withdraw(Request request) {
        withdraw(request.parameter("id"), request);
        return Response.noContent();
    }

    void withdraw(String id, Request request) {
        accounts.tell(
                accounts.organizations(),
                accounts.foundOrganizationId(request),
                new Organization.Command.Withdraw(id),
                request);
    }

    private Response accept(Request request) {
        String text = request.json(Acceptance.class).secret();
        Found found = find(text).orElseThrow(() -> Organization.invitationGone().asException());
        accept(found, request.person().userId(), request, Sender.by(request.caller()));
        return Response.ok(
                new MeApi.Membership(found.organizationId(), found.name(), found.displayName(), found.role()));
    }

    /** An open invitation, found by its secret. */
    record Found(String organizationId, String name, String displayName, String invitationId, Role role) {}

    Optional<Found> find(String text) {
        Optional<Secret> secret = Secret.read(Secret.INVITATION, text);
        if (secret.isEmpty()
                || !(accounts.organizations().get(secret.get().id()).state() instanceof Organization.Founded it)) {
            return Optional.empty();
        }
        Instant now = accounts.clock().instant();
        return it.invitations().entrySet().stream()
                .filter(one -> secret.get().matches(one.getValue().secretHash())
                        && one.getValue().expiresAt().isAfter(now))
                .map(one -> new Found(
                        secret.get().id(),
                        it.name(),
                        it.displayName(),
                        one.getKey(),
                        one.getValue().role()))
                .findFirst();
    }

    void accept(Found found, String userId, Request request, String by) {
        accounts.tellAlso(
                accounts.organizations(),
                found.organizationId(),
                new Organization.Command.Accept(
                        found.invitationId(), userId, accounts.directory().memberships(userId)),
                request,
                by);
    }
}
