package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.kernel.Wire;

/**
 * The one-time links by which the owner comes in: first of all, and again when every other way is lost.
 *
 * <p>Several may stand at once, for each node of an installation prints one of its own at its start, and so does each start
 * of a node. Each is good until its own time is up or any of them is used, which ends them all.
 *
 * <p>The owner's ids are chosen with the first link and stay, whatever happens before it is used. So the steps behind the
 * link can be repeated after a crash, even by a later link, and never make a second owner.
 */
sealed interface OwnerLink {
    /** The one entity's id: 13 characters, as every id. */
    String ID = "0000000000000";

    /** How long a link can be used. */
    Duration LIFE = Duration.ofHours(24);

    /** Links that may stand at once; one more ends the oldest. */
    int MOST = 32;

    /** @param organizationId of the first organization, made together with the owner */
    record Owner(String userId, String organizationId) {}

    /** No link was ever made. */
    record Absent() implements OwnerLink {}

    /**
     * @param links the oldest first; none when they were withdrawn
     * @param established whether the owner has come in before
     */
    record Open(List<Link> links, Owner owner, boolean established) implements OwnerLink {
        boolean lets(String secretHash, Instant now) {
            return links.stream()
                    .anyMatch(link -> link.secretHash().equals(secretHash) && now.isBefore(link.expiresAt()));
        }
    }

    record Link(String secretHash, Instant expiresAt) {}

    /** A link was used, and so all of them; the owner is in. */
    record Used(Owner owner) implements OwnerLink {}

    sealed interface Command {
        /**
         * @param owner counts for the first link only
         * @param alone whether this one ends those that stand
         */
        record Issue(String secretHash, Owner owner, boolean alone) implements Command {}

        record Use(String secretHash) implements Command {}
    }

    sealed interface Event {
        record Issued(String secretHash, Instant expiresAt, String userId, String organizationId) implements Event {}

        /** None of the links that stood is good any more. */
        record Withdrawn() implements Event {}

        record WasUsed(String userId) implements Event {}
    }

    EntityType<Command, Event, OwnerLink> TYPE = EntityType.of(
                    "owner-link",
                    Decider.of(new Absent(), OwnerLink::decide, OwnerLink::evolve),
                    Wire.of("owner-link.issued", Event.Issued.class),
                    Wire.of("owner-link.withdrawn", Event.Withdrawn.class),
                    Wire.of("owner-link.used", Event.WasUsed.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, OwnerLink link, Envelope envelope) {
        Instant now = envelope.at();
        return switch (command) {
            case Command.Issue(String hash, Owner first, boolean alone) -> {
                Owner owner = owner(link).orElse(first);
                var issued = new Event.Issued(hash, now.plus(LIFE), owner.userId(), owner.organizationId());
                yield alone && link instanceof Open open && !open.links().isEmpty()
                        ? Decision.accept(new Event.Withdrawn(), issued)
                        : Decision.accept(issued);
            }
            case Command.Use(String hash) ->
                switch (link) {
                    case Open open
                    when open.lets(hash, now) ->
                        Decision.accept(new Event.WasUsed(open.owner().userId()));
                    case Open _, Used _, Absent _ -> Decision.refuse(gone());
                };
        };
    }

    static OwnerLink evolve(OwnerLink link, Event event) {
        return switch (event) {
            case Event.Issued(String hash, Instant expiresAt, String userId, String organizationId) ->
                new Open(with(link, new Link(hash, expiresAt)), new Owner(userId, organizationId), established(link));
            case Event.Withdrawn _ -> new Open(List.of(), owner(link).orElseThrow(), established(link));
            case Event.WasUsed _ -> new Used(owner(link).orElseThrow());
        };
    }

    /** Those that stand, the new one last; those whose time was up when it was made are forgotten. */
    private static List<Link> with(OwnerLink before, Link added) {
        Instant made = added.expiresAt().minus(LIFE);
        List<Link> standing = before instanceof Open open
                ? open.links().stream()
                        .filter(link -> made.isBefore(link.expiresAt()))
                        .toList()
                : List.of();
        return Stream.concat(standing.stream().skip(Math.max(0, standing.size() - (MOST - 1))), Stream.of(added))
                .toList();
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
                "This link was used or withdrawn, or has expired; restart Leat, or ask it for a new link.");
    }
}
