package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;
import leat.web.Sender;

/** The HTTP interface of comments: whoever sees the note reads, commenters and editors talk. */
final class CommentsApi {
    private static final String COMMENTS = "/api/notes/notes/{id}/comments";
    private static final String COMMENT = COMMENTS + "/{comment}";
    private static final String REACTION = COMMENT + "/reactions/{sign}";

    private final Notes notes;
    private final Comments comments;

    CommentsApi(Comments comments) {
        this.notes = comments.notes();
        this.comments = comments;
    }

    List<Route> table() {
        Access viewer = notes.may(Right.READ);
        Access talker = notes.may(Right.COMMENT);
        return List.of(
                Route.get(COMMENTS, viewer, this::list)
                        .summary("List the comments on a note, the oldest first.")
                        .answers(Thread.class)
                        .refuses("note.absent"),
                Route.post(COMMENTS, talker, this::say)
                        .summary("Comment on a note, or answer a comment on it.")
                        .takes(Draft.class)
                        .answers(201, Said.class)
                        .refuses("note.absent", "comment.invalid", "comment.many"),
                Route.put(COMMENT, talker, this::reword)
                        .summary("Change a comment of one's own.")
                        .takes(Rewording.class)
                        .answers(Said.class)
                        .refuses("note.absent", "comment.absent", "comment.invalid", "comment.not-yours"),
                Route.delete(COMMENT, talker, this::remove)
                        .summary("Remove a comment of one's own; its place stays when somebody answered it.")
                        .answers(204)
                        .refuses("note.absent", "comment.absent", "comment.not-yours"),
                Route.put(REACTION, talker, this::react)
                        .summary("React to a comment with an emoji.")
                        .answers(204)
                        .refuses("note.absent", "comment.absent", "reaction.shape", "reaction.many"),
                Route.delete(REACTION, talker, this::unreact)
                        .summary("Take a reaction back.")
                        .answers(204)
                        .refuses("note.absent", "comment.absent"));
    }

    // --- what travels --------------------------------------------------------------------------------------------

    /**
     * What is left out is empty.
     *
     * @param stars 0 to 5
     * @param parent the comment that is answered
     */
    record Draft(
            Optional<String> title,
            Optional<String> body,
            Optional<String> color,
            Optional<Integer> stars,
            Optional<String> parent) {}

    record Rewording(Optional<String> title, Optional<String> body, Optional<String> color, Optional<Integer> stars) {}

    record Thread(List<Said> items) {}

    /** @param removed whether only its place is left */
    record Said(
            String id,
            Optional<String> parent,
            String author,
            String title,
            String body,
            Optional<String> color,
            int stars,
            Instant at,
            Instant changedAt,
            boolean removed,
            long version,
            List<Reaction> reactions) {}

    /** @param mine whether the reader is among the people */
    record Reaction(String sign, int people, boolean mine) {}

    // --- routes --------------------------------------------------------------------------------------------------

    Response list(Request request) {
        return Response.ok(new Thread(said(request, notes.find(request).id())));
    }

    private List<Said> said(Request request, String note) {
        return comments.on(request, note).stream()
                .map(it -> said(it.item(), it.reactions()))
                .toList();
    }

    private static Said said(CommentList.Item item, List<CommentList.Count> reactions) {
        return new Said(
                item.id(),
                item.parent(),
                NoteJson.userId(item.author()),
                item.text().title(),
                item.text().body(),
                item.text().color(),
                item.text().stars(),
                item.at(),
                item.changedAt(),
                item.removed(),
                item.version(),
                reactions.stream()
                        .map(it -> new Reaction(it.sign(), it.people(), it.mine()))
                        .toList());
    }

    Response say(Request request) {
        String note = notes.find(request).id();
        Draft draft = request.json(Draft.class);
        Answer<Comment> answer = comments.say(
                request, note, draft.parent(), text(draft.title(), draft.body(), draft.color(), draft.stars()));
        return Response.created("/api/notes/notes/" + note + "/comments/" + answer.id(), shown(request, note, answer))
                .etag(answer.version());
    }

    Response reword(Request request) {
        String note = notes.find(request).id();
        Rewording draft = request.json(Rewording.class);
        Answer<Comment> answer = comments.tell(
                request,
                note,
                request.parameter("comment"),
                new Comment.Command.Reword(text(draft.title(), draft.body(), draft.color(), draft.stars())));
        return Response.ok(shown(request, note, answer)).etag(answer.version());
    }

    Response remove(Request request) {
        return done(request, new Comment.Command.Remove());
    }

    Response react(Request request) {
        return done(request, new Comment.Command.React(request.parameter("sign")));
    }

    Response unreact(Request request) {
        return done(request, new Comment.Command.Unreact(request.parameter("sign")));
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    private static Comment.Text text(
            Optional<String> title, Optional<String> body, Optional<String> color, Optional<Integer> stars) {
        return new Comment.Text(title.orElse(""), body.orElse(""), color, stars.orElse(0));
    }

    private Response done(Request request, Comment.Command command) {
        comments.tell(request, notes.find(request).id(), request.parameter("comment"), command);
        return Response.noContent();
    }

    private Said shown(Request request, String note, Answer<Comment> answer) {
        Optional<Said> listed = said(request, note).stream()
                .filter(it -> it.id().equals(answer.id()))
                .findFirst();
        return listed.filter(it -> it.version() >= answer.version())
                .orElseGet(() -> asDecided(request, answer, listed));
    }

    /** While the list is behind, as when its node has died and another takes it over: what the comment itself tells. */
    private Said asDecided(Request request, Answer<Comment> answer, Optional<Said> before) {
        if (!(answer.state() instanceof Comment.Said it)) {
            throw Comment.absent().asException();
        }
        Instant now = comments.now();
        String person = Sender.person(request);
        return new Said(
                answer.id(),
                it.parent(),
                NoteJson.userId(it.author()),
                it.text().title(),
                it.text().body(),
                it.text().color(),
                it.text().stars(),
                before.map(Said::at).orElse(now),
                now,
                false,
                answer.version(),
                it.reactions().stream()
                        .map(Comment.Reaction::sign)
                        .distinct()
                        .sorted()
                        .map(sign -> new Reaction(
                                sign,
                                (int) it.reactions().stream()
                                        .filter(one -> one.sign().equals(sign))
                                        .count(),
                                it.reactions().contains(new Comment.Reaction(person, sign))))
                        .toList());
    }
}
