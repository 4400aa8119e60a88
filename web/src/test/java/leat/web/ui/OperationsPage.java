package leat.web.ui;

import static leat.web.ui.Gallery.NOW;
import static leat.web.ui.Gallery.UI;
import static leat.web.ui.Markup.all;
import static leat.web.ui.Markup.html;

import gg.jte.Content;
import java.util.List;

/** What the operations page will look like. */
final class OperationsPage {
    private OperationsPage() {}

    static Content body() {
        return all(
                html(
                        "<header class=\"page-head\"><div><div class=\"title-row\"><h1>Operations</h1>{}</div><p class=\"lede\">One process, embedded engine, up for 6 days.</p></div><div class=\"toolbar\"><a class=\"button\" href=\"#\">{}Back up</a></div></header>",
                        UI.pill(Status.of("2 things to look at", Tone.AMBER)),
                        UI.icon(Icon.DOWNLOAD)),
                html(
                        "<div class=\"grid grid-tight\">{}{}{}{}</div>",
                        UI.stat("Commands", "412", "/s", "peak 3,180"),
                        UI.stat("Commit p99", "6.1", "ms", "fsync included"),
                        UI.stat("Journal", "1.8", "GB", "4,218,077 events"),
                        UI.stat("Parked", "2", "", "1 task, 1 event")),
                html(
                        "<section><div class=\"section-head\"><h2>Modules</h2></div><div class=\"grid\">{}{}{}</div></section>",
                        tile("accounts", Icon.USERS, "Healthy", Tone.GREEN, "18 commands/s"),
                        tile("mocks", Icon.MOCK, "1 parked", Tone.AMBER, "394 commands/s"),
                        tile("builds", Icon.BUILD, "Not hosted here", Tone.SLATE, "another node")),
                html(
                        "<section><div class=\"section-head\"><h2>Views</h2></div><div class=\"table-wrap\"><table class=\"table table-cards\"><thead><tr><th scope=\"col\">View</th><th scope=\"col\">State</th><th scope=\"col\" class=\"number\">Position</th><th scope=\"col\" class=\"number\">Lag</th><th scope=\"col\" class=\"actions\"><span class=\"visually-hidden\">Actions</span></th></tr></thead><tbody>{}{}{}</tbody></table></div></section>",
                        view("accounts.members", Status.of("Current", Tone.GREEN), "88,120", "1 ms"),
                        view("mocks.list", Status.of("Current", Tone.GREEN), "4,129,957", "3 ms"),
                        view("mocks.requests", new Status("Rebuilding, 62%", Tone.AMBER, true), "2,560,300", "12 min")),
                html(
                        "<section><div class=\"section-head\"><h2>Parked</h2><p class=\"muted small\">Everything else goes on.</p></div><div class=\"table-wrap\"><table class=\"table table-cards\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Error</th><th scope=\"col\" class=\"number\">Tries</th><th scope=\"col\">Since</th><th scope=\"col\" class=\"actions\"><span class=\"visually-hidden\">Actions</span></th></tr></thead><tbody>{}{}</tbody></table></div></section>",
                        parked(
                                "mocks.distribute",
                                "mock 01JD4W8K2M9QX",
                                "The store refused the file: no space left on the device."),
                        parked(
                                "accounts.mail",
                                "invitation 01JD4VZZ7C1RA",
                                "mail.example.org did not answer within 30 s.")),
                html(
                        "<section class=\"card\"><div class=\"card-head\"><h2>Faults</h2></div><ul class=\"list\"><li>{}<div class=\"list-main\"><span class=\"mono small\">SQLITE_FULL at SqliteJournal.append</span><br><span class=\"muted small\">Request 01JD4W8K2M, {}</span></div><a class=\"button button-small\" href=\"#\">Trace</a></li></ul></section>",
                        UI.badge(Tone.RED, "500"),
                        UI.time(NOW.minusSeconds(1300))),
                html(
                        "<section class=\"card\"><div class=\"card-head\"><h2>Commit latency</h2></div><div class=\"card-body\"><leat-plot label=\"Commit latency of the last hour\" unit=\"ms\"><script type=\"application/json\">{}</script></leat-plot></div></section>",
                        UI.json(Plots.latency())));
    }

    private static Content tile(String name, Icon icon, String state, Tone tone, String note) {
        return html(
                "<section class=\"tile\"><div class=\"tile-head\">{}<h3>" + name
                        + "</h3>{}</div>{}<p class=\"muted small\">" + note + "</p></section>",
                UI.icon(icon),
                UI.pill(Status.of(state, tone)),
                UI.sparkline(List.of(3, 4, 6, 5, 8, 7, 9, 6, 7, 8), "Commands a minute"));
    }

    private static Content view(String name, Status status, String position, String lag) {
        return html(
                "<tr><th scope=\"row\" class=\"mono\">" + name
                        + "</th><td data-label=\"State\">{}</td><td class=\"number\" data-label=\"Position\">"
                        + position + "</td><td class=\"number\" data-label=\"Lag\">" + lag
                        + "</td><td class=\"actions\"><div class=\"toolbar\">{}</div></td></tr>",
                UI.pill(status),
                UI.action(Action.of("Rebuild", "POST", "/rebuild")
                        .styled("button-small")
                        .confirm(
                                "Rebuild " + name + "?",
                                "It is built beside the present one, which answers until then.")));
    }

    private static Content parked(String kind, String key, String error) {
        return html(
                "<tr><th scope=\"row\"><span class=\"mono\">" + kind + "</span><span class=\"below\">" + key
                        + "</span></th><td>" + error
                        + "</td><td class=\"number\" data-label=\"Tries\">12</td><td data-label=\"Since\">{}</td><td class=\"actions\"><div class=\"toolbar\">{}{}</div></td></tr>",
                UI.time(NOW.minusSeconds(5400)),
                UI.action(Action.of("Resume", "POST", "/resume")
                        .styled("button-small")
                        .icon(Icon.PLAY)),
                UI.action(Action.of("Drop", "DELETE", "/drop")
                        .styled("button-small button-danger")
                        .confirm("Drop this task?", "It will not be done. The audit log keeps that you dropped it.")));
    }
}
