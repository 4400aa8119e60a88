package leat.notes;

import static leat.kernel.Refusal.Kind.ABSENT;
import static leat.kernel.Refusal.Kind.CONFLICT;
import static leat.kernel.Refusal.Kind.FORBIDDEN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Wire;

/**
 * An address at which anybody reads a note, or those notes of a notebook that its maker wrote, until it expires or is
 * revoked. Its secret is known to whoever has the address; here is only the secret's hash.
 */
sealed interface PublicLink {
    Duration LONGEST = Duration.ofDays(366);

    /** Nothing has this id yet. */
    record Absent() implements PublicLink {}

    /** @param maker as {@link Visibility#person} names people */
    record Open(String organization, Target target, String maker, String hash, Instant until) implements PublicLink {}

    record Revoked() implements PublicLink {}

    /** What is read at the address. */
    record Target(Kind kind, String id) {
        enum Kind {
            NOTE,
            NOTEBOOK
        }
    }

    sealed interface Command {
        /** @param hash of the secret, as {@link PublicLinks} makes it */
        record Make(String organization, Target target, String hash, Instant until) implements Command {}

        record Revoke() implements Command {}
    }

    sealed interface Event {
        record WasMade(String organization, Target target, String maker, String hash, Instant until) implements Event {}

        record WasRevoked() implements Event {}
    }

    Decider<Command, Event, PublicLink> DECIDER = Decider.of(new Absent(), PublicLink::decide, PublicLink::evolve);

    EntityType<Command, Event, PublicLink> TYPE = EntityType.of(
                    "publiclink",
                    DECIDER,
                    Wire.of("publiclink.made", Event.WasMade.class),
                    Wire.of("publiclink.revoked", Event.WasRevoked.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, PublicLink link, Envelope envelope) {
        String person = Visibility.person(envelope.by());
        return switch (link) {
            case Absent _ ->
                command instanceof Command.Make make ? make(make, person, envelope.at()) : Decision.refuse(absent());
            case Open it ->
                switch (command) {
                    case Command.Make _ ->
                        Decision.refuse(
                                CONFLICT,
                                "link.made",
                                "This link was made already, and its address is told once; make another.");
                    case Command.Revoke _ ->
                        it.maker().equals(person)
                                ? Decision.accept(new Event.WasRevoked())
                                : Decision.refuse(FORBIDDEN, "link.not-yours", "Only who made a link revokes it.");
                };
            case Revoked _ -> command instanceof Command.Revoke ? Decision.alreadySo() : Decision.refuse(absent());
        };
    }

    private static Decision<Event> make(Command.Make make, String person, Instant now) {
        if (!make.until().isAfter(now) || make.until().isAfter(now.plus(LONGEST))) {
            String message = "Let it last for 1 to " + LONGEST.toDays() + " days.";
            return Decision.refuse(
                    Refusal.invalid("link.invalid", message, List.of(new Violation("days", "days.range", message))));
        }
        return Decision.accept(
                new Event.WasMade(make.organization(), make.target(), person, make.hash(), make.until()));
    }

    static PublicLink evolve(PublicLink link, Event event) {
        return switch (event) {
            case Event.WasMade(String organization, Target target, String maker, String hash, Instant until) ->
                new Open(organization, target, maker, hash, until);
            case Event.WasRevoked _ -> new Revoked();
        };
    }

    /** Whatever is wrong with an address, its reader is told the same. */
    static Refusal absent() {
        return Refusal.of(ABSENT, "link.absent", "There is nothing at this address, or no more.");
    }
}
