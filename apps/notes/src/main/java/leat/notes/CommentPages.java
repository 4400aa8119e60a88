package leat.notes;

import java.util.List;
import java.util.Optional;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** What the page of a note sends when somebody talks about it; the page itself is one of {@link NotePages}. */
final class CommentPages {
    private final Notes notes;
    private final Comments comments;

    CommentPages(Comments comments) {
        this.notes = comments.notes();
        this.comments = comments;
    }

    List<Route> table() {
        Access talker = notes.may(Right.COMMENT);
        return List.of(
                Route.post("/notes/{id}/comments", talker, this::say),
                Route.post("/notes/{id}/comments/{comment}", talker, this::reword),
                Route.delete("/notes/{id}/comments/{comment}", talker, this::remove),
                Route.put("/notes/{id}/comments/{comment}/reaction", talker, this::react),
                Route.delete("/notes/{id}/comments/{comment}/reaction", talker, this::unreact));
    }

    Response say(Request request) {
        Optional<String> parent = request.form().first("parent").filter(it -> !it.isEmpty());
        String note = notes.find(request).id();
        return back(note, comments.say(request, note, parent, text(request)).id());
    }

    Response reword(Request request) {
        return told(request, new Comment.Command.Reword(text(request)));
    }

    Response remove(Request request) {
        return told(request, new Comment.Command.Remove());
    }

    Response react(Request request) {
        return told(request, new Comment.Command.React(sign(request)));
    }

    Response unreact(Request request) {
        return told(request, new Comment.Command.Unreact(sign(request)));
    }

    private Response told(Request request, Comment.Command command) {
        String note = notes.find(request).id();
        return back(
                note,
                comments.tell(request, note, request.parameter("comment"), command)
                        .id());
    }

    private static String sign(Request request) {
        return request.form().first("sign").orElse("");
    }

    private static Comment.Text text(Request request) {
        return new Comment.Text(
                "",
                request.form().first("body").orElse("").replace("\r\n", "\n").strip(),
                Optional.empty(),
                request.form()
                        .first("stars")
                        .filter(it -> it.matches("[0-5]"))
                        .map(Integer::valueOf)
                        .orElse(0));
    }

    private static Response back(String note, String comment) {
        return Response.redirect("/notes/" + note + "#comment-" + comment);
    }
}
