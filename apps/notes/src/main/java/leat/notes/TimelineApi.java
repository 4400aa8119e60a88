package leat.notes;

import java.time.Instant;
import java.util.List;
import leat.kernel.Ids;
import leat.kernel.Refusal;
import leat.web.Access;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;

/** The HTTP interface of the timeline, and of what it is made of: whom and what one follows. */
final class TimelineApi {
    private static final String NOTE = "/api/notes/notes/{id}/following";
    private static final String PERSON = "/api/notes/people/{person}/following";

    private final Notes notes;
    private final Follows follows;

    TimelineApi(Follows follows) {
        this.notes = follows.notes();
        this.follows = follows;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        return List.of(
                Route.get("/api/notes/timeline", Access.signedIn(), this::timeline)
                        .summary(
                                "List what happened to the notes and by the people that the caller follows, the newest first.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answersPageOf(Happening.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.get("/api/notes/following", Access.signedIn(), this::following)
                        .summary("List whom and what the caller follows.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(Followed.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.put(NOTE, viewer, this::followNote)
                        .summary("Follow a note.")
                        .answers(204)
                        .refuses("note.absent", "follow.many"),
                Route.delete(NOTE, viewer, this::leaveNote)
                        .summary("Follow a note no more.")
                        .answers(204)
                        .refuses("note.absent"),
                Route.put(PERSON, Access.signedIn(), this::followPerson)
                        .summary("Follow a person of an organization, by their user id.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(204)
                        .refuses(
                                "organization.absent",
                                "organization.needed",
                                "person.absent",
                                "follow.yourself",
                                "follow.many"),
                Route.delete(PERSON, Access.signedIn(), this::leavePerson)
                        .summary("Follow a person no more.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(204)
                        .refuses("organization.absent", "organization.needed"));
    }

    /**
     * @param deed Created, Changed, Restored, Trashed, Recovered or Commented
     * @param number of the version that it made, or 0
     */
    record Happening(String note, String title, String user, String deed, int number, Instant at) {}

    /** @param people by user id */
    record Followed(List<String> people, List<String> notes) {}

    Response timeline(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        Page<Follows.Happening> page = follows.happenings(request, organization, Paging.of(request));
        return Response.page(
                request,
                new Page<>(page.items().stream().map(TimelineApi::shown).toList(), page.next()));
    }

    private static Happening shown(Follows.Happening it) {
        return new Happening(
                it.item().note(),
                it.note().note().content().title(),
                NoteJson.userId(it.item().person()),
                Words.of(it.item().deed()),
                it.item().number(),
                it.item().at());
    }

    Response following(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        List<String> all = follows.followed(request, organization);
        return Response.ok(new Followed(
                all.stream()
                        .filter(it -> it.startsWith("user:"))
                        .map(NoteJson::userId)
                        .toList(),
                all.stream()
                        .filter(Ids::isId)
                        .filter(it -> notes.seen(request, it).isPresent())
                        .toList()));
    }

    Response followNote(Request request) {
        Notes.Found note = notes.find(request);
        follows.begin(request, note.note().identity().organization(), note.id());
        return Response.noContent();
    }

    Response leaveNote(Request request) {
        Notes.Found note = notes.findAnywhere(request);
        follows.end(request, note.note().identity().organization(), note.id());
        return Response.noContent();
    }

    Response followPerson(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        follows.begin(request, organization, person(request, organization));
        return Response.noContent();
    }

    Response leavePerson(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        follows.end(request, organization, "user:" + request.parameter("person"));
        return Response.noContent();
    }

    private String person(Request request, String organization) {
        String user = request.parameter("person");
        if (!notes.organizations().isMember(user, organization)) {
            throw Refusal.of(Refusal.Kind.ABSENT, "person.absent", "There is no such person in this organization.")
                    .asException();
        }
        return "user:" + user;
    }
}
