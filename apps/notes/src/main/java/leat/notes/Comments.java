package leat.notes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.web.Request;
import leat.web.Sender;

/** What the edges ask of the comments on a note and do with them; the note was found for the caller before. */
record Comments(Notes notes, Entities<Comment.Command, Comment.Event, Comment> entities, Reader list) {
    /** A comment, and how many reacted to it in which way. */
    record Shown(CommentList.Item item, List<CommentList.Count> reactions) {}

    /** Those on a note, the oldest first. */
    List<Shown> on(Request request, String note) {
        return list.read(sql -> {
            Map<String, List<CommentList.Count>> reactions =
                    CommentList.reactions(sql, note, Sender.person(request)).stream()
                            .collect(Collectors.groupingBy(CommentList.Count::comment));
            return CommentList.of(sql, note).stream()
                    .map(it -> new Shown(it, reactions.getOrDefault(it.id(), List.of())))
                    .toList();
        });
    }

    /**
     * Says something about a note.
     *
     * @param parent the comment on the same note that is answered
     * @throws leat.kernel.RefusedException with {@code comment.invalid} or {@code comment.many}
     */
    Answer<Comment> say(Request request, String note, Optional<String> parent, Comment.Text text) {
        if (parent.filter(it -> !isOn(note, it)).isPresent()) {
            var violations = new ArrayList<>(Comment.violations(text));
            violations.add(new Violation("parent", "parent.absent", "Answer a comment on this note."));
            throw Comment.invalid(violations).asException();
        }
        if (list.read(sql -> CommentList.count(sql, note)) >= CommentList.MAX_PER_NOTE) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "comment.many",
                            "A note has at most " + CommentList.MAX_PER_NOTE + " comments; begin another note.")
                    .asException();
        }
        Envelope envelope = notes.sender().envelope(request);
        String id = notes.sender().idFor(request, envelope);
        return shown(entities.tell(id, new Comment.Command.Say(note, parent, text), envelope));
    }

    /**
     * Does something to a comment, at the version that the caller has seen when they say which.
     *
     * @throws leat.kernel.RefusedException with {@code comment.absent} when it is on another note
     */
    Answer<Comment> tell(Request request, String note, String id, Comment.Command command) {
        if (!isOn(note, id)) {
            throw Comment.absent().asException();
        }
        Envelope envelope = notes.sender().envelope(request);
        Optional<Long> seen = request.ifMatch();
        return shown(
                seen.isPresent()
                        ? entities.tell(id, seen.get(), command, envelope)
                        : entities.tell(id, command, envelope));
    }

    boolean isOn(String note, String id) {
        return Ids.isId(id)
                && switch (entities.get(id).state()) {
                    case Comment.Said it -> it.note().equals(note);
                    case Comment.Removed it -> it.note().equals(note);
                    case Comment.Absent _ -> false;
                };
    }

    Instant now() {
        return notes.sender().clock().instant();
    }

    private Answer<Comment> shown(Answer<Comment> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        return answer;
    }
}
