package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.List;
import java.util.Optional;
import leat.notes.text.Diff;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.ui.Action;
import leat.web.ui.Icon;
import leat.web.ui.Pages;
import leat.web.ui.ReaderZone;

/** The versions of a note: which there are, what changed between two, and one brought back. */
final class HistoryPages {
    private final Notes notes;
    private final People people;
    private final Pages pages;

    HistoryPages(Notes notes, People people, Pages pages) {
        this.notes = notes;
        this.people = people;
        this.pages = pages;
    }

    List<Route> table() {
        return List.of(
                Route.get("/notes/{id}/history", notes.may(Right.READ), this::history),
                Route.post("/notes/{id}/history", notes.may(Right.WRITE), this::restore));
    }

    Response history(Request request) {
        Notes.Found found = notes.find(request);
        Note.Kept note = found.note();
        Scope scope = Scope.of(request, notes.organizations(), note.identity());
        boolean mayWrite = notes.right(request, found)
                .filter(it -> it.includes(Right.WRITE))
                .isPresent();
        Paging paging = Paging.of(request);
        int before = paging.after().flatMap(HistoryPages::number).orElse(Integer.MAX_VALUE);
        Page<NoteVersions.Item> versions = notes.versions(request, found, before, paging);
        NoteVersions.Item looked =
                nearest(request, found, number(request, "number").orElse(note.version()));
        Optional<NoteVersions.Item> with =
                upTo(request, found, number(request, "with").orElse(looked.number() - 1));
        List<NoteVersions.Item> saves = notes.saves(request, found, looked.number());
        NoteVersions.Item save = save(request, saves).orElse(looked);
        Content now = contentOf(found, save);
        Content then = with.map(it -> contentOf(found, it)).orElse(Note.NOTHING);
        People.Names names = people.named(
                versions.items().stream().map(NoteVersions.Item::by).toList());
        var page = new HistoryPage(
                scope,
                found.id(),
                note.content().title(),
                looked.number(),
                with.map(NoteVersions.Item::number).orElse(0),
                note.version(),
                HistoryPage.changes(then, now, ReaderZone.of(request)),
                Diff.between(then.body(), now.body()),
                versions.items().stream().map(it -> row(it, names)).toList(),
                NotesPages.next(request, versions),
                saves.stream()
                        .map(it -> new HistoryPage.Save(it.version(), it.at(), it.version() == save.version()))
                        .toList(),
                mayWrite && (looked.number() != note.version() || save.version() != looked.version())
                        ? Optional.of(bringBack(found.id(), save, save.version() == looked.version()))
                        : Optional.empty(),
                mayWrite);
        return pages.page(
                request,
                "History of " + page.title(),
                ui -> content(out -> JtenoteHistoryGenerated.render(out, PLAIN, ui, page)));
    }

    /** The one of several saves of a version that is asked for. */
    private static Optional<NoteVersions.Item> save(Request request, List<NoteVersions.Item> saves) {
        Optional<Integer> asked = number(request, "save");
        return saves.stream()
                .filter(it -> asked.isPresent() && it.version() == asked.get())
                .findFirst();
    }

    /** The version of this number, or the last before it that the reader may see, or else the first. */
    private NoteVersions.Item nearest(Request request, Notes.Found found, int number) {
        return upTo(request, found, number)
                .orElseGet(() -> notes.version(request, found, found.note().version()));
    }

    private Optional<NoteVersions.Item> upTo(Request request, Notes.Found found, int number) {
        return notes
                .versions(request, found, Math.min(number, Integer.MAX_VALUE - 1) + 1, new Paging(Optional.empty(), 1))
                .items()
                .stream()
                .findFirst();
    }

    private Content contentOf(Notes.Found found, NoteVersions.Item version) {
        return notes.asOf(found, version.version()).orElseThrow().note().content();
    }

    private static HistoryPage.Row row(NoteVersions.Item item, People.Names names) {
        return new HistoryPage.Row(
                item.number(),
                item.at(),
                names.of(item.by()),
                item.restores(),
                item.access() == Content.Access.PRIVATE,
                item.saves());
    }

    private static Action bringBack(String id, NoteVersions.Item item, boolean isLast) {
        String what = isLast ? "version " + item.number() : "this save of version " + item.number();
        String query = "?restores=" + item.number() + (isLast ? "" : "&save=" + item.version());
        return Action.of("Bring back " + what, "POST", "/notes/" + id + "/history" + query)
                .icon(Icon.HISTORY)
                .confirm(
                        "Bring back " + what + "?",
                        "It becomes the newest version. The ones between stay in the history.");
    }

    Response restore(Request request) {
        Notes.Found found = notes.find(request);
        int number = number(request, "restores").orElse(0);
        Optional<NoteVersions.Item> save = save(request, notes.saves(request, found, number));
        if (save.isPresent()) {
            notes.restore(request, found, save.get());
        } else {
            notes.restore(request, found, number);
        }
        return Response.redirect("/notes/" + found.id());
    }

    private static Optional<Integer> number(Request request, String name) {
        return request.query(name).flatMap(HistoryPages::number);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
