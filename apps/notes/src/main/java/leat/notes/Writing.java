package leat.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.web.Request;
import leat.web.Sender;

/** Saves what was written upon a version that may be old by now: what others wrote meanwhile comes together with it. */
record Writing(Notes notes) {
    private static final int TRIES = 5;

    /** What came of it. */
    sealed interface Outcome {}

    /** The note as it stands now, with both in it. */
    record Saved(Notes.Found note) implements Outcome {}

    /**
     * Both changed the same, and nothing was saved.
     *
     * @param note as it stands, written by somebody else
     * @param both what to show for a person to decide
     * @param fields in which that is so
     */
    record Undecided(Notes.Found note, Content both, List<String> fields) implements Outcome {}

    /**
     * @param version of the note that the writer saw; what it holds stands for the one there is when there is no such version
     * @param text from which the writer's text was made, when that is not the text of that version
     * @param written what it was made into
     * @param byItself whether an editor saves while somebody writes, so that it need not be a version of its own
     * @throws RefusedException when it is not valid, or the note is not there any more
     */
    Outcome save(
            Request request, long version, Optional<String> text, UnaryOperator<Content> written, boolean byItself) {
        for (int i = 1; ; i++) {
            Notes.Found now = notes.find(request);
            Content seen = seen(request, now, version);
            Content mine = written.apply(seen);
            ContentMerge merge = merge(seen, text, mine, now.note().content());
            if (!merge.undecided().isEmpty()) {
                return new Undecided(now, merge.content(), merge.undecided());
            }
            try {
                return new Saved(notes.tellUpon(request, now, command(request, now, merge.content(), byItself)));
            } catch (RefusedException e) {
                if (e.refusal().kind() != Refusal.Kind.STALE || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A stretch of one person's writing is one version. */
    private Note.Command command(Request request, Notes.Found now, Content content, boolean byItself) {
        Instant moment = notes.sender().clock().instant();
        boolean goesOn = byItself
                && notes.newest(now)
                        .filter(it -> it.isGoneOnWithBy(Sender.by(request), moment))
                        .isPresent();
        return goesOn ? new Note.Command.Continue(now.note().version(), content) : new Note.Command.Revise(content);
    }

    private Content seen(Request request, Notes.Found now, long version) {
        return notes.seenAsOf(request, now, version).orElse(now).note().content();
    }

    /** Browsers send every line break as one kind, so a text that was changed in one is compared without their difference. */
    private static ContentMerge merge(Content seen, Optional<String> text, Content mine, Content theirs) {
        if (mine.body().equals(seen.body())) {
            return ContentMerge.of(seen, mine, theirs);
        }
        return ContentMerge.of(
                seen.withBody(lines(text.orElse(seen.body()))), mine, theirs.withBody(lines(theirs.body())));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }
}
