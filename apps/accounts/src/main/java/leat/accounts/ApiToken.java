package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;
import leat.kernel.Subject;
import leat.kernel.Wire;

/** A program's key: it acts for the person who made it, within its scopes, until it is revoked or expires. */
sealed interface ApiToken {
    /** Scopes of one token. */
    int MAX_SCOPES = 20;

    /** How often its use is noted, so that a busy program does not write an event for every request. */
    Duration NOTED = Duration.ofDays(1);

    /** Everything that its owner may do, or one module's reading or writing. */
    Pattern SCOPE = Pattern.compile("\\*|[a-z]{1,20}:(read|write)");

    record Absent() implements ApiToken {}

    record Made(String userId, Set<String> scopes, String secretHash, Optional<Instant> expiresAt, Instant notedAt)
            implements ApiToken {
        boolean live(Instant now) {
            return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
        }

        boolean worthNoting(Instant now) {
            return !now.isBefore(notedAt.plus(NOTED));
        }
    }

    record Revoked() implements ApiToken {}

    sealed interface Command {
        record Make(String userId, String name, Set<String> scopes, String secretHash, Optional<Instant> expiresAt)
                implements Command {}

        record Use() implements Command {}

        record Revoke() implements Command {}
    }

    sealed interface Event {
        /** @param scopes sorted */
        record WasMade(
                String userId,
                @Personal String name,
                List<String> scopes,
                String secretHash,
                Optional<Instant> expiresAt)
                implements Event {}

        record Used(Instant at) implements Event {}

        record WasRevoked(String userId) implements Event {}
    }

    EntityType<Command, Event, ApiToken> TYPE = EntityType.of(
                    "token",
                    Decider.of(new Absent(), ApiToken::decide, ApiToken::evolve),
                    Wire.of("token.made", Event.WasMade.class).about(Subject.named(Event.WasMade::userId)),
                    Wire.of("token.used", Event.Used.class),
                    Wire.of("token.revoked", Event.WasRevoked.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, ApiToken token, Envelope envelope) {
        Instant now = envelope.at();
        return switch (token) {
            case Absent _ ->
                switch (command) {
                    case Command.Make make -> make(make, now);
                    case Command.Use _, Command.Revoke _ -> Decision.refuse(absent());
                };
            case Made made ->
                switch (command) {
                    case Command.Make _ -> Decision.refuse(madeAlready());
                    case Command.Use _ ->
                        made.live(now) && made.worthNoting(now)
                                ? Decision.accept(new Event.Used(now))
                                : Decision.alreadySo();
                    case Command.Revoke _ -> Decision.accept(new Event.WasRevoked(made.userId()));
                };
            case Revoked _ ->
                switch (command) {
                    case Command.Make _ -> Decision.refuse(madeAlready());
                    case Command.Use _ -> Decision.refuse(absent());
                    case Command.Revoke _ -> Decision.alreadySo();
                };
        };
    }

    private static Decision<Event> make(Command.Make make, Instant now) {
        List<Violation> violations = new ArrayList<>(Names.all(Names.lineViolation("name", make.name())));
        if (make.scopes().isEmpty() || make.scopes().size() > MAX_SCOPES) {
            violations.add(new Violation("scopes", "scopes.count", "Choose 1 to " + MAX_SCOPES + " scopes."));
        }
        make.scopes().stream()
                .filter(scope -> !SCOPE.matcher(scope).matches())
                .sorted()
                .findFirst()
                .ifPresent(scope -> violations.add(new Violation(
                        "scopes",
                        "scopes.shape",
                        "A scope is a module with :read or :write, such as mocks:read, or * for everything.")));
        if (make.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
            violations.add(new Violation("expiresAt", "expiry.past", "The end must lie in the future."));
        }
        SequencedSet<String> sorted = new TreeSet<>(make.scopes());
        return violations.isEmpty()
                ? Decision.accept(new Event.WasMade(
                        make.userId(), make.name(), List.copyOf(sorted), make.secretHash(), make.expiresAt()))
                : Decision.refuse(
                        Refusal.invalid("token.invalid", violations.getFirst().message(), violations));
    }

    static ApiToken evolve(ApiToken token, Event event) {
        return switch (event) {
            case Event.WasMade(var userId, var _, var scopes, var hash, var expiresAt) ->
                new Made(userId, Set.copyOf(scopes), hash, expiresAt, Instant.EPOCH);
            case Event.Used(Instant at) ->
                token instanceof Made(var userId, var scopes, var hash, var expiresAt, var _)
                        ? new Made(userId, scopes, hash, expiresAt, at)
                        : token;
            case Event.WasRevoked _ -> new Revoked();
        };
    }

    static Refusal absent() {
        return Refusal.of(Refusal.Kind.ABSENT, "token.absent", "There is no such token.");
    }

    static Refusal madeAlready() {
        return Refusal.of(
                Refusal.Kind.CONFLICT,
                "token.made",
                "This token was made already, and its secret was shown then; revoke it and make another.");
    }
}
