package leat.notes;

import static leat.web.ui.PageTemplate.PLAIN;
import static leat.web.ui.PageTemplate.content;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Ids;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sender;
import leat.web.ui.Action;
import leat.web.ui.Pages;

/** The timeline, and what its buttons and those of notes send. */
final class TimelinePages {
    private static final String PATH = "/notes/timeline";

    private final Notes notes;
    private final Follows follows;
    private final TimelineApi api;
    private final People people;
    private final Pages pages;

    TimelinePages(Follows follows, People people, Pages pages) {
        this.notes = follows.notes();
        this.follows = follows;
        this.api = new TimelineApi(follows);
        this.people = people;
        this.pages = pages;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        return List.of(
                Route.get(PATH, Access.signedIn(), this::timeline),
                Route.put(PATH + "/{person}", Access.signedIn(), it -> back(it, api.followPerson(it))),
                Route.delete(PATH + "/{person}", Access.signedIn(), it -> back(it, api.leavePerson(it))),
                Route.put("/notes/{id}/following", viewer, it -> toNote(it, api.followNote(it))),
                Route.delete("/notes/{id}/following", viewer, it -> toNote(it, api.leaveNote(it))));
    }

    Response timeline(Request request) {
        Optional<Scope> scope = Scope.of(request, notes.organizations());
        if (scope.isEmpty()) {
            return NotesPages.nowhere(pages, request);
        }
        TimelinePage page = page(request, scope.get());
        return pages.page(request, "Timeline", ui -> content(out -> JtetimelineGenerated.render(out, PLAIN, ui, page)));
    }

    private TimelinePage page(Request request, Scope scope) {
        Page<Follows.Happening> found = follows.happenings(request, scope.id(), Paging.of(request));
        List<String> followed = follows.followed(request, scope.id());
        List<String> others = Stream.concat(
                        followed.stream().filter(it -> !Ids.isId(it)),
                        notes.list().read(sql -> NoteList.authors(sql, scope.id(), Sender.person(request))).stream())
                .filter(it -> !it.equals(Sender.person(request)))
                .distinct()
                .toList();
        People.Names names = people.named(Stream.concat(
                        others.stream(),
                        found.items().stream().map(it -> it.item().person()))
                .toList());
        return new TimelinePage(
                scope,
                found.items().stream().map(it -> row(it, names)).toList(),
                others.stream()
                        .map(it -> person(scope, it, names.of(it), followed.contains(it)))
                        .sorted(Comparator.comparing(TimelinePage.Followed::label))
                        .toList(),
                followed.stream()
                        .filter(Ids::isId)
                        .flatMap(it -> notes.seen(request, it).stream())
                        .map(TimelinePages::note)
                        .toList(),
                Labels.counted(found.items().size(), "event"),
                NotesPages.next(request, found));
    }

    private static TimelinePage.Row row(Follows.Happening it, People.Names names) {
        return new TimelinePage.Row(
                it.item().note(),
                it.note().note().content().title(),
                names.of(it.item().person()),
                TimelinePage.words(it.item().deed()),
                it.item().at());
    }

    private static TimelinePage.Followed person(Scope scope, String person, String name, boolean isFollowed) {
        String path = scope.link(PATH + "/" + NoteJson.userId(person));
        return new TimelinePage.Followed(
                name, scope.link("/notes?author=" + NoteJson.userId(person)), isFollowed, action(isFollowed, path));
    }

    private static TimelinePage.Followed note(Notes.Found note) {
        return new TimelinePage.Followed(
                note.note().content().title(), "/notes/" + note.id(), true, action(note, true));
    }

    /** The button of a note that begins or ends it. */
    static Action action(Notes.Found note, boolean isFollowed) {
        return action(isFollowed, "/notes/" + note.id() + "/following");
    }

    private static Action action(boolean isFollowed, String path) {
        return (isFollowed ? Action.of("Unfollow", "DELETE", path) : Action.of("Follow", "PUT", path))
                .styled("button-small");
    }

    /** Where the timeline is, after what the API does. */
    private Response back(Request request, Response done) {
        return Scope.of(request, notes.organizations())
                .map(it -> Response.redirect(it.link(PATH)))
                .orElse(done);
    }

    private static Response toNote(Request request, Response done) {
        return done.status() < 300 ? Response.redirect("/notes/" + request.parameter("id")) : done;
    }
}
