package leat.webhooks;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import leat.accounts.api.Organization;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Page;
import leat.web.Problem;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.Action;
import leat.web.ui.FormState;
import leat.web.ui.Pages;
import leat.web.ui.Tab;

/** Webhooks as pages among those of their organization. */
final class WebhooksPages {
    private static final String HOOKS = "/organizations/{org}/webhooks";
    private static final String HOOK = HOOKS + "/{hook}";

    private final Hooks hooks;
    private final Pages pages;

    WebhooksPages(Hooks hooks, Pages pages) {
        this.hooks = hooks;
        this.pages = pages;
    }

    List<Route> table() {
        Access owner = Access.member(Role.OWNER, hooks::organizationId);
        return List.of(
                Route.get(HOOKS, owner, this::list),
                Route.post(HOOKS, owner, this::add),
                Route.get(HOOK, owner, this::show),
                Route.put(HOOK, owner, this::change),
                Route.delete(HOOK, owner, this::remove),
                Route.put(HOOK + "/secret", owner, this::rotate),
                Route.put(HOOK + "/pause", owner, this::turnOff),
                Route.delete(HOOK + "/pause", owner, this::turnOn),
                Route.post(HOOK + "/tests", owner, this::test),
                Route.post(HOOK + "/deliveries/{delivery}/repetitions", owner, this::again));
    }

    /** One webhook with what can be done with it. */
    record HookPage(
            Organization organization,
            Hooks.Found found,
            List<Action> actions,
            List<Row> log,
            Optional<String> next,
            Optional<String> sent) {
        String path() {
            return WebhooksPages.path(organization) + "/" + found.id();
        }
    }

    /** A line of the log. */
    record Row(Delivered.Item item, Action again) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response list(Request request) {
        return listPage(request, FormState.empty());
    }

    Response add(Request request) {
        try {
            var added = hooks.add(request, draft(request.form()));
            return hookPage(request, added.found(), FormState.empty(), Optional.of(added.secret()));
        } catch (RefusedException e) {
            return refused(listPage(request, typed(request, e.refusal())), e.refusal());
        }
    }

    Response show(Request request) {
        return hookPage(request, hooks.find(request), FormState.empty(), Optional.empty());
    }

    Response change(Request request) {
        try {
            hooks.change(request, draft(request.form()));
            return home(request, "");
        } catch (RefusedException e) {
            return refused(
                    hookPage(request, hooks.find(request), typed(request, e.refusal()), Optional.empty()), e.refusal());
        }
    }

    Response remove(Request request) {
        hooks.remove(request);
        return Response.redirect(path(hooks.foundOrganization(request)));
    }

    Response rotate(Request request) {
        var rotated = hooks.rotate(request);
        return hookPage(request, rotated.found(), FormState.empty(), Optional.of(rotated.secret()));
    }

    Response turnOff(Request request) {
        hooks.turnOff(request);
        return home(request, "");
    }

    Response turnOn(Request request) {
        hooks.turnOn(request);
        return home(request, "");
    }

    Response test(Request request) {
        return home(request, "?sent=" + hooks.test(request));
    }

    Response again(Request request) {
        return home(request, "?sent=" + hooks.again(request));
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Hooks.Draft draft(Form form) {
        return new Hooks.Draft(
                form.first("url").orElse("").strip(),
                form.first("description").orElse("").strip(),
                form.fields().getOrDefault("types", List.of()));
    }

    private static FormState typed(Request request, Refusal refusal) {
        return new FormState(request.form().fields(), List.of()).refused(refusal);
    }

    private static Response refused(Response page, Refusal refusal) {
        return page.status(Problem.statusOf(refusal.kind()));
    }

    private Response home(Request request, String query) {
        return Response.redirect(path(hooks.foundOrganization(request)) + "/" + request.parameter("hook") + query);
    }

    private static String path(Organization organization) {
        return "/organizations/" + organization.name() + "/webhooks";
    }

    private static List<Tab> tabs(Organization organization) {
        String home = "/organizations/" + organization.name();
        return List.of(
                new Tab("Members", home, false),
                new Tab("Audit log", home + "/audit", false),
                new Tab("Webhooks", path(organization), true));
    }

    private Response listPage(Request request, FormState state) {
        Organization organization = hooks.foundOrganization(request);
        List<Hooks.Found> all = hooks.all(request);
        return pages.page(
                request,
                "Webhooks of " + organization.displayName(),
                Optional.of(organization.name()),
                List.of(),
                ui -> content(out -> JtewebhooksGenerated.render(
                        out,
                        PLAIN,
                        ui,
                        tabs(organization),
                        path(organization),
                        all,
                        state,
                        hooks.catalogue().types())));
    }

    private Response hookPage(Request request, Hooks.Found found, FormState changing, Optional<String> secret) {
        Organization organization = hooks.foundOrganization(request);
        String path = path(organization) + "/" + found.id();
        Page<Delivered.Item> log = request.isSafe() ? hooks.log(request) : new Page<>(List.of(), Optional.empty());
        var page = new HookPage(
                organization,
                found,
                actions(path, found.hook()),
                log.items().stream()
                        .map(it -> new Row(
                                it,
                                Action.of("Send again", "POST", path + "/deliveries/" + it.number() + "/repetitions")
                                        .styled("button-small")))
                        .toList(),
                log.next().map(next -> path + "?after=" + next),
                request.query("sent").filter(it -> it.matches("[\\w.-]{1,100}")));
        FormState state = changing.refused()
                ? changing
                : FormState.empty()
                        .with("url", found.hook().url())
                        .with("description", found.hook().description())
                        .with("types", found.hook().types().toArray(String[]::new));
        return pages.page(
                request,
                "Webhook of " + organization.displayName(),
                Optional.of(organization.name()),
                List.of(),
                ui -> content(out -> JtewebhookGenerated.render(
                        out,
                        PLAIN,
                        ui,
                        tabs(organization),
                        page,
                        state,
                        secret,
                        hooks.catalogue().types())));
    }

    private static List<Action> actions(String path, Webhooks.Hook hook) {
        return List.of(
                Action.of("Send a test", "POST", path + "/tests"),
                hook.off().isPresent()
                        ? Action.of("Turn on", "DELETE", path + "/pause").styled("button-primary")
                        : Action.of("Turn off", "PUT", path + "/pause")
                                .confirm("Turn this webhook off?", "What happens meanwhile is not sent later."),
                Action.of("New secret", "PUT", path + "/secret")
                        .confirm(
                                "Make another secret?",
                                "For 24 hours deliveries bear the signatures of both, so that you can change over."),
                Action.of("Remove", "DELETE", path)
                        .styled("button-danger")
                        .confirm("Remove this webhook?", "What waits for it is not sent, and its log is gone."));
    }
}
