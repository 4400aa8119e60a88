package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;
import static leat.kernel.Refusal.Kind.INVALID;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;

/**
 * What somebody says about a note, or about another comment on it; only they change and remove it, others react to it.
 *
 * <p>It is an entity of its own, so that a conversation does not change the version of the note that is talked about. Who
 * sees the note sees its comments: whoever tells a comment a command asks the note first.
 */
sealed interface Comment {
    int MAX_TITLE = 255;

    int MAX_BODY = 10_000;

    int MAX_STARS = 5;

    /** Characters of a reaction. */
    int MAX_SIGN = 16;

    /** Different reactions of one person to one comment. */
    int MAX_SIGNS = 10;

    /** Nothing has this id yet. */
    record Absent() implements Comment {}

    /** @param author as {@link Visibility#person} names people */
    record Said(String note, Optional<String> parent, String author, Text text, Set<Reaction> reactions)
            implements Comment {
        public Said {
            reactions = Set.copyOf(reactions);
        }
    }

    /** It was there, and answers to it may still be. */
    record Removed(String note) implements Comment {}

    /**
     * @param title may be empty
     * @param body Markdown as it was typed
     * @param stars 0 to 5
     */
    record Text(@Personal String title, @Personal String body, Optional<String> color, int stars) {}

    /** @param sign an emoji, or a few letters */
    record Reaction(String person, String sign) {}

    sealed interface Command {
        /** @param parent the comment that this one answers */
        record Say(String note, Optional<String> parent, Text text) implements Command {}

        record Reword(Text text) implements Command {}

        record Remove() implements Command {}

        record React(String sign) implements Command {}

        record Unreact(String sign) implements Command {}
    }

    sealed interface Event {
        record WasSaid(String note, Optional<String> parent, String author, Text text) implements Event {}

        record Reworded(Text text) implements Event {}

        record WasRemoved() implements Event {}

        record Reacted(String person, String sign) implements Event {}

        record Unreacted(String person, String sign) implements Event {}
    }

    Decider<Command, Event, Comment> DECIDER = Decider.of(new Absent(), Comment::decide, Comment::evolve);

    EntityType<Command, Event, Comment> TYPE = EntityType.of(
                    "comment",
                    DECIDER,
                    Wire.of("comment.said", Event.WasSaid.class).about(Subject.sender()),
                    Wire.of("comment.reworded", Event.Reworded.class).about(Subject.sender()),
                    Wire.of("comment.removed", Event.WasRemoved.class),
                    Wire.of("comment.reacted", Event.Reacted.class),
                    Wire.of("comment.unreacted", Event.Unreacted.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Comment comment, Envelope envelope) {
        String person = Visibility.person(envelope.by());
        return switch (comment) {
            case Absent _ -> command instanceof Command.Say say ? say(say, person) : Decision.refuse(absent());
            case Said it -> decideSaid(command, it, person);
            case Removed _ -> command instanceof Command.Remove ? Decision.alreadySo() : Decision.refuse(absent());
        };
    }

    private static Decision<Event> say(Command.Say say, String person) {
        List<Violation> violations = violations(say.text());
        return violations.isEmpty()
                ? Decision.accept(new Event.WasSaid(say.note(), say.parent(), person, say.text()))
                : Decision.refuse(invalid(violations));
    }

    private static Decision<Event> decideSaid(Command command, Said it, String person) {
        return switch (command) {
            case Command.Say _ -> Decision.refuse(CONFLICT, "comment.said", "This comment exists already.");
            case Command.Reword(Text text) -> it.author().equals(person) ? reword(it, text) : notYours();
            case Command.Remove _ -> it.author().equals(person) ? Decision.accept(new Event.WasRemoved()) : notYours();
            case Command.React(String sign) -> react(it, new Reaction(person, sign));
            case Command.Unreact(String sign) ->
                it.reactions().contains(new Reaction(person, sign))
                        ? Decision.accept(new Event.Unreacted(person, sign))
                        : Decision.alreadySo();
        };
    }

    private static Decision<Event> reword(Said it, Text text) {
        if (text.equals(it.text())) {
            return Decision.alreadySo();
        }
        List<Violation> violations = violations(text);
        return violations.isEmpty() ? Decision.accept(new Event.Reworded(text)) : Decision.refuse(invalid(violations));
    }

    private static Decision<Event> react(Said it, Reaction reaction) {
        if (it.reactions().contains(reaction)) {
            return Decision.alreadySo();
        }
        if (!isSign(reaction.sign())) {
            return Decision.refuse(
                    INVALID, "reaction.shape", "React with an emoji, or with at most " + MAX_SIGN + " letters.");
        }
        if (it.reactions().stream()
                        .filter(other -> other.person().equals(reaction.person()))
                        .count()
                >= MAX_SIGNS) {
            return Decision.refuse(
                    CONFLICT, "reaction.many", "React to one comment in at most " + MAX_SIGNS + " ways.");
        }
        return Decision.accept(new Event.Reacted(reaction.person(), reaction.sign()));
    }

    private static boolean isSign(String sign) {
        return !sign.isEmpty()
                && sign.length() <= MAX_SIGN
                && sign.codePoints()
                        .noneMatch(
                                it -> Character.isWhitespace(it) || Character.isISOControl(it) || Content.isHalf(it));
    }

    /** Everything that is wrong with it, in the order of the fields. */
    static List<Violation> violations(Text text) {
        var wrong = new ArrayList<Violation>();
        if (text.title().codePointCount(0, text.title().length()) > MAX_TITLE) {
            wrong.add(new Violation("title", "title.long", "Use at most " + MAX_TITLE + " characters."));
        } else if (text.title().codePoints().anyMatch(it -> Character.isISOControl(it) || Content.isHalf(it))) {
            wrong.add(new Violation("title", "title.shape", "Use one line without control characters."));
        }
        if (text.body().isBlank()) {
            wrong.add(new Violation("body", "body.blank", "Say something."));
        } else if (text.body().codePointCount(0, text.body().length()) > MAX_BODY) {
            wrong.add(new Violation("body", "body.long", "Use at most " + MAX_BODY + " characters."));
        } else if (text.body().codePoints().anyMatch(it -> it == 0 || Content.isHalf(it))) {
            wrong.add(new Violation("body", "body.shape", "Leave out null characters and halves of surrogate pairs."));
        }
        if (text.color().filter(it -> !Content.isColor(it)).isPresent()) {
            wrong.add(Content.noColor());
        }
        if (text.stars() < 0 || text.stars() > MAX_STARS) {
            wrong.add(new Violation("stars", "stars.range", "Give 0 to " + MAX_STARS + " stars."));
        }
        return List.copyOf(wrong);
    }

    static Comment evolve(Comment comment, Event event) {
        return switch (event) {
            case Event.WasSaid(String note, Optional<String> parent, String author, Text text) ->
                new Said(note, parent, author, text, Set.of());
            case Event.Reworded(Text text) -> {
                Said it = said(comment);
                yield new Said(it.note(), it.parent(), it.author(), text, it.reactions());
            }
            case Event.WasRemoved _ -> new Removed(said(comment).note());
            case Event.Reacted(String person, String sign) -> {
                var reactions = new LinkedHashSet<>(said(comment).reactions());
                reactions.add(new Reaction(person, sign));
                yield reacted(said(comment), reactions);
            }
            case Event.Unreacted(String person, String sign) -> {
                var reactions = new LinkedHashSet<>(said(comment).reactions());
                reactions.remove(new Reaction(person, sign));
                yield reacted(said(comment), reactions);
            }
        };
    }

    private static Said reacted(Said it, Set<Reaction> reactions) {
        return new Said(it.note(), it.parent(), it.author(), it.text(), reactions);
    }

    private static Said said(Comment comment) {
        return switch (comment) {
            case Said it -> it;
            case Absent _, Removed _ ->
                throw new IllegalStateException("this event happens only to a comment that is there");
        };
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "comment.absent", "There is no such comment on this note.");
    }

    private static Decision<Event> notYours() {
        return Decision.refuse(FORBIDDEN, "comment.not-yours", "Only who wrote a comment changes or removes it.");
    }

    static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("comment.invalid", violations.getFirst().message(), violations);
    }
}
