package leat.notes;

import java.util.List;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** {@link Mentions} by HTTP, and what the page of a note sends to make links of them. */
final class MentionsApi {
    private static final String NOTE = "/api/notes/notes/{id}";

    private final Notes notes;
    private final Mentions mentions;

    MentionsApi(Notes notes) {
        this.notes = notes;
        this.mentions = new Mentions(notes);
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        return List.of(
                Route.get(NOTE + "/mentions", viewer, this::list)
                        .summary("List the notes that name a note's title without linking to it.")
                        .answers(Mentioned.class)
                        .refuses("note.absent"),
                Route.put(NOTE + "/backlinks/{from}", viewer, this::link)
                        .summary("Make links of what another note, by its id, says of this one.")
                        .answers(NoteJson.Whole.class)
                        .refuses("note.absent", "forbidden", "note.invalid", "version.stale"));
    }

    List<Route> pages() {
        return List.of(Route.put("/notes/{id}/backlinks/{from}", notes.may(Right.READ), request -> {
            Notes.Found note = notes.find(request);
            mentions.link(request, note, request.parameter("from"));
            return Response.redirect("/notes/" + note.id() + "#linked");
        }));
    }

    record Mentioned(List<Mention> items) {}

    /** @param snippet around the place, in pieces that are not escaped */
    record Mention(NoteJson.Summary note, List<Snippet.Piece> snippet) {}

    Response list(Request request) {
        return Response.ok(new Mentioned(mentions.of(request, notes.find(request)).stream()
                .map(it -> new Mention(NoteJson.summary(it.item()), it.around()))
                .toList()));
    }

    Response link(Request request) {
        Notes.Found from = mentions.link(request, notes.find(request), request.parameter("from"));
        return Response.ok(NoteJson.whole(from)).etag(from.version());
    }
}
