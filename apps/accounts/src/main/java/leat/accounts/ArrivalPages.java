package leat.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Caller;
import leat.web.Cookie;
import leat.web.Form;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;

/**
 * Coming in by a link: the owner's, or an invitation. The link's secret is exchanged for a short cookie at once, so that it
 * stays neither in the address bar nor in what the next page tells about where one came from.
 */
final class ArrivalPages {
    private static final Duration COOKIE_LIFE = Duration.ofHours(1);
    private static final String LINK = "leat-link";
    private static final String INVITATION = "leat-invitation";

    private final Accounts accounts;
    private final SignIn signIn;
    private final OwnerArrival owner;
    private final InvitationsApi invitations;
    private final Pages pages;

    ArrivalPages(Accounts accounts, SignIn signIn, OwnerArrival owner, InvitationsApi invitations, Pages pages) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.owner = owner;
        this.invitations = invitations;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/first-sign-in", Access.anyone(), this::ownerForm),
                Route.post("/first-sign-in", Access.anyone(), this::ownerArrives),
                Route.get("/invitations", Access.anyone(), this::invited),
                Route.get("/invitations/acceptance", Access.anyone(), this::invitationForm),
                Route.post("/invitations/acceptance", Access.anyone(), this::accept));
    }

    private Response ownerForm(Request request) {
        signIn.countStranger(request);
        Optional<String> text = request.query("link");
        if (text.isPresent()) {
            if (owner.open(text.get()).isEmpty()) {
                throw OwnerLink.gone().asException();
            }
            return exchanged("/first-sign-in", LINK, text.get(), request);
        }
        return ownerPage(request, openLink(request), FormState.empty());
    }

    private Response ownerArrives(Request request) {
        signIn.countStranger(request);
        OwnerArrival.Opened link = openLink(request);
        Form form = request.form();
        try {
            Optional<String> password = repeated(form, form.first("password").filter(it -> !it.isEmpty()));
            SignIn.Begun begun = link.established()
                    ? owner.come(link, request)
                    : owner.arrive(
                            link,
                            new OwnerArrival.Form(
                                    form.first("name").orElse(""),
                                    form.first("organization").orElse(""),
                                    password),
                            request);
            return Response.redirect("/").cookie(begun.cookie()).cookie(Cookie.removed(LINK));
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            return Forms.refused(ownerPage(request, link, Forms.state(form).refused(refusal)), refusal);
        }
    }

    private OwnerArrival.Opened openLink(Request request) {
        return request.cookie(LINK)
                .flatMap(owner::open)
                .orElseThrow(() -> OwnerLink.gone().asException());
    }

    private Response ownerPage(Request request, OwnerArrival.Opened link, FormState state) {
        Optional<String> known = owner.known(link).map(User.Person::name);
        return pages.bare(
                request,
                link.established() ? "Sign in as the owner" : "Welcome",
                ui -> PageTemplate.content(out -> JtefirstSignInGenerated.render(
                        out, PageTemplate.PLAIN, ui, state, known, link.established(), suggestedName())));
    }

    /** The name of whoever runs this process is often the right one. */
    private static String suggestedName() {
        String name = Names.canonical(System.getProperty("user.name", ""));
        return Names.violation("name", name).isEmpty() ? name : "";
    }

    private Response invited(Request request) {
        signIn.countStranger(request);
        String text = request.query("secret").orElse("");
        if (invitations.find(text).isEmpty()) {
            throw Organization.invitationGone().asException();
        }
        return exchanged("/invitations/acceptance", INVITATION, text, request);
    }

    private Response invitationForm(Request request) {
        signIn.countStranger(request);
        return invitationPage(request, openInvitation(request), FormState.empty());
    }

    private Response accept(Request request) {
        signIn.countStranger(request);
        InvitationsApi.Found found = openInvitation(request);
        try {
            return request.caller() instanceof Caller.Person person
                    ? joined(found, person.userId(), request, Sender.by(person))
                    : registered(found, request);
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            return Forms.refused(
                    invitationPage(request, found, Forms.state(request.form()).refused(refusal)), refusal);
        }
    }

    private Response joined(InvitationsApi.Found found, String userId, Request request, String by) {
        invitations.accept(found, userId, request, by);
        return Response.redirect("/organizations/" + found.name()).cookie(Cookie.removed(INVITATION));
    }

    /** A crash between the steps leaves an account that can sign in and accept. */
    private Response registered(InvitationsApi.Found found, Request request) {
        Form form = request.form();
        String name = Names.canonical(form.first("name").orElse(""));
        String password = form.first("password").orElse("");
        PasswordRule.require("password", password, name);
        repeated(form, Optional.of(password));
        String userId = accounts.ids().next();
        var register = new User.Command.Register(
                name,
                form.first("displayName").filter(it -> !it.isBlank()).orElse(name),
                form.first("email").map(Names::canonical).filter(it -> !it.isEmpty()),
                Optional.of(accounts.passwords().hash(password)),
                false,
                About.Typed.NOTHING);
        Answer<User> _ = accounts.tellAlso(accounts.users(), userId, register, request, "user:" + userId);
        Response joined = joined(found, userId, request, "user:" + userId);
        return joined.cookie(signIn.begin(userId, request).cookie());
    }

    private InvitationsApi.Found openInvitation(Request request) {
        return request.cookie(INVITATION)
                .flatMap(invitations::find)
                .orElseThrow(() -> Organization.invitationGone().asException());
    }

    private Response invitationPage(Request request, InvitationsApi.Found found, FormState state) {
        Optional<String> caller =
                request.caller() instanceof Caller.Person person ? Optional.of(person.userName()) : Optional.empty();
        return pages.bare(
                request,
                "Join " + found.displayName(),
                ui -> PageTemplate.content(out -> JteinvitationGenerated.render(
                        out,
                        PageTemplate.PLAIN,
                        ui,
                        state,
                        new Joining(found.displayName(), found.role().name().toLowerCase(Locale.ROOT), caller))));
    }

    /** A password that is typed twice must be the same twice. */
    static Optional<String> repeated(Form form, Optional<String> password) {
        if (!form.first("repeated").orElse("").equals(password.orElse(""))) {
            String message = "The two passwords differ.";
            throw Refusal.invalid(
                            "password.differs",
                            message,
                            List.of(new Refusal.Violation("repeated", "password.differs", message)))
                    .asException();
        }
        return password;
    }

    private static Response exchanged(String path, String cookie, String secret, Request request) {
        return Response.redirect(path)
                .cookie(Cookie.of(cookie, secret).keptFor(COOKIE_LIFE).secure(request.https()))
                .header("Cache-Control", "no-store");
    }
}
