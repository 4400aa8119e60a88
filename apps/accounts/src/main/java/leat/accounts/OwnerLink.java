package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Wire;

/**
 * The one-time link by which the owner comes in: first of all, and again when every other way is lost. There is one per
 * installation, so a new link takes the place of the old one.
 *
 * <p>The owner's ids are chosen with the first link and stay, whatever happens before it is used. So the steps behind the
 * link can be repeated after a crash, even by a later link, and never make a second owner.
 */
sealed interface OwnerLink {
    /** The one entity's id: 13 characters, as every id. */
    String ID = "0000000000000";

    /** How long a link can be used. */
    Duration LIFE = Duration.ofHours(24);

    /** @param organizationId of the first organization, made together with the owner */
    record Owner(String userId, String organizationId) {}

    /** No link was ever made. */
    record Absent() implements OwnerLink {}

    /** @param established whether the owner has come in before */
    record Open(String secretHash, Instant expiresAt, Owner owner, boolean established) implements OwnerLink {}

    /** The last link is used; the owner is in. */
    record Used(Owner owner) implements OwnerLink {}

    sealed interface Command {
        /** @param owner counts for the first link only */
        record Issue(String secretHash, Owner owner) implements Command {}

        record Use(String secretHash) implements Command {}
    }

    sealed interface Event {
        record Issued(String secretHash, Instant expiresAt, String userId, String organizationId) implements Event {}

        record WasUsed(String userId) implements Event {}
    }

    EntityType<Command, Event, OwnerLink> TYPE = EntityType.of(
                    "owner-link",
                    Decider.of(new Absent(), OwnerLink::decide, OwnerLink::evolve),
                    Wire.of("owner-link.issued", Event.Issued.class),
                    Wire.of("owner-link.used", Event.WasUsed.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, OwnerLink link, Envelope envelope) {
        Instant now = envelope.at();
        return switch (command) {
            case Command.Issue(String hash, Owner first) -> {
                Owner owner = owner(link).orElse(first);
                yield Decision.accept(new Event.Issued(hash, now.plus(LIFE), owner.userId(), owner.organizationId()));
            }
            case Command.Use(String hash) ->
                switch (link) {
                    case Open open
                    when open.secretHash().equals(hash) && now.isBefore(open.expiresAt()) ->
                        Decision.accept(new Event.WasUsed(open.owner().userId()));
                    case Open _, Used _, Absent _ -> Decision.refuse(gone());
                };
        };
    }

    static OwnerLink evolve(OwnerLink link, Event event) {
        return switch (event) {
            case Event.Issued(String hash, Instant expiresAt, String userId, String organizationId) ->
                new Open(hash, expiresAt, new Owner(userId, organizationId), established(link));
            case Event.WasUsed _ -> new Used(owner(link).orElseThrow());
        };
    }

    static Optional<Owner> owner(OwnerLink link) {
        return switch (link) {
            case Absent _ -> Optional.empty();
            case Open open -> Optional.of(open.owner());
            case Used(Owner owner) -> Optional.of(owner);
        };
    }

    /** Whether the owner has come in at least once. */
    static boolean established(OwnerLink link) {
        return switch (link) {
            case Absent _ -> false;
            case Open open -> open.established();
            case Used _ -> true;
        };
    }

    static Refusal gone() {
        return Refusal.of(
                Refusal.Kind.GONE,
                "owner-link.gone",
                "This link was used, replaced or has expired; restart Leat, or ask it for a new link.");
    }
}
