package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leat.kernel.RefusedException;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.Action;
import leat.web.ui.Field;
import leat.web.ui.FormState;
import leat.web.ui.Nav;
import leat.web.ui.Pages;

/** The pages on which authors share their notes and notebooks, with members and with the world. */
final class SharingPages {
    private final Notes notes;
    private final Sharing sharing;
    private final PublicLinks links;
    private final Pages pages;

    SharingPages(Sharing sharing, PublicLinks links, Pages pages) {
        this.notes = sharing.notes();
        this.sharing = sharing;
        this.links = links;
        this.pages = pages;
    }

    List<Route> table() {
        var author = notes.may(Right.SHARE);
        var notebooks = notes.notebooks().may(Right.SHARE);
        return List.of(
                Route.get("/notes/{id}/sharing", author, it -> shown(it, note(it))),
                Route.post("/notes/{id}/shares", author, this::shareNote),
                Route.delete("/notes/{id}/shares/{user}", author, this::unshareNote),
                Route.post("/notes/{id}/links", author, it -> open(it, note(it))),
                Route.delete("/notes/{id}/links/{link}", author, it -> close(it, note(it))),
                Route.get("/notes/notebooks/{notebook}/sharing", notebooks, it -> shown(it, notebook(it))),
                Route.post("/notes/notebooks/{notebook}/shares", notebooks, this::shareNotebook),
                Route.delete("/notes/notebooks/{notebook}/shares/{user}", notebooks, this::unshareNotebook),
                Route.post("/notes/notebooks/{notebook}/links", notebooks, it -> open(it, notebook(it))),
                Route.delete("/notes/notebooks/{notebook}/links/{link}", notebooks, it -> close(it, notebook(it))));
    }

    /** What is shared, whether a note or a notebook. */
    private record Thing(
            PublicLink.Target target,
            String title,
            String path,
            String organization,
            String author,
            List<Sharing.Entry> entries) {
        String kind() {
            return target.kind().name().toLowerCase(Locale.ROOT);
        }
    }

    private Thing note(Request request) {
        Notes.Found found = notes.find(request);
        return new Thing(
                new PublicLink.Target(PublicLink.Target.Kind.NOTE, found.id()),
                found.note().content().title(),
                "/notes/" + found.id(),
                found.note().identity().organization(),
                found.note().identity().author(),
                sharing.of(found));
    }

    private Thing notebook(Request request) {
        Notebooks.Found found = notes.notebooks().find(request);
        return new Thing(
                new PublicLink.Target(PublicLink.Target.Kind.NOTEBOOK, found.id()),
                found.notebook().name(),
                "/notes/notebooks/" + found.id(),
                found.notebook().organization(),
                found.notebook().author(),
                sharing.of(found));
    }

    // --- people --------------------------------------------------------------------------------------------------

    private Response shown(Request request, Thing thing) {
        return shown(request, thing, blank(), Optional.empty());
    }

    private static FormState blank() {
        return FormState.empty()
                .with("role", Words.of(ShareRole.VIEWER))
                .with("days", Integer.toString(PublicLinksApi.USUAL_DAYS));
    }

    private Response shown(Request request, Thing thing, FormState state, Optional<String> made) {
        Scope scope = Scope.of(request, notes.organizations(), thing.organization());
        People.Names names = sharing.people()
                .named(thing.entries().stream().map(Sharing.Entry::person).toList());
        Instant now = notes.sender().clock().instant();
        var way = new ArrayList<>(List.of(new Nav.Link("Notes", scope.link("/notes"))));
        if (thing.target().kind() == PublicLink.Target.Kind.NOTEBOOK) {
            way.add(new Nav.Link("Notebooks", scope.link("/notes/notebooks")));
        }
        way.add(new Nav.Link(thing.title(), thing.path()));
        var page = new SharingPage(
                thing.kind(),
                thing.title(),
                thing.path(),
                List.copyOf(way),
                thing.entries().stream()
                        .filter(it -> it.notebook().isEmpty())
                        .map(it -> new SharingPage.Person(
                                names.of(it.person()), Words.of(it.role()), Optional.of(end(thing, it))))
                        .toList(),
                thing.entries().stream()
                        .filter(it -> it.notebook().isPresent() && !it.person().equals(thing.author()))
                        .map(it -> new SharingPage.Person(
                                names.of(it.person()),
                                Words.of(it.role()) + " by the notebook " + name(request, it),
                                Optional.empty()))
                        .toList(),
                members(thing),
                state,
                links.of(thing.target().id()).stream()
                        .map(it -> new SharingPage.Link(it, !it.until().isAfter(now), revocation(thing, it)))
                        .toList(),
                made);
        return pages.page(
                request,
                "Sharing of " + thing.title(),
                ui -> content(out -> JtenoteSharingGenerated.render(out, PLAIN, ui, page)));
    }

    private String name(Request request, Sharing.Entry entry) {
        return entry.notebook()
                .flatMap(id -> notes.notebooks().seen(request, id))
                .map(it -> it.notebook().name())
                .orElse("above");
    }

    private static Action end(Thing thing, Sharing.Entry entry) {
        return Action.of("Remove", "DELETE", thing.path() + "/shares/" + NoteJson.userId(entry.person()))
                .styled("button-small");
    }

    private static Action revocation(Thing thing, PublicLinkList.Item link) {
        return Action.of("Revoke", "DELETE", thing.path() + "/links/" + link.id())
                .styled("button-small button-danger")
                .confirm("Revoke this link?", "Its address shows nothing from now on.");
    }

    private List<Field.Option> members(Thing thing) {
        // Those with whom it is not shared come first, so that nobody is given another role by accident.
        List<String> known = thing.entries().stream()
                .filter(it -> it.notebook().isEmpty())
                .map(Sharing.Entry::person)
                .toList();
        return sharing.people().members(thing.organization()).stream()
                .filter(it -> !NoteJson.person(it.userId()).equals(thing.author()))
                .sorted(Comparator.comparing(it -> known.contains(NoteJson.person(it.userId()))))
                .map(it -> new Field.Option(it.userId(), it.displayName() + " (" + it.name() + ")"))
                .toList();
    }

    Response shareNote(Request request) {
        Thing thing = note(request);
        return shared(
                request,
                thing,
                () -> sharing.share(request, notes.find(request), field(request, "user"), field(request, "role")));
    }

    Response shareNotebook(Request request) {
        Thing thing = notebook(request);
        return shared(
                request,
                thing,
                () -> sharing.share(
                        request, notes.notebooks().find(request), field(request, "user"), field(request, "role")));
    }

    private Response shared(Request request, Thing thing, Runnable deed) {
        try {
            deed.run();
            return back(thing);
        } catch (RefusedException e) {
            return shown(request, thing, blank().refused(e.refusal()), Optional.empty())
                    .status(422);
        }
    }

    Response unshareNote(Request request) {
        sharing.unshare(request, notes.find(request), request.parameter("user"));
        return back(note(request));
    }

    Response unshareNotebook(Request request) {
        sharing.unshare(request, notes.notebooks().find(request), request.parameter("user"));
        return back(notebook(request));
    }

    // --- links ---------------------------------------------------------------------------------------------------

    /** The address is shown in the answer itself, for it is told this once. */
    private Response open(Request request, Thing thing) {
        int days = Optional.of(field(request, "days"))
                .filter(it -> it.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .orElse(0);
        try {
            PublicLinks.Made made = links.make(request, thing.organization(), thing.target(), days);
            return shown(request, thing, blank(), Optional.of(address(request, made.path())));
        } catch (RefusedException e) {
            return shown(request, thing, blank().refused(e.refusal()), Optional.empty())
                    .status(422);
        }
    }

    private static String address(Request request, String path) {
        return (request.https() ? "https://" : "http://")
                + request.header("host").orElse("localhost")
                + path;
    }

    private Response close(Request request, Thing thing) {
        links.revoke(request, thing.target().id(), request.parameter("link"));
        return back(thing);
    }

    private static Response back(Thing thing) {
        return Response.redirect(thing.path() + "/sharing");
    }

    private static String field(Request request, String name) {
        return request.form().first(name).orElse("");
    }
}
