package leat.notes;

import gg.jte.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.notes.text.Markdown;
import leat.web.Request;
import leat.web.Sender;
import leat.web.ui.FormState;

/**
 * What the page of a note shows of what people say about it.
 *
 * @param answered the comment that its reader is about to answer
 * @param reworded the one of their own that they are about to change
 * @param mayTalk whether its reader may say something
 */
record Conversation(
        String note,
        List<Remark> remarks,
        int count,
        Optional<Remark> answered,
        Optional<Remark> reworded,
        boolean mayTalk) {
    /** Answers to answers stand further in; beyond this depth they stand where the one does that they answer. */
    private static final int MAX_DEPTH = 4;

    private static final List<String> SIGNS = List.of("👍", "🎉", "❤️");

    /**
     * One comment.
     *
     * @param text as it was typed
     * @param body rendered, and safe
     * @param isMine whether its reader wrote it
     */
    record Remark(
            String id,
            String author,
            Instant at,
            boolean isChanged,
            String text,
            Content body,
            int stars,
            boolean isRemoved,
            boolean isMine,
            List<Reaction> reactions,
            List<Remark> answers) {}

    /** @param isMine whether the reader is among the people */
    record Reaction(String sign, int people, boolean isMine) {}

    static Conversation of(Comments comments, People people, Request request, Notes.Found note) {
        List<Comments.Shown> all = comments.on(request, note.id());
        People.Names names =
                people.named(all.stream().map(it -> it.item().author()).toList());
        Map<String, Remark> remarks = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, Integer> depths = new LinkedHashMap<>();
        var top = new ArrayList<Remark>();
        for (Comments.Shown it : all) {
            Remark remark = remark(it, names, request);
            String id = it.item().id();
            remarks.put(id, remark);
            Optional<String> parent = it.item().parent().filter(remarks::containsKey);
            int depth = parent.map(above -> depths.getOrDefault(above, 0) + 1).orElse(0);
            if (depth >= MAX_DEPTH) {
                parent = parent.map(above -> places.getOrDefault(above, above));
                depth = MAX_DEPTH - 1;
            }
            depths.put(id, depth);
            parent.ifPresent(above -> places.put(id, above));
            parent.map(remarks::get).map(Remark::answers).orElse(top).add(remark);
        }
        return new Conversation(
                note.id(),
                List.copyOf(top),
                (int) all.stream().filter(it -> !it.item().removed()).count(),
                request.query("answer").map(remarks::get).filter(it -> !it.isRemoved()),
                request.query("reword").map(remarks::get).filter(Remark::isMine),
                true);
    }

    Conversation readOnly() {
        return new Conversation(note, remarks, count, Optional.empty(), Optional.empty(), false);
    }

    private static Remark remark(Comments.Shown shown, People.Names names, Request request) {
        CommentList.Item it = shown.item();
        String html = Markdown.html(it.text().body());
        return new Remark(
                it.id(),
                names.of(it.author()),
                it.at(),
                !it.changedAt().equals(it.at()),
                it.text().body(),
                out -> out.writeContent(html),
                it.text().stars(),
                it.removed(),
                !it.removed() && it.author().equals(Sender.person(request)),
                reactions(shown.reactions()),
                new ArrayList<>());
    }

    /** Those that there are, and those that are offered. */
    private static List<Reaction> reactions(List<CommentList.Count> counts) {
        var reactions = new ArrayList<>(counts.stream()
                .map(it -> new Reaction(it.sign(), it.people(), it.mine()))
                .toList());
        SIGNS.stream()
                .filter(sign -> counts.stream().noneMatch(it -> it.sign().equals(sign)))
                .forEach(sign -> reactions.add(new Reaction(sign, 0, false)));
        return List.copyOf(reactions);
    }

    FormState state() {
        return FormState.empty()
                .with("body", reworded.map(Remark::text).orElse(""))
                .with("stars", reworded.map(it -> Integer.toString(it.stars())).orElse("0"));
    }

    /** Where the form of this conversation is sent to. */
    String action() {
        String all = "/notes/" + note + "/comments";
        return reworded.map(it -> all + "/" + it.id()).orElse(all);
    }
}
