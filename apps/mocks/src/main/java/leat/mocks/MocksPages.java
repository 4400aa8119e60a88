package leat.mocks;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import gg.jte.html.HtmlTemplateOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leat.accounts.api.Organization;
import leat.accounts.api.OrganizationsOf.Membership;
import leat.kernel.Json;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.mocks.serving.LoggedRequest;
import leat.mocks.serving.RequestLog;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.ui.Action;
import leat.web.ui.Diff;
import leat.web.ui.Editor;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.Ui;

/** The pages of mocks. */
final class MocksPages {
    private static final List<String> EDITOR = List.of("editor.js");
    private static final String CHECK = "/api/mocks/diagnostics";
    private static final int SHOWN_REQUESTS = 50;

    private static final String EXAMPLE = """
            # A mock is a list of endpoints. This one greets whoever is named in the path.
            - endpoint:
                method: GET
                path: /hello/:username
                response:
                  status: 200
                  headers:
                    Content-Type: application/json
                  body: >
                    {"hello": "{{path-params.username}}!"}
            """;

    private final Mocks mocks;
    private final Pages pages;
    private final MockEvents events;

    MocksPages(Mocks mocks, Pages pages) {
        this.mocks = mocks;
        this.pages = pages;
        this.events = new MockEvents(mocks);
    }

    List<Route> table() {
        Access viewer = Access.member(Role.VIEWER, mocks::organizationOf);
        Access editor = Access.member(Role.EDITOR, mocks::organizationOf);
        return List.of(
                Route.get("/mocks", Access.signedIn(), this::list),
                Route.post("/mocks", Access.signedIn(), this::create).bodyUpTo(MocksApi.MAX_BODY),
                Route.get("/mocks/new", Access.signedIn(), this::blank),
                Route.post("/mocks/example", Access.signedIn(), this::example),
                Route.get("/mocks/events", Access.signedIn(), this::listEvents),
                Route.get("/mocks/{id}", viewer, this::show),
                Route.post("/mocks/{id}", editor, this::save).bodyUpTo(MocksApi.MAX_BODY),
                Route.delete("/mocks/{id}", editor, this::remove),
                Route.get("/mocks/{id}/events", viewer, this::showEvents),
                Route.put("/mocks/{id}/publication", editor, this::publish),
                Route.delete("/mocks/{id}/publication", editor, this::unpublish),
                Route.get("/mocks/{id}/revisions", viewer, this::revisions),
                Route.post("/mocks/{id}/revisions", editor, this::rollBack),
                Route.get("/mocks/{id}/requests/{number}", viewer, this::request));
    }

    // --- the list ------------------------------------------------------------------------------------------------

    Response list(Request request) {
        List<Membership> memberships = mocks.organizations().of(request.person());
        Optional<String> only = request.query("organization");
        String search = request.query("q").orElse("").strip();
        Paging paging = Paging.of(request);
        Page<MockList.Item> page = mocks.list(
                memberships.stream()
                        .map(Membership::organization)
                        .filter(it -> only.isEmpty() || it.name().equals(only.get()))
                        .toList(),
                search,
                paging);
        var model = new MockListPage(
                page.items().stream().map(this::row).toList(),
                search,
                memberships.stream().anyMatch(it -> it.role().includes(Role.EDITOR)),
                counted(page.items().size(), "mock"),
                Optional.empty(),
                Response.page(request, page).header("Link").map(link -> link.substring(1, link.indexOf('>'))));
        return shown(
                request, "Mocks", List.of(), out -> JtemocksGenerated.render(out, PLAIN, pages.ui(request), model));
    }

    private MockListPage.Row row(MockList.Item item) {
        RequestLog log = mocks.log(item.id());
        List<Integer> minutes = log.perMinute();
        long last = log.lastAt();
        return new MockListPage.Row(
                item.id(),
                item.identity().name(),
                item.identity().label() + "." + mocks.baseHost(),
                PublicationCard.status(item.status()),
                item.live().filter(live -> live.revision() < item.head()).isPresent(),
                minutes.stream().mapToInt(Integer::intValue).sum(),
                minutes,
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                item.changedAt());
    }

    /** Pills of the caller's mocks, as they change. */
    Response listEvents(Request request) {
        List<String> organizations = mocks.organizations().of(request.person()).stream()
                .map(it -> it.organization().id())
                .toList();
        Ui ui = pages.ui(request);
        return Response.events(sink -> {
            var listening = mocks.announcements()
                    .listen(
                            MockList.TOPIC + "*",
                            it -> Thread.startVirtualThread(() -> {
                                String id = it.topic().substring(MockList.TOPIC.length());
                                if (mocks.entities().get(id).state() instanceof Mock.Kept mock
                                        && organizations.contains(
                                                mock.identity().organization())) {
                                    sink.send(
                                            "",
                                            "status-" + id,
                                            PageTemplate.text(ui.pill(PublicationCard.status(mock))));
                                }
                            }));
            sink.onClose(listening::close);
        });
    }

    // --- a new one -----------------------------------------------------------------------------------------------

    Response blank(Request request) {
        return blank(
                request,
                FormState.empty()
                        .with("organization", request.query("organization").orElse(""))
                        .with("source", EXAMPLE));
    }

    private Response blank(Request request, FormState state) {
        List<Field.Option> options = mocks.organizations().of(request.person()).stream()
                .filter(it -> it.role().includes(Role.EDITOR))
                .map(it -> new Field.Option(
                        it.organization().name(), it.organization().displayName()))
                .toList();
        Editor editor = editor(state.value("source"));
        return shown(
                request,
                "New mock",
                EDITOR,
                out -> JtemockNewGenerated.render(out, PLAIN, pages.ui(request), state, options, editor));
    }

    Response create(Request request) {
        var state = new FormState(request.form().fields(), List.of());
        try {
            Organization organization = editable(request, state.value("organization"));
            Mocks.Found mock = mocks.create(
                    request,
                    organization,
                    state.value("name").strip(),
                    state.value("source").replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return Response.redirect("/mocks/" + mock.id());
        } catch (RefusedException e) {
            return blank(request, state.refused(e.refusal())).status(422);
        }
    }

    /** A first mock that answers already, named so that it does not meet another. */
    Response example(Request request) {
        Organization organization =
                editable(request, request.form().first("organization").orElse(""));
        for (int i = 1; ; i++) {
            try {
                Mocks.Found mock = mocks.create(
                        request,
                        organization,
                        i == 1 ? "hello" : "hello-" + i,
                        EXAMPLE.getBytes(StandardCharsets.UTF_8));
                return Response.redirect("/mocks/" + mock.id());
            } catch (RefusedException e) {
                if (!e.refusal().code().endsWith("-taken") || i == 20) {
                    throw e;
                }
            }
        }
    }

    /** The organization named, or the first in which the caller may create mocks. */
    private Organization editable(Request request, String name) {
        return mocks.organizations().of(request.person()).stream()
                .filter(it -> it.role().includes(Role.EDITOR)
                        && (name.isEmpty() || it.organization().name().equals(name)))
                .map(Membership::organization)
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.FORBIDDEN,
                                "forbidden",
                                "To create mocks you must be an editor of an organization.")
                        .asException());
    }

    // --- one mock ------------------------------------------------------------------------------------------------

    Response show(Request request) {
        Mocks.Found found = found(request);
        Mock.Identity identity = found.mock().identity();
        boolean mayEdit = mayEdit(request, found);
        RequestLog log = mocks.requests(found.id());
        Editor editor = editor(mocks.sources().text(found.mock().head().source()));
        var model = new MockPage(
                found.id(),
                identity.name(),
                identity.organizationName(),
                mocks.revision(found, found.mock().head().number()).at(),
                PublicationCard.status(found.mock()),
                found.mock().head().number(),
                mayEdit,
                mayEdit ? editor : editor.locked(),
                card(request, found, mayEdit),
                log.after(log.last() - SHOWN_REQUESTS),
                log.counts().requests());
        return shown(
                request, identity.name(), EDITOR, out -> JtemockGenerated.render(out, PLAIN, pages.ui(request), model));
    }

    Response showEvents(Request request) {
        Mocks.Found found = found(request);
        boolean mayEdit = mayEdit(request, found);
        Ui ui = pages.ui(request);
        return Response.events(sink -> {
            events.changes(found.id(), sink, now -> {
                sink.send("", "status", PageTemplate.text(ui.pill(PublicationCard.status(now.mock()))));
                PublicationCard card = card(request, now, mayEdit);
                sink.send(
                        "",
                        "publication",
                        PageTemplate.text(content(out -> JtepublicationGenerated.render(out, PLAIN, ui, card))));
            });
            events.follow(found.id(), sink, true, (to, logged) -> {
                to.send(
                        mocks.mark(found.id(), logged),
                        "request",
                        PageTemplate.text(
                                content(out -> JterequestGenerated.render(out, PLAIN, ui, found.id(), logged))));
                to.send(
                        "",
                        "count",
                        Long.toString(mocks.log(found.id()).counts().requests()));
            });
        });
    }

    Response save(Request request) {
        var form = request.form();
        byte[] source = form.first("source").orElse("").replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        String id = found(request).id();
        int revision = form.first("revision")
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Integer::valueOf)
                .orElse(0);
        boolean publish = form.first("action").filter("publish"::equals).isPresent();
        try {
            Mocks.Found mock = mocks.saveUpon(request, id, revision, source);
            if (publish) {
                mock = mocks.publish(request, id, Optional.empty(), false);
            }
            int head = mock.mock().head().number();
            return request.isHtmx()
                    ? Response.html(content(out -> JtesavedGenerated.render(out, PLAIN, head)))
                            .header("HX-Trigger", toast(said(mock, publish), good(mock, publish) ? "good" : "bad"))
                    : Response.redirect("/mocks/" + id);
        } catch (RefusedException e) {
            if (!request.isHtmx()) {
                throw e;
            }
            return Response.noContent().header("HX-Trigger", toast(e.refusal().message(), "bad"));
        }
    }

    private static boolean good(Mocks.Found mock, boolean publish) {
        return !publish
                || !(mock.mock().publication() instanceof Mock.Publication.Invalid
                        || mock.mock().publication() instanceof Mock.Publication.Failed);
    }

    private static String said(Mocks.Found mock, boolean publish) {
        String saved = "Revision " + mock.mock().head().number() + " is saved";
        if (!publish) {
            return saved + ".";
        }
        return switch (mock.mock().publication()) {
            case Mock.Publication.Published _ -> saved + " and answers now.";
            case Mock.Publication.Invalid _ -> saved + ", but has errors and was not published.";
            case Mock.Publication.Failed _ -> saved + ", but could not be published.";
            case Mock.Publication.Publishing _, Mock.Publication.Draft _, Mock.Publication.Unpublished _ ->
                saved + " and is being published.";
        };
    }

    Response publish(Request request) {
        mocks.publish(request, found(request).id(), Optional.empty(), true);
        return Response.redirect("/mocks/" + request.parameter("id"));
    }

    Response unpublish(Request request) {
        mocks.unpublish(request, found(request).id());
        return Response.redirect("/mocks/" + request.parameter("id"));
    }

    Response remove(Request request) {
        mocks.remove(request, found(request).id(), Optional.empty());
        return Response.redirect("/mocks");
    }

    Response request(Request request) {
        Mocks.Found found = found(request);
        String number = request.parameter("number");
        LoggedRequest logged = Optional.of(number)
                .flatMap(text -> mocks.request(found.id(), text))
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT,
                                "request.absent",
                                "This request is not remembered any more; only the last " + RequestLog.SIZE + " are.")
                        .asException());
        return shown(
                request,
                logged.method() + " " + logged.target(),
                List.of(),
                out -> JterequestPageGenerated.render(
                        out,
                        PLAIN,
                        pages.ui(request),
                        found.id(),
                        found.mock().identity().name(),
                        logged));
    }

    // --- revisions -----------------------------------------------------------------------------------------------

    Response revisions(Request request) {
        Mocks.Found found = found(request);
        Paging paging = Paging.of(request);
        int before = number(paging.after()).orElse(Integer.MAX_VALUE);
        Page<Revisions.Item> page = Page.of(
                mocks.revisions().read(sql -> Revisions.of(sql, found.id(), before, paging.limit() + 1)),
                paging,
                it -> Integer.toString(it.revision().number()));
        int number = number(request.query("number")).orElse(found.mock().head().number());
        int with = number(request.query("with")).orElse(number - 1);
        boolean mayEdit = mayEdit(request, found);
        var model = new RevisionsPage(
                found.id(),
                found.mock().identity().name(),
                MockPage.tabs(found.id(), "revisions"),
                with,
                number,
                Diff.of(with == 0 ? "" : source(found, with), source(found, number)),
                page.items().stream().map(it -> row(found, it, mayEdit)).toList(),
                counted(page.items().size(), "revision"),
                Optional.empty(),
                Response.page(request, page).header("Link").map(link -> link.substring(1, link.indexOf('>'))));
        return shown(
                request,
                "Revisions of " + model.name(),
                List.of(),
                out -> JterevisionsGenerated.render(out, PLAIN, pages.ui(request), model));
    }

    private String source(Mocks.Found found, int number) {
        return mocks.sources().text(mocks.revision(found, number).revision().source());
    }

    private static RevisionsPage.Row row(Mocks.Found found, Revisions.Item item, boolean mayEdit) {
        int number = item.revision().number();
        boolean isHead = number == found.mock().head().number();
        return new RevisionsPage.Row(
                number,
                item.at(),
                item.revision().source().lines(),
                found.mock().live().filter(live -> live.revision() == number).isPresent(),
                item.restores(),
                mayEdit && !isHead
                        ? Optional.of(Action.of(
                                        "Bring back", "POST", "/mocks/" + found.id() + "/revisions?restores=" + number)
                                .styled("button-small")
                                .confirm(
                                        "Bring back revision " + number + "?",
                                        "Its text becomes the newest revision and is published."))
                        : Optional.empty());
    }

    Response rollBack(Request request) {
        mocks.rollBack(
                request, found(request).id(), number(request.query("restores")).orElse(0));
        return Response.redirect("/mocks/" + request.parameter("id"));
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private Mocks.Found found(Request request) {
        return mocks.find(request.parameter("id"));
    }

    private boolean mayEdit(Request request, Mocks.Found found) {
        return mocks.organizations()
                .role(request.person(), found.mock().identity().organization())
                .filter(role -> role.includes(Role.EDITOR))
                .isPresent();
    }

    private PublicationCard card(Request request, Mocks.Found found, boolean mayEdit) {
        return PublicationCard.of(
                found, Addresses.of(request, mocks.baseHost(), found.mock().identity()), mayEdit);
    }

    private static Editor editor(String source) {
        return Editor.of("source", "Definition", "yaml", source)
                .checkedBy(CHECK, "findings", Mocks.diagnose(source.getBytes(StandardCharsets.UTF_8)));
    }

    private Response shown(Request request, String title, List<String> scripts, Consumer<HtmlTemplateOutput> template) {
        return pages.page(request, title, Optional.empty(), scripts, ui -> content(template));
    }

    /** A number of things in words: "1 mock", "2 mocks". */
    static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A header holds ASCII only. */
    private static String toast(String text, String tone) {
        String json = Json.text(Map.of("toast", Map.of("text", text, "tone", tone)));
        var ascii = new StringBuilder(json.length());
        json.chars().forEach(c -> ascii.append(c < 0x7f ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return ascii.toString();
    }

    private static Optional<Integer> number(Optional<String> text) {
        return text.filter(it -> it.matches("[1-9][0-9]{0,8}")).map(Integer::valueOf);
    }
}
