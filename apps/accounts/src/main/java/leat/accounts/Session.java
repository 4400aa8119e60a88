package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Personal;
import leat.kernel.Refusal;
import leat.kernel.Subject;
import leat.kernel.Wire;

/** A signed-in browser, until it signs out, is sent out, rests too long or grows too old. */
sealed interface Session {
    /** Longest life, however busy. */
    Duration LIFE = Duration.ofDays(30);

    /** Longest rest. */
    Duration REST = Duration.ofDays(14);

    /** How often its use is noted: a busy session writes one event in this time, so {@link #REST} may end that much early. */
    Duration NOTED = Duration.ofDays(1);

    /** Characters kept of what the browser calls itself. */
    int MAX_AGENT = 100;

    record Absent() implements Session {}

    record Open(String userId, String secretHash, Instant seenAt, Instant expiresAt) implements Session {
        boolean live(Instant now) {
            return now.isBefore(expiresAt) && now.isBefore(seenAt.plus(REST));
        }

        boolean worthNoting(Instant now) {
            return !now.isBefore(seenAt.plus(NOTED));
        }
    }

    record Ended() implements Session {}

    sealed interface Command {
        /** @param agent what the browser calls itself, shortened */
        record Begin(String userId, String secretHash, String agent) implements Command {}

        record See() implements Command {}

        record End() implements Command {}
    }

    sealed interface Event {
        record Begun(
                String userId, String secretHash, @Personal String agent, Instant at, Instant expiresAt)
                implements Event {}

        record Seen(Instant at) implements Event {}

        record WasEnded(String userId) implements Event {}
    }

    EntityType<Command, Event, Session> TYPE = EntityType.of(
                    "session",
                    Decider.of(new Absent(), Session::decide, Session::evolve),
                    Wire.of("session.begun", Event.Begun.class).about(Subject.named(Event.Begun::userId)),
                    Wire.of("session.seen", Event.Seen.class),
                    Wire.of("session.ended", Event.WasEnded.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, Session session, Envelope envelope) {
        Instant now = envelope.at();
        return switch (session) {
            case Absent _ ->
                switch (command) {
                    case Command.Begin(String userId, String hash, String agent) ->
                        Decision.accept(new Event.Begun(userId, hash, agent, now, now.plus(LIFE)));
                    case Command.See _, Command.End _ -> Decision.refuse(absent());
                };
            case Open open ->
                switch (command) {
                    case Command.Begin _ -> Decision.refuse(begun());
                    case Command.See _ ->
                        open.live(now) && open.worthNoting(now)
                                ? Decision.accept(new Event.Seen(now))
                                : Decision.alreadySo();
                    case Command.End _ -> Decision.accept(new Event.WasEnded(open.userId()));
                };
            case Ended _ ->
                switch (command) {
                    case Command.Begin _ -> Decision.refuse(begun());
                    case Command.See _ -> Decision.refuse(absent());
                    case Command.End _ -> Decision.alreadySo();
                };
        };
    }

    static Session evolve(Session session, Event event) {
        return switch (event) {
            case Event.Begun(var userId, var hash, var _, Instant at, Instant expiresAt) ->
                new Open(userId, hash, at, expiresAt);
            case Event.Seen(Instant at) ->
                session instanceof Open(var userId, var hash, var _, Instant expiresAt)
                        ? new Open(userId, hash, at, expiresAt)
                        : session;
            case Event.WasEnded _ -> new Ended();
        };
    }

    static Refusal absent() {
        return Refusal.of(Refusal.Kind.ABSENT, "session.absent", "There is no such session.");
    }

    private static Refusal begun() {
        return Refusal.of(Refusal.Kind.CONFLICT, "session.begun", "This session has begun already.");
    }
}
