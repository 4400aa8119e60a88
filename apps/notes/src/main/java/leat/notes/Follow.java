package leat.notes;

import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Wire;
import leat.web.Sender;

/** That somebody follows a person or a note, to read on their {@link Timeline} what happens there. */
sealed interface Follow {
    /** It was never so. */
    record Absent() implements Follow {}

    record Following() implements Follow {}

    record Ended() implements Follow {}

    sealed interface Command {
        /** @param target a person, as {@link Visibility#person} names people, or the id of a note */
        record Begin(String organization, String target) implements Command {}

        record End() implements Command {}
    }

    sealed interface Event {
        record Begun(String organization, String person, String target) implements Event {}

        record WasEnded() implements Event {}
    }

    Decider<Command, Event, Follow> DECIDER = Decider.of(new Absent(), Follow::decide, (_, event) -> evolve(event));

    EntityType<Command, Event, Follow> TYPE = EntityType.of(
                    "follow",
                    DECIDER,
                    Wire.of("follow.begun", Event.Begun.class),
                    Wire.of("follow.ended", Event.WasEnded.class))
            .commands(Command.class);

    /** Each person follows each thing once, so what they are makes the id. */
    static String id(String organization, String person, String target) {
        String name = organization + "/" + person + "/" + target;
        return Sender.id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    static Decision<Event> decide(Command command, Follow follow, Envelope envelope) {
        return switch (command) {
            case Command.Begin(String organization, String target) -> {
                String person = Visibility.person(envelope.by());
                if (target.equals(person)) {
                    yield Decision.refuse(Refusal.of(FORBIDDEN, "follow.yourself", "Follow somebody else."));
                }
                yield follow instanceof Following
                        ? Decision.alreadySo()
                        : Decision.accept(new Event.Begun(organization, person, target));
            }
            case Command.End _ ->
                follow instanceof Following ? Decision.accept(new Event.WasEnded()) : Decision.alreadySo();
        };
    }

    static Follow evolve(Event event) {
        return switch (event) {
            case Event.Begun _ -> new Following();
            case Event.WasEnded _ -> new Ended();
        };
    }
}
