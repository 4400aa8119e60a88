package leat.notes;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.notes.text.Tags;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Role;
import leat.web.Route;
import leat.web.Sender;

/** The HTTP interface of tags: the cloud of those that notes bear, and the colours of some. */
final class TagsApi {
    private static final String TAGS = "/api/notes/tags";
    private static final String TAG = TAGS + "/{tag}";

    private final Notes notes;
    private final Entities<Tag.Command, Tag.Event, Tag> tags;
    private final Reader list;

    TagsApi(Notes notes, Entities<Tag.Command, Tag.Event, Tag> tags, Reader list) {
        this.notes = notes;
        this.tags = tags;
        this.list = list;
    }

    List<Route> table() {
        Access editor = Access.member(Role.EDITOR, this::organizationOf);
        return List.of(
                Route.get(TAGS, Access.signedIn(), this::cloud)
                        .summary("List tags by name: how many notes the caller sees under each, and its colour.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .answers(Cloud.class)
                        .refuses("organization.absent", "organization.needed"),
                Route.post(TAGS, Access.signedIn(), this::define)
                        .summary("Give a tag a colour.")
                        .query("organization", NotesApi.ORGANIZATION)
                        .takes(Draft.class)
                        .answers(201, Shown.class)
                        .refuses("organization.absent", "organization.needed", "tag.invalid", "tag.taken"),
                Route.put(TAG, editor, this::recolor)
                        .summary("Give a tag another colour.")
                        .takes(Coloring.class)
                        .answers(Shown.class)
                        .refuses("tag.absent", "tag.invalid"),
                Route.delete(TAG, editor, this::remove)
                        .summary("Take a tag's colour away; notes keep the tag.")
                        .answers(204)
                        .refuses("tag.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    record Draft(Optional<String> title, Optional<String> color) {}

    record Coloring(Optional<String> color) {}

    record Cloud(List<Shown> items) {}

    /**
     * @param id and color of a tag that has a colour
     * @param notes that the reader sees with this tag, or one below it
     */
    record Shown(Optional<String> id, String title, Optional<String> color, int notes) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response cloud(Request request) {
        String organization = notes.organizations().of(request, Role.VIEWER).id();
        var shown = new TreeMap<String, Shown>();
        list.read(sql -> TagList.of(sql, organization))
                .forEach(it ->
                        shown.put(it.title(), new Shown(Optional.of(it.id()), it.title(), Optional.of(it.color()), 0)));
        notes.list()
                .read(sql -> NoteList.tags(sql, organization, Sender.person(request)))
                .forEach(it -> {
                    Shown colored =
                            shown.getOrDefault(it.tag(), new Shown(Optional.empty(), it.tag(), Optional.empty(), 0));
                    shown.put(it.tag(), new Shown(colored.id(), it.tag(), colored.color(), it.notes()));
                });
        return Response.ok(new Cloud(List.copyOf(shown.values())));
    }

    Response define(Request request) {
        String organization = notes.organizations().of(request, Role.EDITOR).id();
        Draft draft = request.json(Draft.class);
        Envelope envelope = notes.sender().envelope(request);
        Answer<Tag> answer = tags.tell(
                notes.sender().idFor(request, envelope),
                new Tag.Command.Define(
                        organization,
                        draft.title().map(Tags::normalized).orElse(""),
                        draft.color().orElse("")),
                envelope);
        return Response.created(TAGS + "/" + answer.id(), shown(request, answer));
    }

    Response recolor(Request request) {
        var command =
                new Tag.Command.Recolor(request.json(Coloring.class).color().orElse(""));
        return Response.ok(
                shown(request, tags.tell(tag(request), command, notes.sender().envelope(request))));
    }

    Response remove(Request request) {
        Answer<Tag> answer =
                tags.tell(tag(request), new Tag.Command.Remove(), notes.sender().envelope(request));
        list.await(answer.position(), Reader.PATIENCE);
        return Response.noContent();
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private Optional<String> organizationOf(Request request) {
        return Ids.isId(tag(request)) && tags.get(tag(request)).state() instanceof Tag.Defined it
                ? Optional.of(it.organization())
                : Optional.empty();
    }

    private static String tag(Request request) {
        return request.parameter("tag");
    }

    private Shown shown(Request request, Answer<Tag> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        if (!(answer.state() instanceof Tag.Defined it)) {
            throw Tag.absent().asException();
        }
        int count = notes.list().read(sql -> NoteList.tags(sql, it.organization(), Sender.person(request))).stream()
                .filter(counted -> counted.tag().equals(it.title()))
                .mapToInt(NoteList.TagCount::notes)
                .findFirst()
                .orElse(0);
        return new Shown(Optional.of(answer.id()), it.title(), Optional.of(it.color()), count);
    }
}
