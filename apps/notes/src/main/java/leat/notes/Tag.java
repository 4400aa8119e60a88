package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;

import java.util.ArrayList;
import java.util.List;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;

/** A tag that has got a colour. Notes bear tags without asking whether they are defined. */
sealed interface Tag {
    /** Names within an organization, each {@code organization/title}. */
    String TITLES = "note.tag";

    /** Nothing has this id yet. */
    record Absent() implements Tag {}

    record Defined(String organization, String title, String color) implements Tag {}

    /** Its title is free again; notes that bear it still do. */
    record Removed() implements Tag {}

    sealed interface Command {
        record Define(String organization, String title, String color) implements Command {}

        record Recolor(String color) implements Command {}

        record Remove() implements Command {}
    }

    sealed interface Event {
        record WasDefined(String organization, String title, String color) implements Event {}

        record Recolored(String color) implements Event {}

        record WasRemoved() implements Event {}
    }

    Decider<Command, Event, Tag> DECIDER =
            Decider.of(new Absent(), (command, tag, _) -> decide(command, tag), Tag::evolve);

    EntityType<Command, Event, Tag> TYPE = EntityType.of(
                    "tag",
                    DECIDER,
                    Wire.of("tag.defined", Event.WasDefined.class),
                    Wire.of("tag.recolored", Event.Recolored.class),
                    Wire.of("tag.removed", Event.WasRemoved.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Tag tag) {
        return switch (tag) {
            case Absent _ -> command instanceof Command.Define define ? define(define) : Decision.refuse(absent());
            case Defined it -> decideDefined(command, it);
            case Removed _ -> command instanceof Command.Remove ? Decision.alreadySo() : Decision.refuse(absent());
        };
    }

    private static Decision<Event> define(Command.Define define) {
        var wrong = new ArrayList<Violation>();
        if (!Content.isTag(define.title())) {
            wrong.add(Content.noTag("title"));
        }
        if (!Content.isColor(define.color())) {
            wrong.add(Content.noColor());
        }
        return wrong.isEmpty()
                ? Decision.<Event>accept(new Event.WasDefined(define.organization(), define.title(), define.color()))
                        .claim(TITLES, define.organization() + "/" + define.title(), taken(define.title()))
                : Decision.refuse(invalid(wrong));
    }

    private static Decision<Event> decideDefined(Command command, Defined it) {
        return switch (command) {
            case Command.Define _ -> Decision.refuse(CONFLICT, "tag.defined", "This tag exists already.");
            case Command.Recolor(String color) -> {
                if (!Content.isColor(color)) {
                    yield Decision.refuse(invalid(List.of(Content.noColor())));
                }
                yield color.equals(it.color()) ? Decision.alreadySo() : Decision.accept(new Event.Recolored(color));
            }
            case Command.Remove _ ->
                Decision.<Event>accept(new Event.WasRemoved()).release(TITLES, it.organization() + "/" + it.title());
        };
    }

    static Tag evolve(Tag tag, Event event) {
        return switch (event) {
            case Event.WasDefined(String organization, String title, String color) ->
                new Defined(organization, title, color);
            case Event.Recolored(String color) -> {
                if (!(tag instanceof Defined it)) {
                    throw new IllegalStateException("only a tag that is defined gets another colour");
                }
                yield new Defined(it.organization(), it.title(), color);
            }
            case Event.WasRemoved _ -> new Removed();
        };
    }

    static Refusal absent() {
        return Refusal.of(ABSENT, "tag.absent", "There is no such tag, or it is another organization's.");
    }

    private static Refusal taken(String title) {
        return Refusal.of(
                CONFLICT, "tag.taken", "The tag " + title + " is defined already; change its colour instead.");
    }

    private static Refusal invalid(List<Violation> violations) {
        return Refusal.invalid("tag.invalid", violations.getFirst().message(), violations);
    }
}
