package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Wire;

/**
 * A command line that asks to be let in: a signed-in person compares its code and approves, then it collects a token
 * once. After RFC 8628, the device authorization grant.
 */
sealed interface Login {
    /** How long a person has to approve, and the command line to collect. */
    Duration LIFE = Duration.ofMinutes(10);

    record Absent() implements Login {}

    record Pending(String secretHash, String code, String label, Instant expiresAt) implements Login {}

    record Approved(String secretHash, String label, Instant expiresAt, String userId) implements Login {}

    /** Collected or denied; either way there is nothing left to collect. */
    record Over() implements Login {}

    sealed interface Command {
        /** @param label what the asking machine calls itself */
        record Ask(String secretHash, String code, String label) implements Command {}

        record Approve(String userId) implements Command {}

        record Deny() implements Command {}

        record Collect() implements Command {}
    }

    sealed interface Event {
        record Asked(String secretHash, String code, String label, Instant expiresAt) implements Event {}

        record WasApproved(String userId) implements Event {}

        record Denied() implements Event {}

        record Collected(String userId) implements Event {}
    }

    EntityType<Command, Event, Login> TYPE = EntityType.of(
                    "login",
                    Decider.of(new Absent(), Login::decide, Login::evolve),
                    Wire.of("login.asked", Event.Asked.class),
                    Wire.of("login.approved", Event.WasApproved.class),
                    Wire.of("login.denied", Event.Denied.class),
                    Wire.of("login.collected", Event.Collected.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Login login, Envelope envelope) {
        Instant now = envelope.at();
        return switch (login) {
            case Absent _ ->
                switch (command) {
                    case Command.Ask(String hash, String code, String label) -> ask(hash, code, label, now);
                    case Command.Approve _, Command.Deny _, Command.Collect _ -> Decision.refuse(gone());
                };
            case Pending pending ->
                switch (command) {
                    case Command.Ask _ -> Decision.refuse(gone());
                    case Command.Approve(String userId) ->
                        now.isBefore(pending.expiresAt())
                                ? Decision.accept(new Event.WasApproved(userId))
                                : Decision.refuse(gone());
                    case Command.Deny _ -> Decision.accept(new Event.Denied());
                    case Command.Collect _ ->
                        now.isBefore(pending.expiresAt()) ? Decision.refuse(pending()) : Decision.refuse(gone());
                };
            case Approved approved ->
                switch (command) {
                    case Command.Ask _, Command.Approve _ -> Decision.refuse(gone());
                    case Command.Deny _ -> Decision.accept(new Event.Denied());
                    case Command.Collect _ ->
                        now.isBefore(approved.expiresAt())
                                ? Decision.accept(new Event.Collected(approved.userId()))
                                : Decision.refuse(gone());
                };
            case Over _ -> Decision.refuse(gone());
        };
    }

    private static Decision<Event> ask(String hash, String code, String label, Instant now) {
        var violations = Names.all(Names.lineViolation("label", label));
        return violations.isEmpty()
                ? Decision.accept(new Event.Asked(hash, code, label, now.plus(LIFE)))
                : Decision.refuse(
                        Refusal.invalid("login.invalid", violations.getFirst().message(), violations));
    }

    static Login evolve(Login login, Event event) {
        return switch (event) {
            case Event.Asked(String hash, String code, String label, Instant expiresAt) ->
                new Pending(hash, code, label, expiresAt);
            case Event.WasApproved(String userId) ->
                login instanceof Pending(var hash, var _, var label, var expiresAt)
                        ? new Approved(hash, label, expiresAt, userId)
                        : login;
            case Event.Denied _, Event.Collected _ -> new Over();
        };
    }

    static Refusal gone() {
        return Refusal.of(
                Refusal.Kind.GONE, "login.gone", "This login was used, denied or has expired; start it again.");
    }

    private static Refusal pending() {
        return Refusal.of(Refusal.Kind.CONFLICT, "login.pending", "Nobody has approved this login yet.");
    }
}
