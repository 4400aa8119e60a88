package leat.web.ui;

import static leat.web.ui.Gallery.NOW;
import static leat.web.ui.Gallery.UI;
import static leat.web.ui.Markup.all;
import static leat.web.ui.Markup.html;

import gg.jte.Content;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The gallery's page of parts. */
final class PartsPage {
    private PartsPage() {}

    static Content body() {
        return all(
                UI.breadcrumbs(
                        List.of(new Nav.Link("Harbour Goods", "mocks.html"), new Nav.Link("Mocks", "mocks.html"))),
                Gallery.head(
                        "Parts",
                        "Everything that a page is made of.",
                        html("<a class=\"button\" href=\"mocks.html\">Pages</a>")),
                buttons(),
                states(),
                form(),
                figures(),
                texts(),
                feedback(),
                icons());
    }

    private static Content card(String title, Content body) {
        return html(
                "<section class=\"card\"><div class=\"card-head\"><h2>" + title
                        + "</h2></div><div class=\"card-body\">{}</div></section>",
                body);
    }

    private static Content buttons() {
        return card(
                "Buttons and menus",
                html(
                        """
                <div class="toolbar">
                <button class="button button-primary" type="button">{}Publish</button>
                <button class="button" type="button">Validate</button>
                <button class="button button-quiet" type="button">Cancel</button>
                <button class="button button-danger" type="button" data-confirm="Delete this mock?" data-confirm-detail="Its address stops answering at once." data-confirm-action="Delete">{}Delete</button>
                <button class="button button-danger-solid" type="button">Delete for good</button>
                <button class="button button-icon" type="button" aria-label="Refresh" data-tip="Refresh">{}</button>
                <button class="button button-primary" type="button" aria-busy="true">Publishing</button>
                <button class="button" type="button" disabled>Disabled</button>
                <button class="button button-small" type="button">Small</button>
                <button class="button" type="button" data-dialog="example">Open a dialog</button>
                <details class="menu menu-start"><summary class="button">Menu{}</summary><div class="menu-list">
                <a class="menu-item" href="#a">{}Edit</a><a class="menu-item" href="#b">{}Duplicate <kbd>d</kbd></a><div class="menu-rule"></div>
                <button class="menu-item menu-item-danger" type="button">{}Delete</button></div></details>
                <span class="button-group"><button class="button" type="button" aria-pressed="true">Day</button><button class="button" type="button" aria-pressed="false">Week</button><button class="button" type="button" aria-pressed="false">Month</button></span>
                </div>
                <dialog class="dialog" id="example" aria-labelledby="example-title"><div class="dialog-head"><h2 id="example-title">Invite a member</h2><button class="button button-quiet button-icon" type="button" data-close aria-label="Close">{}</button></div><div class="dialog-body"><p>They get a link that works once and for seven days.</p></div><div class="dialog-foot"><button class="button" type="button" data-close>Cancel</button><button class="button button-primary" type="button" data-close>Send</button></div></dialog>
                {}
                """,
                        UI.icon(Icon.UPLOAD),
                        UI.icon(Icon.TRASH),
                        UI.icon(Icon.REFRESH),
                        UI.icon(Icon.CHEVRON_DOWN),
                        UI.icon(Icon.EDIT),
                        UI.icon(Icon.COPY),
                        UI.icon(Icon.TRASH),
                        UI.icon(Icon.CROSS),
                        UI.tabs(
                                "About this mock",
                                List.of(
                                        new Tab("Editor", "#1", true),
                                        new Tab("Requests", "#2", false),
                                        new Tab("Revisions", "#3", false),
                                        new Tab("Settings", "#4", false)))));
    }

    private static Content states() {
        return card(
                "States",
                html(
                        "<div class=\"row\">{}{}{}{}{}{}{}{}<span class=\"count tone-amber\">3</span></div>{}<div class=\"row\"><span class=\"live-state\" data-state=\"live\">Connected</span><span class=\"live-state\" data-state=\"reconnecting\">Reconnecting…</span><span class=\"live-state\" data-state=\"stopped\">Not connected</span></div><progress class=\"meter\" value=\"62\" max=\"100\" aria-label=\"Upload\">62%</progress>",
                        UI.pill(Status.DRAFT),
                        UI.pill(Status.INVALID),
                        UI.pill(Status.PUBLISHING),
                        UI.pill(Status.PUBLISHED),
                        UI.pill(Status.UNPUBLISHED),
                        UI.badge(Tone.BLUE, "viewer"),
                        UI.badge(Tone.ACCENT, "new"),
                        UI.badge(Tone.GREY, "v12"),
                        UI.steps(List.of(
                                new Step("Validate", Step.State.DONE),
                                new Step("Store", Step.State.DONE),
                                new Step("Distribute", Step.State.NOW),
                                new Step("Live", Step.State.WAITING)))));
    }

    private static Content form() {
        var state = FormState.empty()
                .with("name", "Pet store")
                .with("address", "pets acme")
                .with("notify", "on")
                .violating("address", "An address has letters, digits and dashes only; \"pets-acme\" would do.")
                .violating("", "The mock was not saved: one field needs another look.");
        return card(
                "Forms",
                html(
                        "<form class=\"form\" method=\"post\" action=\"/\">{}{}<div class=\"field-row\">{}{}</div>{}{}{}{}<div class=\"form-actions\"><button class=\"button button-primary\" type=\"submit\">Save</button><a class=\"button button-quiet\" href=\"#\">Cancel</a></div></form>",
                        UI.csrf(),
                        UI.formErrors(state, List.of("name", "address", "delay", "about", "notify", "strict")),
                        UI.field(Field.text("name", "Name", state)
                                .mandatory()
                                .hint("As your team calls it.")
                                .with("maxlength", "80")),
                        UI.field(Field.of(Field.Kind.CODE, "address", "Address", state)
                                .mandatory()),
                        UI.field(Field.select(
                                "delay",
                                "Delay",
                                state,
                                List.of(new Field.Option("0", "None"), new Field.Option("200", "200 ms")))),
                        UI.field(Field.of(Field.Kind.TEXTAREA, "about", "About", state)
                                .with("placeholder", "What is it for?")),
                        UI.field(Field.of(Field.Kind.CHECKBOX, "notify", "Tell me when it fails", state)
                                .hint("By mail, once an hour at most.")),
                        UI.field(Field.of(Field.Kind.SWITCH, "strict", "Strict matching", state)
                                .hint("A request that no route expects answers 404."))));
    }

    private static Content figures() {
        return card(
                "Figures",
                html(
                        "<div class=\"grid grid-tight\">{}{}{}{}</div>{}<leat-plot label=\"Latency of the last hour\" unit=\"ms\" height=\"180\"><script type=\"application/json\">{}</script><p class=\"muted\">p50 2 ms, p99 9 ms over the last hour.</p></leat-plot>",
                        UI.stat("Requests today", "18,204", "", "9% more than yesterday"),
                        UI.stat("p99", "8.4", "ms", "of the last hour"),
                        UI.stat("Errors", "0.02", "%", "4 requests"),
                        UI.stat("View lag", "3", "ms", "mocks.list"),
                        UI.sparkline(List.of(3, 5, 4, 8, 6, 9, 14, 11, 12, 9, 15, 18), "Requests an hour, rising"),
                        UI.json(Plots.latency())));
    }

    private static Content texts() {
        return card(
                "Code, differences, logs",
                html(
                        "{}{}<div class=\"log\" tabindex=\"0\" role=\"log\" aria-label=\"Requests\">{}{}{}{}</div>",
                        UI.code("curl -s https://pets.mocks.example.org/pets/7 \\\n  -H 'Accept: application/json'"),
                        UI.diff(Diff.of(
                                MockPages.YAML,
                                MockPages.YAML
                                        .replace("delay: 120ms", "delay: 80ms")
                                        .replace(
                                                "      status: 404\n",
                                                "      status: 410\n      headers: { Cache-Control: no-store }\n"))),
                        line("GET", "/pets/7", 200, 1_840),
                        line("POST", "/pets", 201, 2_310),
                        line("PUT", "/pets/7/owner?notify=true", 409, 980),
                        line("DELETE", "/pets/9", 503, 30_204)));
    }

    static Content line(String method, String path, int status, long micros) {
        return UI.logLine(new LogLine(NOW, method, path, status, Duration.ofNanos(micros * 1000)));
    }

    private static Content feedback() {
        return card(
                "Feedback",
                all(
                        UI.notice(Tone.GREEN, "Published", "Revision 12 answers at pets.mocks.example.org."),
                        UI.notice(
                                Tone.AMBER,
                                "The draft has changed",
                                "Someone saved it while you were writing. Compare before you save."),
                        UI.notice(Tone.RED, "Not published", "Line 14 names a template that does not exist."),
                        UI.notice(Tone.BLUE, "Read only", "Viewers may look; ask an owner to edit."),
                        html(
                                "<div class=\"toolbar\"><button class=\"button\" type=\"button\" data-copy=\"pets.mocks.example.org\">Copy the address</button>{}{}</div>",
                                UI.time(NOW),
                                UI.copy("text", "Copy")),
                        UI.secret("leat_9f2kd83jxm1q7v5c0z4w8t6r"),
                        UI.skeleton(3),
                        UI.pagination("51 to 100 of many", Optional.of("#p"), Optional.of("#n"))));
    }

    private static Content icons() {
        return card(
                "Icons",
                html(
                        "<div class=\"row\">{}</div>",
                        all(Arrays.stream(Icon.values()).map(UI::icon).toArray(Content[]::new))));
    }
}
