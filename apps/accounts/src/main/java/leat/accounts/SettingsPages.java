package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Form;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Tab;

/** A person's own account: profile, password, sessions, tokens, activity. */
final class SettingsPages {
    private final Accounts accounts;
    private final MeApi me;
    private final SessionsApi sessions;
    private final TokensApi tokens;
    private final Pages pages;
    private final List<String> scopes;

    SettingsPages(
            Accounts accounts,
            MeApi me,
            SessionsApi sessions,
            TokensApi tokens,
            Pages pages,
            List<String> scopedModules) {
        this.accounts = accounts;
        this.me = me;
        this.sessions = sessions;
        this.tokens = tokens;
        this.pages = pages;
        List<String> all = new ArrayList<>();
        scopedModules.forEach(module -> all.addAll(List.of(module + ":read", module + ":write")));
        all.add("*");
        this.scopes = List.copyOf(all);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/settings", Access.signedIn(), this::show),
                Route.post("/settings/profile", Access.signedIn(), this::changeProfile),
                Route.post("/settings/password", Access.signedIn(), this::setPassword),
                Route.get("/settings/sessions", Access.signedIn(), this::listSessions),
                Route.delete("/settings/sessions/{id}", Access.signedIn(), this::endSession),
                Route.get("/settings/tokens", Access.signedIn(), this::listTokens),
                Route.post("/settings/tokens", Access.signedIn(), this::makeToken),
                Route.delete("/settings/tokens/{id}", Access.signedIn(), this::revokeToken),
                Route.get("/settings/activity", Access.signedIn(), this::activity));
    }

    private Response show(Request request) {
        return page(request, profile(request), FormState.empty());
    }

    private Response changeProfile(Request request) {
        Form form = request.form();
        var command = new User.Command.ChangeProfile(
                form.first("displayName").orElse("").strip(),
                form.first("email").map(Names::canonical).filter(it -> !it.isEmpty()),
                new About.Typed(told(form, "born"), told(form, "bio")));
        try {
            accounts.tell(accounts.users(), request.person().userId(), command, request);
            return Response.redirect("/settings?saved=profile");
        } catch (RefusedException e) {
            FormState state = Forms.state(form).refused(e.refusal());
            return Forms.refused(page(request, state, FormState.empty()), e.refusal());
        }
    }

    private static Optional<String> told(Form form, String field) {
        return form.first(field).map(text -> text.replace("\r\n", "\n").strip()).filter(text -> !text.isEmpty());
    }

    private Response setPassword(Request request) {
        Form form = request.form();
        try {
            String password = form.first("password").orElse("");
            ArrivalPages.repeated(form, Optional.of(password));
            me.setPassword(form.first("current"), password, request);
            return Response.redirect("/settings?saved=password");
        } catch (RefusedException e) {
            FormState state = Forms.state(form).refused(e.refusal());
            return Forms.refused(page(request, profile(request), state), e.refusal());
        }
    }

    private FormState profile(Request request) {
        User.Person person = accounts.me(request);
        return FormState.empty()
                .with("displayName", person.displayName())
                .with("email", person.email().orElse(""))
                .with("born", person.about().typed().born().orElse(""))
                .with("bio", person.about().bio().orElse(""));
    }

    private Response page(Request request, FormState profile, FormState password) {
        SettingsModel model = model(request, "/settings");
        return pages.page(
                request,
                "Settings",
                ui -> PageTemplate.content(
                        out -> JtesettingsGenerated.render(out, PageTemplate.PLAIN, ui, model, profile, password)));
    }

    private Response listSessions(Request request) {
        SettingsModel model = model(request, "/settings/sessions");
        Page<SessionView> page = sessions.page(request);
        return pages.page(
                request,
                "Sessions",
                ui -> PageTemplate.content(out -> JtesessionsGenerated.render(
                        out, PageTemplate.PLAIN, ui, model, page.items(), Forms.next(request, page))));
    }

    private Response endSession(Request request) {
        sessions.ended(request.parameter("id"), request);
        return Response.redirect("/settings/sessions");
    }

    private Response listTokens(Request request) {
        return tokenPage(request, FormState.empty().with("days", "90"), Optional.empty());
    }

    private Response makeToken(Request request) {
        Form form = request.form();
        try {
            var made = tokens.make(
                    form.first("name").orElse("").strip(), Set.copyOf(form.all("scopes")), expiry(form), request);
            return tokenPage(request, FormState.empty().with("days", "90"), Optional.of(made.token()));
        } catch (RefusedException e) {
            FormState state = Forms.state(form).refused(e.refusal());
            return Forms.refused(tokenPage(request, state, Optional.empty()), e.refusal());
        }
    }

    private Optional<Instant> expiry(Form form) {
        return form.first("days").filter(days -> !days.isEmpty()).map(days -> {
            if (!days.matches("[1-9][0-9]{0,3}")) {
                String message = "Choose when the token expires.";
                throw Refusal.invalid(
                                "token.invalid",
                                message,
                                List.of(new Refusal.Violation("days", "expiry.shape", message)))
                        .asException();
            }
            return accounts.clock().instant().plus(Duration.ofDays(Long.parseLong(days)));
        });
    }

    private Response tokenPage(Request request, FormState state, Optional<String> made) {
        SettingsModel model = model(request, "/settings/tokens");
        Page<Directory.Key> page = tokens.page(request);
        return pages.page(
                request,
                "API tokens",
                ui -> PageTemplate.content(out -> JtetokensGenerated.render(
                        out,
                        PageTemplate.PLAIN,
                        ui,
                        model,
                        state,
                        scopes,
                        page.items(),
                        made,
                        Forms.next(request, page))));
    }

    private Response revokeToken(Request request) {
        tokens.revoked(request.parameter("id"), request);
        return Response.redirect("/settings/tokens");
    }

    private Response activity(Request request) {
        SettingsModel model = model(request, "/settings/activity");
        Page<AuditLog.Entry> page =
                accounts.audit().read(AuditLog.Filter.person(request.person().userId()), Paging.of(request));
        return pages.page(
                request,
                "Activity",
                ui -> PageTemplate.content(out -> JteauditGenerated.render(
                        out,
                        PageTemplate.PLAIN,
                        ui,
                        "Activity",
                        "What you did, and what was done to your account.",
                        model.tabs(),
                        false,
                        "",
                        "",
                        page.items(),
                        Forms.next(request, page))));
    }

    private SettingsModel model(Request request, String here) {
        User.Person person = accounts.me(request);
        String saved = switch (request.query("saved").orElse("")) {
            case "profile" -> "Your profile is changed.";
            case "password" -> "Your password is set, and your other sessions have ended.";
            default -> "";
        };
        return new SettingsModel(
                person.name(),
                person.passwordHash().isPresent(),
                saved,
                List.of(
                        new Tab("Account", "/settings", here.equals("/settings")),
                        new Tab("Sessions", "/settings/sessions", here.equals("/settings/sessions")),
                        new Tab("API tokens", "/settings/tokens", here.equals("/settings/tokens")),
                        new Tab("Activity", "/settings/activity", here.equals("/settings/activity"))));
    }
}
