package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Ids;
import leat.kernel.RefusedException;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;
import leat.web.ui.Action;
import leat.web.ui.FormState;
import leat.web.ui.Icon;
import leat.web.ui.PageTemplate;
import leat.web.ui.Pages;
import leat.web.ui.ReaderZone;
import leat.web.ui.Ui;

/** The pages of many notes: the list, tags, the trash, and a new one. */
final class NotesPages {
    private static final int MAX_TEXT = 200;

    private final Notes notes;
    private final SavedSearches searches;
    private final People people;
    private final Pages pages;

    NotesPages(Notes notes, SavedSearches searches, People people, Pages pages) {
        this.notes = notes;
        this.searches = searches;
        this.people = people;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get("/notes", Access.signedIn(), this::list),
                Route.post("/notes", Access.signedIn(), this::create).bodyUpTo(NotesApi.MAX_BODY),
                Route.get("/notes/events", Access.signedIn(), this::listEvents),
                Route.get("/notes/new", Access.signedIn(), this::blank),
                Route.get("/notes/tags", Access.signedIn(), this::tags),
                Route.get("/notes/trash", Access.signedIn(), this::trash));
    }

    // --- the list ------------------------------------------------------------------------------------------------

    Response list(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return nowhere(pages, request);
        }
        NoteListPage page = listed(request, scope.get());
        return pages.page(
                request,
                "Notes",
                Optional.empty(),
                List.of("notes.js"),
                ui -> content(out -> JtenotesGenerated.render(out, PLAIN, ui, page)));
    }

    private NoteListPage listed(Request request, Scope scope) {
        Page<Notes.Hit> found = found(request, scope);
        List<String> authors = notes.list().read(sql -> NoteList.authors(sql, scope.id(), Sender.person(request)));
        People.Names names = people.named(Stream.concat(
                        authors.stream(),
                        found.items().stream().map(it -> it.item().changedBy()))
                .toList());
        Instant now = now();
        return new NoteListPage(
                scope,
                NotebookTree.of(notes.notebooks().in(request, scope.id())),
                state(request),
                found.items().stream()
                        .map(it -> NoteListPage.Row.of(it, names, now))
                        .toList(),
                "/notes/events" + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery()),
                Labels.counted(found.items().size(), "note"),
                next(request, found),
                request.query("trashed").filter(id -> isTrashed(request, id)).map(id -> undo(id, scope)),
                authors.stream()
                        .map(it -> new NoteListPage.Author(NoteJson.userId(it), names.of(it)))
                        .sorted(Comparator.comparing(NoteListPage.Author::name))
                        .toList(),
                searches.of(request, scope.id()));
    }

    /** What has the words that were typed, the best first; signs alone are looked for in titles. */
    private Page<Notes.Hit> found(Request request, Scope scope) {
        NoteFilter filter = filter(request);
        SearchQuery query = SearchQuery.of(filter.text());
        if (!query.isEmpty()) {
            return SearchApi.found(notes, request, scope.id(), filter, query);
        }
        Page<NoteList.Item> page = notes.list(request, scope.id(), filter, NoteList.Order.CHANGED, Paging.of(request));
        return new Page<>(page.items().stream().map(Notes.Hit::unmarked).toList(), page.next());
    }

    /** What is shown is outside the archive, unless the archive is asked for. */
    private static NoteFilter filter(Request request) {
        NoteFilter asked = NoteQuery.of(request, NoteFilter.ALL, ReaderZone.of(request));
        return asked.archived(asked.archived().orElse(false));
    }

    private static FormState state(Request request) {
        FormState state = FormState.empty();
        for (String name : NoteListPage.NAMES) {
            state = state.with(name, request.query(name).orElse(""));
        }
        return state;
    }

    private boolean isTrashed(Request request, String id) {
        return Ids.isId(id)
                && notes.seen(request, id)
                        .filter(it -> it.trashUntil().isPresent())
                        .isPresent();
    }

    private static Action undo(String id, Scope scope) {
        return Action.of("Undo", "DELETE", scope.link("/notes/" + id + "/trash"))
                .styled("button-small");
    }

    /** The same list again whenever a note of the organization has changed. */
    Response listEvents(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return Response.noContent();
        }
        Ui ui = pages.ui(request);
        return Response.events(sink -> Following.changes(
                notes.announcements(), sink, id -> notes.isOf(id, scope.get().id()), () -> {
                    if (notes.organizations()
                            .isMember(request.person().userId(), scope.get().id())) {
                        NoteListPage page = listed(request, scope.get());
                        sink.send(
                                "",
                                "rows",
                                PageTemplate.text(content(out -> JtenoteRowsGenerated.render(out, PLAIN, ui, page))));
                    } else {
                        sink.send("", "end", "left");
                        sink.close();
                    }
                }));
    }

    // --- a new one -----------------------------------------------------------------------------------------------

    Response blank(Request request) {
        FormState state = NoteForm.state(Note.NOTHING, ReaderZone.of(request))
                .with("title", shortened(request.query("title").orElse("")))
                .with("status", request.query("status").orElse(Words.of(Content.Status.BLANK)))
                .with("notebook", request.query("notebook").orElse(""));
        return written(request, state);
    }

    private Response written(Request request, FormState state) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return nowhere(pages, request);
        }
        var page = new NoteEditPage(
                scope.get(),
                Optional.empty(),
                0,
                state,
                new NoteLinks(notes, request, scope.get()).html(state.value("body")),
                true,
                Optional.empty(),
                NotebookTree.of(notes.notebooks().in(request, scope.get().id())).options("In no notebook"));
        return pages.page(
                request,
                "New note",
                Optional.empty(),
                NotePages.WRITING,
                ui -> content(out -> JtenoteEditGenerated.render(out, PLAIN, ui, page)));
    }

    Response create(Request request) {
        var state = new FormState(request.form().fields(), List.of());
        try {
            String organization = notes.organizations().of(request, Role.EDITOR).id();
            Content content = NoteForm.content(request.form(), NoteForm.zone(request), Note.NOTHING, now());
            Optional<String> notebook = request.form().first("notebook").filter(it -> !it.isEmpty());
            return Response.redirect("/notes/"
                    + notes.create(request, organization, content, notebook).id());
        } catch (RefusedException e) {
            return written(request, state.refused(e.refusal())).status(422);
        }
    }

    // --- tags and the trash --------------------------------------------------------------------------------------

    Response tags(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return nowhere(pages, request);
        }
        var page = new TagsPage(
                scope.get(),
                notes.list().read(sql -> NoteList.tags(sql, scope.get().id(), Sender.person(request))));
        return pages.page(request, "Tags", ui -> content(out -> JtenoteTagsGenerated.render(out, PLAIN, ui, page)));
    }

    Response trash(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return nowhere(pages, request);
        }
        Page<NoteList.Item> found =
                notes.list(request, scope.get().id(), NoteFilter.TRASH, NoteList.Order.CHANGED, Paging.of(request));
        var page = new TrashPage(
                scope.get(),
                found.items().stream().map(it -> trashed(it, scope.get())).toList(),
                Labels.counted(found.items().size(), "note"),
                next(request, found));
        return pages.page(request, "Trash", ui -> content(out -> JtenoteTrashGenerated.render(out, PLAIN, ui, page)));
    }

    private static TrashPage.Row trashed(NoteList.Item item, Scope scope) {
        return new TrashPage.Row(
                item.id(),
                item.title(),
                item.trashUntil().orElse(item.changedAt()),
                scope.mayWrite()
                        ? Optional.of(Action.of("Recover", "DELETE", "/notes/" + item.id() + "/trash")
                                .styled("button-small")
                                .icon(Icon.REFRESH))
                        : Optional.empty());
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    /** For those who are in no organization yet. */
    static Response nowhere(Pages pages, Request request) {
        return pages.page(request, "Notes", ui -> content(out -> JtenotesNowhereGenerated.render(out, PLAIN, ui)));
    }

    static Optional<String> next(Request request, Page<?> page) {
        return Response.page(request, page).header("Link").map(link -> link.substring(1, link.indexOf('>')));
    }

    private static String shortened(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private Instant now() {
        return notes.sender().clock().instant();
    }
}
