package leat.web.ui;

import static leat.web.ui.Gallery.NOW;
import static leat.web.ui.Gallery.UI;
import static leat.web.ui.Markup.all;
import static leat.web.ui.Markup.html;

import gg.jte.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the pages of Mocks will look like. */
final class MockPages {
    static final String YAML = """
            name: Pet store
            delay: 120ms
            routes:
              - request: GET /pets
                response:
                  status: 200
                  json:
                    pets: "{{faker.pets 3}}"
              - request: GET /pets/{id}
                response:
                  status: 200
                  json:
                    id: "{{path.id}}"
                    name: "{{faker.animal}}"
              - request: DELETE /pets/{id}
                response:
                  status: 404
            """;
    static final List<Diagnostic> FOUND = List.of(
            new Diagnostic(
                    "error",
                    "template.unknown",
                    "There is no template function faker.pets.",
                    "Did you mean faker.animal?",
                    8,
                    18,
                    8,
                    34),
            new Diagnostic("warning", "route.shadowed", "This route also matches HEAD /pets/{id}.", "", 9, 5, 9, 29));

    private MockPages() {}

    static Content list() {
        return all(
                Gallery.head(
                        "Mocks",
                        "APIs that answer before they exist.",
                        html(
                                "<a class=\"button button-primary\" href=\"mock.html\" data-shortcut=\"n\" data-shortcut-label=\"New mock\">{}New mock</a>",
                                UI.icon(Icon.PLUS))),
                html(
                        "<div class=\"toolbar\"><label class=\"search\">{}<span class=\"visually-hidden\">Search mocks</span><input class=\"input\" type=\"search\" name=\"q\" placeholder=\"Name or address\" data-search><kbd class=\"scripted-only wide-only\">/</kbd></label><span class=\"toolbar-end button-group\"><a class=\"button\" aria-pressed=\"true\" href=\"#\">All</a><a class=\"button\" href=\"#\">Published</a><a class=\"button\" href=\"#\">Drafts</a></span></div>",
                        UI.icon(Icon.SEARCH)),
                html(
                        "<div class=\"table-wrap\"><table class=\"table table-cards\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Status</th><th scope=\"col\">Requests, last hour</th><th scope=\"col\">Last request</th><th scope=\"col\">Changed</th></tr></thead><tbody>{}{}{}{}{}</tbody></table></div>",
                        row(
                                "Pet store",
                                "pets.mocks.example.org",
                                Status.PUBLISHED,
                                List.of(4, 6, 5, 9, 8, 12, 10, 14, 13, 9, 11, 16),
                                2),
                        row(
                                "Payments, with slow refunds",
                                "payments.mocks.example.org",
                                Status.PUBLISHING,
                                List.of(1, 0, 0, 2, 1, 1, 0, 3, 1, 0, 0, 1),
                                14),
                        row(
                                "Shipping rates",
                                "shipping.mocks.example.org",
                                Status.INVALID,
                                List.of(8, 7, 6, 4, 2, 1, 0, 0, 0, 0, 0, 0),
                                190),
                        row(
                                "Sign-in provider for the mobile application",
                                "identity.mocks.example.org",
                                Status.DRAFT,
                                List.of(),
                                0),
                        row(
                                "Warehouse 2024",
                                "warehouse.mocks.example.org",
                                Status.UNPUBLISHED,
                                List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                                90_000)),
                UI.pagination("5 mocks", Optional.empty(), Optional.empty()));
    }

    private static Content row(String name, String host, Status status, List<Integer> requests, int minutes) {
        return html(
                "<tr><th scope=\"row\"><a href=\"mock.html\">" + name + "</a><span class=\"below mono\">" + host
                        + "</span></th><td data-label=\"Status\">{}</td><td data-label=\"Last hour\">{}</td><td data-label=\"Last request\">{}</td><td data-label=\"Changed\">{}</td></tr>",
                UI.pill(status),
                requests.isEmpty()
                        ? html("<span class=\"faint\">none yet</span>")
                        : UI.sparkline(requests, "Requests in the last hour"),
                minutes == 0
                        ? html("<span class=\"faint\">never</span>")
                        : UI.time(NOW.minus(Duration.ofMinutes(minutes))),
                UI.time(NOW.minus(Duration.ofHours(3 + minutes))));
    }

    static Content none() {
        return all(
                Gallery.head("Mocks", "APIs that answer before they exist.", all()),
                UI.emptyState(
                        Icon.MOCK,
                        "No mocks yet",
                        "A mock answers like the API that you have not built yet, at an address of its own. Write it as YAML, or start from an OpenAPI document.",
                        html(
                                "<a class=\"button button-primary\" href=\"mock.html\">{}New mock</a><a class=\"button\" href=\"mock.html\">Import OpenAPI</a>",
                                UI.icon(Icon.PLUS))));
    }

    static Content editor() {
        var editor = Editor.of("definition", "Definition", "yaml", YAML).checkedBy("/diagnostics", "findings", FOUND);
        return all(
                UI.breadcrumbs(
                        List.of(new Nav.Link("Harbour Goods", "mocks.html"), new Nav.Link("Mocks", "mocks.html"))),
                html(
                        "<header class=\"page-head\"><div><div class=\"title-row\"><h1>Pet store</h1>{}{}</div><p class=\"lede\">Changed {} · revision 12</p></div><div class=\"toolbar\"><button class=\"button\" type=\"submit\" form=\"definition\">Save draft</button><button class=\"button button-primary\" type=\"button\">{}Publish</button></div></header>",
                        UI.pill(Status.PUBLISHED),
                        UI.badge(Tone.BLUE, "draft is newer"),
                        UI.time(NOW.minusSeconds(240)),
                        UI.icon(Icon.UPLOAD)),
                UI.tabs(
                        "Pet store",
                        List.of(
                                new Tab("Editor", "mock.html", true),
                                new Tab("Requests", "#r", false),
                                new Tab("Revisions", "revisions.html", false),
                                new Tab("Settings", "#s", false))),
                html(
                        """
                        <div class="split"><form id="definition" method="post" action="/mocks/pets" class="stack">{}{}
                        <section class="card"><div class="card-head"><h2>Findings</h2><span class="count tone-red">1</span><span class="count tone-amber">1</span></div>{}</section></form>
                        <leat-live src="/events" class="stack">
                        <section class="card"><div class="card-head"><h2>Live</h2>{}</div><div class="card-body"><dl class="key-values"><dt>Address</dt><dd class="with-copy"><a href="#">pets.mocks.example.org</a>{}</dd><dt>Revision</dt><dd>12, published {}</dd><dt>Routes</dt><dd>3</dd></dl>{}</div></section>
                        <section class="card"><div class="card-head"><h2>Requests</h2>{}</div><div class="log" data-live="request" data-live-swap="append" data-live-limit="200" tabindex="0" role="log" aria-label="Requests as they come">{}{}{}{}{}</div></section>
                        </leat-live></div>
                        """,
                        UI.csrf(),
                        UI.editor(editor),
                        UI.diagnostics("findings", FOUND, editor.id()),
                        UI.pill(Status.PUBLISHED),
                        UI.copy("https://pets.mocks.example.org", "Copy the address"),
                        UI.time(NOW.minusSeconds(7200)),
                        UI.steps(List.of(
                                new Step("Stored", Step.State.DONE),
                                new Step("Distributed", Step.State.DONE),
                                new Step("Live", Step.State.DONE))),
                        UI.liveState(),
                        PartsPage.line("GET", "/pets", 200, 1_210),
                        PartsPage.line("GET", "/pets/7", 200, 940),
                        PartsPage.line("DELETE", "/pets/7", 404, 820),
                        PartsPage.line("POST", "/pets", 501, 1_130),
                        PartsPage.line("GET", "/pets/12/photos/large?format=webp", 200, 14_000)));
    }

    static Content revisions() {
        return all(
                UI.breadcrumbs(List.of(new Nav.Link("Mocks", "mocks.html"), new Nav.Link("Pet store", "mock.html"))),
                Gallery.head(
                        "Revisions", "What was published, when and by whom. Any of them can be brought back.", all()),
                html(
                        "<div class=\"split\"><section class=\"stack\"><div class=\"section-head\"><h2>11 → 12</h2><p class=\"row\">{}{}</p></div>{}</section><section class=\"card\"><ul class=\"list\">{}{}{}{}</ul></section></div>",
                        UI.badge(Tone.GREEN, "+3"),
                        UI.badge(Tone.RED, "−2"),
                        UI.diff(Diff.of(
                                YAML,
                                YAML.replace("delay: 120ms", "delay: 80ms")
                                        .replace(
                                                "      status: 404\n",
                                                "      status: 410\n      headers: { Cache-Control: no-store }\n"))),
                        revision(12, "2026-11-20T07:41:12Z", true),
                        revision(11, "2026-11-19T15:02:00Z", false),
                        revision(10, "2026-11-12T10:20:00Z", false),
                        revision(9, "2026-10-30T08:00:00Z", false)));
    }

    private static Content revision(int number, String at, boolean live) {
        return html(
                "<li><div class=\"list-main\"><a href=\"#\">Revision " + number
                        + "</a> {}<br><span class=\"muted small\">Owner, {}</span></div>{}</li>",
                live ? UI.pill(Status.of("Live", Tone.GREEN)) : all(),
                UI.time(java.time.Instant.parse(at)),
                live
                        ? all()
                        : UI.action(Action.of("Bring back", "POST", "/revisions/" + number)
                                .styled("button-small")
                                .confirm(
                                        "Bring back revision " + number + "?",
                                        "It becomes the draft; what is live does not change until you publish.")));
    }
}
