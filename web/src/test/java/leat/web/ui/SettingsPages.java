package leat.web.ui;

import static leat.web.ui.Gallery.NOW;
import static leat.web.ui.Gallery.UI;
import static leat.web.ui.Markup.all;
import static leat.web.ui.Markup.html;

import gg.jte.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What sign-in, members, tokens, the audit log and a problem will look like. */
final class SettingsPages {
    private SettingsPages() {}

    static Content signIn() {
        var state = FormState.empty()
                .with("email", "owner@example.org")
                .violating("password", "That is not the password of this address.");
        return html(
                "<h1 class=\"center\">Sign in to Leat</h1><section class=\"card\"><form class=\"card-body form\" method=\"post\" action=\"/sign-in\">{}{}{}{}<button class=\"button button-primary button-wide\" type=\"submit\">Sign in</button><a class=\"button button-wide\" href=\"#\">{}Continue with your company's account</a></form></section><p class=\"center muted small\">No account? Ask an owner for an invitation.</p>",
                UI.csrf(),
                UI.field(Field.of(Field.Kind.EMAIL, "email", "Mail address", state)
                        .mandatory()
                        .with("autocomplete", "username")),
                UI.field(Field.of(Field.Kind.PASSWORD, "password", "Password", state)
                        .mandatory()
                        .with("autocomplete", "current-password")),
                UI.field(Field.of(Field.Kind.CHECKBOX, "stay", "Stay signed in for 30 days", state)),
                UI.icon(Icon.BUILDING));
    }

    static Content problem() {
        return UI.problem(new ProblemPage(
                404,
                "There is nothing here",
                "The mock does not exist, or you are not a member of the organization that it belongs to.",
                "01JD4W8K2M9QX",
                List.of(new Nav.Link("All mocks", "mocks.html"), new Nav.Link("Switch organization", "members.html"))));
    }

    static Content members() {
        return all(
                Gallery.head(
                        "Members",
                        "Who works here, and what they may do.",
                        html(
                                "<button class=\"button button-primary\" type=\"button\" data-dialog=\"invite\">{}Invite</button>",
                                UI.icon(Icon.MAIL))),
                html(
                        "<section class=\"card\"><ul class=\"list\">{}{}{}</ul></section>",
                        member("Owner", "owner@example.org", "owner", Tone.ACCENT),
                        member("Second engineer", "second@example.org", "editor", Tone.BLUE),
                        member("Tester", "tester@example.org", "viewer", Tone.GREY)),
                html(
                        "<section><div class=\"section-head\"><h2>Invitations</h2></div><div class=\"card\"><ul class=\"list\"><li>{}<div class=\"list-main\">designer@example.org<br><span class=\"muted small\">editor, sent {}, works until 27 November</span></div><div class=\"toolbar list-actions\">{}{}</div></li></ul></div></section>",
                        UI.icon(Icon.MAIL),
                        UI.time(NOW.minus(Duration.ofDays(1))),
                        UI.action(Action.of("Send again", "POST", "/again").styled("button-small")),
                        UI.action(Action.of("Withdraw", "DELETE", "/invitation")
                                .styled("button-small button-danger")
                                .confirm("Withdraw the invitation?", "The link in the mail stops working."))),
                html(
                        "<dialog class=\"dialog\" id=\"invite\" aria-labelledby=\"invite-title\"><form method=\"post\" action=\"/invitations\">{}<div class=\"dialog-head\"><h2 id=\"invite-title\">Invite a member</h2><button class=\"button button-quiet button-icon\" type=\"button\" data-close aria-label=\"Close\">{}</button></div><div class=\"dialog-body stack\">{}{}</div><div class=\"dialog-foot\"><button class=\"button\" type=\"button\" data-close>Cancel</button><button class=\"button button-primary\" type=\"submit\">Send invitation</button></div></form></dialog>",
                        UI.csrf(),
                        UI.icon(Icon.CROSS),
                        UI.field(Field.of(Field.Kind.EMAIL, "email", "Mail address", FormState.empty())
                                .mandatory()),
                        UI.field(Field.select(
                                        "role",
                                        "Role",
                                        FormState.empty().with("role", "editor"),
                                        List.of(
                                                new Field.Option("viewer", "Viewer"),
                                                new Field.Option("editor", "Editor"),
                                                new Field.Option("owner", "Owner")))
                                .mandatory())));
    }

    private static Content member(String name, String mail, String role, Tone tone) {
        return html(
                "<li><span class=\"avatar\" aria-hidden=\"true\">" + Nav.initials(name)
                        + "</span><div class=\"list-main\"><strong>" + name
                        + "</strong><br><span class=\"muted small\">" + mail
                        + "</span></div>{}<details class=\"menu\"><summary class=\"button button-quiet button-icon\" aria-label=\"More about "
                        + name
                        + "\">{}</summary><div class=\"menu-list\"><button class=\"menu-item\" type=\"button\">Change role</button><button class=\"menu-item menu-item-danger\" type=\"button\">Remove</button></div></details></li>",
                UI.badge(tone, role),
                UI.icon(Icon.MORE));
    }

    static Content tokens() {
        return all(
                Gallery.head(
                        "API tokens",
                        "For programs that act as you.",
                        html(
                                "<button class=\"button button-primary\" type=\"button\">{}New token</button>",
                                UI.icon(Icon.PLUS))),
                html(
                        "<section class=\"card\"><div class=\"card-body\">{}{}<p class=\"muted small\">Use it as <code>Authorization: Bearer …</code> or with <code>leat sign-in --token</code>.</p></div></section>",
                        UI.notice(
                                Tone.GREEN,
                                "Token \"deploy\" made",
                                "Copy it now: it is stored as a hash and cannot be shown again."),
                        UI.secret("leat_9f2kd83jxm1q7v5c0z4w8t6r")),
                html(
                        "<div class=\"table-wrap\"><table class=\"table table-cards\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Scopes</th><th scope=\"col\">Last used</th><th scope=\"col\">Expires</th><th scope=\"col\" class=\"actions\"><span class=\"visually-hidden\">Actions</span></th></tr></thead><tbody>{}{}</tbody></table></div>",
                        token("deploy", "mocks:write", 0),
                        token("dashboard", "mocks:read", 3)));
    }

    private static Content token(String name, String scope, int hours) {
        return html(
                "<tr><th scope=\"row\">" + name
                        + "</th><td data-label=\"Scopes\"><span class=\"row\">{}{}</span></td><td data-label=\"Last used\">{}</td><td data-label=\"Expires\">in 90 days</td><td class=\"actions\"><div class=\"toolbar\">{}</div></td></tr>",
                UI.badge(Tone.GREY, scope),
                UI.badge(Tone.GREY, "accounts:read"),
                hours == 0 ? html("<span class=\"faint\">never</span>") : UI.time(NOW.minus(Duration.ofHours(hours))),
                UI.action(Action.of("Revoke", "DELETE", "/tokens/" + name)
                        .styled("button-small button-danger")
                        .confirmTyping(name, "Revoke the token?", "Programs that use it are refused from now on.")));
    }

    static Content audit() {
        return all(
                Gallery.head(
                        "Audit log",
                        "Who did what, from the journal.",
                        html("<a class=\"button\" href=\"#\">{}Download</a>", UI.icon(Icon.DOWNLOAD))),
                html(
                        "<form class=\"toolbar\" method=\"get\"><label class=\"search\">{}<span class=\"visually-hidden\">Search</span><input class=\"input\" type=\"search\" name=\"q\" placeholder=\"Person, action or thing\" data-search></label><label><span class=\"visually-hidden\">Module</span><select class=\"input input-small\" name=\"module\"><option>All modules</option><option>accounts</option><option>mocks</option></select></label><button class=\"button\" type=\"submit\">Filter</button></form>",
                        UI.icon(Icon.SEARCH)),
                html(
                        "<div class=\"table-wrap\"><table class=\"table table-cards\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Who</th><th scope=\"col\">From</th><th scope=\"col\">When</th></tr></thead><tbody>{}{}{}{}</tbody></table></div>",
                        entry("mock.published", "Pet store, revision 12", "Owner", "198.51.100.7", 2),
                        entry("member.invited", "designer@example.org as editor", "Owner", "198.51.100.7", 25),
                        entry("token.made", "deploy", "Second engineer", "2001:db8::42", 26),
                        entry("signed-in", "with a password", "Tester", "203.0.113.20", 49)),
                UI.pagination("The newest 4", Optional.empty(), Optional.of("#older")));
    }

    private static Content entry(String what, String detail, String who, String from, int hours) {
        return html(
                "<tr><th scope=\"row\"><span class=\"mono\">" + what + "</span><span class=\"below\">" + detail
                        + "</span></th><td data-label=\"Who\">" + who + "</td><td data-label=\"From\" class=\"mono\">"
                        + from + "</td><td data-label=\"When\">{}</td></tr>",
                UI.time(NOW.minus(Duration.ofHours(hours))));
    }
}
