package leat.accounts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Page;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Tab;

/** Organizations as pages: founding and switching, members, invitations, audit. */
final class OrganizationPages {
    private final Accounts accounts;
    private final OrganizationsApi organizations;
    private final InvitationsApi invitations;
    private final Pages pages;

    OrganizationPages(Accounts accounts, OrganizationsApi organizations, InvitationsApi invitations, Pages pages) {
        this.accounts = accounts;
        this.organizations = organizations;
        this.invitations = invitations;
        this.pages = pages;
    }

    List<Route> routes() {
        Access viewers = Access.member(Role.VIEWER, accounts::organizationId);
        Access owners = Access.member(Role.OWNER, accounts::organizationId);
        return List.of(
                Route.get("/organizations", Access.signedIn(), this::list),
                Route.post("/organizations", Access.signedIn(), this::found),
                Route.get("/organizations/{org}", viewers, this::show),
                Route.of("PATCH", "/organizations/{org}", owners, this::rename),
                Route.get("/organizations/{org}/members", viewers, this::show),
                Route.put("/organizations/{org}/members/{user}", owners, this::changeRole),
                Route.delete("/organizations/{org}/members/{user}", viewers, this::remove),
                Route.post("/organizations/{org}/invitations", owners, this::invite),
                Route.delete("/organizations/{org}/invitations/{id}", owners, this::withdraw),
                Route.get("/organizations/{org}/audit", owners, this::audit));
    }

    private Response list(Request request) {
        return listPage(request, FormState.empty());
    }

    private Response found(Request request) {
        Form form = request.form();
        String name = Names.canonical(form.first("name").orElse(""));
        try {
            organizations.found(
                    name,
                    form.first("displayName")
                            .map(String::strip)
                            .filter(it -> !it.isEmpty())
                            .orElse(name),
                    request);
            return Response.redirect("/organizations/" + name);
        } catch (RefusedException e) {
            FormState state = Forms.state(form).refused(e.refusal());
            return Forms.refused(listPage(request, state), e.refusal());
        }
    }

    private Response listPage(Request request, FormState state) {
        List<Directory.Listed> mine =
                accounts.directory().organizationsOf(request.person().userId());
        return pages.page(
                request,
                "Organizations",
                ui -> PageTemplate.content(
                        out -> JteorganizationsGenerated.render(out, PageTemplate.PLAIN, ui, state, mine)));
    }

    private Response show(Request request) {
        return page(request, Optional.empty(), Optional.empty(), FormState.empty());
    }

    private Response rename(Request request) {
        try {
            organizations.rename(request.form().first("displayName").orElse("").strip(), request);
            return home(request);
        } catch (RefusedException e) {
            FormState naming = Forms.state(request.form()).refused(e.refusal());
            return Forms.refused(page(request, Optional.empty(), Optional.of(naming), FormState.empty()), e.refusal());
        }
    }

    private Response changeRole(Request request) {
        try {
            organizations.changeRole(role(request.form()), request);
            return home(request);
        } catch (RefusedException e) {
            return refused(request, e.refusal());
        }
    }

    private Response remove(Request request) {
        try {
            return organizations.leave(request) ? Response.redirect("/organizations") : home(request);
        } catch (RefusedException e) {
            return refused(request, e.refusal());
        }
    }

    private Response invite(Request request) {
        try {
            var made = invitations.invite(role(request.form()), request);
            return page(request, Optional.of(made.url()), Optional.empty(), FormState.empty());
        } catch (RefusedException e) {
            return refused(request, e.refusal());
        }
    }

    private Response withdraw(Request request) {
        try {
            invitations.withdraw(request.parameter("id"), request);
            return home(request);
        } catch (RefusedException e) {
            return refused(request, e.refusal());
        }
    }

    private Response audit(Request request) {
        String name =
                accounts.organization(accounts.foundOrganizationId(request)).name();
        Page<AuditLog.Entry> page = organizations.auditPage(request);
        return pages.page(
                request,
                "Audit log of " + name,
                Optional.of(name),
                List.of(),
                ui -> PageTemplate.content(out -> JteauditGenerated.render(
                        out,
                        PageTemplate.PLAIN,
                        ui,
                        "Audit log",
                        "Who did what in this organization.",
                        tabs(name, true, true),
                        true,
                        request.query("actor").orElse(""),
                        request.query("action").orElse(""),
                        page.items(),
                        Forms.next(request, page))));
    }

    private Response home(Request request) {
        return Response.redirect("/organizations/" + Names.canonical(request.parameter("org")));
    }

    private Response refused(Request request, Refusal refusal) {
        FormState state = FormState.empty().refused(refusal);
        return Forms.refused(page(request, Optional.empty(), Optional.empty(), state), refusal);
    }

    private Response page(Request request, Optional<String> link, Optional<FormState> renaming, FormState refused) {
        Organization.Founded it = accounts.organization(accounts.foundOrganizationId(request));
        boolean owner = it.members().get(request.person().userId()) == Role.OWNER;
        Page<Directory.Member> members = organizations.memberPage(request);
        var model = new OrganizationModel(
                it.name(),
                it.displayName(),
                owner,
                request.person().userName(),
                members.items(),
                Forms.next(request, members),
                owner ? invitations.open(request) : List.of(),
                link,
                refused,
                tabs(it.name(), owner, false));
        FormState naming = renaming.orElseGet(() -> FormState.empty().with("displayName", it.displayName()));
        FormState inviting = FormState.empty().with("role", "EDITOR");
        return pages.page(
                request,
                it.displayName(),
                Optional.of(it.name()),
                List.of(),
                ui -> PageTemplate.content(
                        out -> JteorganizationGenerated.render(out, PageTemplate.PLAIN, ui, model, naming, inviting)));
    }

    private static List<Tab> tabs(String name, boolean owner, boolean audit) {
        Tab members = new Tab("Members", "/organizations/" + name, !audit);
        return owner
                ? List.of(
                        members,
                        new Tab("Audit log", "/organizations/" + name + "/audit", audit),
                        new Tab("Webhooks", "/organizations/" + name + "/webhooks", false))
                : List.of(members);
    }

    private static Role role(Form form) {
        String typed = form.first("role").orElse("").toUpperCase(Locale.ROOT);
        return List.of(Role.values()).stream()
                .filter(role -> role.name().equals(typed))
                .findFirst()
                .orElseThrow(() -> Refusal.of(Refusal.Kind.INVALID, "role.unknown", "Choose viewer, editor or owner.")
                        .asException());
    }
}
