package leat.notes;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.EntityType;
import leat.kernel.Wire;

/**
 * The secret address at which a person's calendar can be subscribed to; the entity's id is the user's. Only the SHA-256 of
 * the secret is kept, and another one makes the first useless.
 *
 * @param hash empty while there is no address
 */
record CalendarFeed(Optional<String> hash) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    sealed interface Command {
        record Open(String hash) implements Command {}

        record Close() implements Command {}
    }

    sealed interface Event {
        record WasOpened(String hash) implements Event {}

        record WasClosed() implements Event {}
    }

    static final EntityType<Command, Event, CalendarFeed> TYPE = EntityType.of(
                    "calendar-feed",
                    Decider.<Command, Event, CalendarFeed>of(
                            new CalendarFeed(Optional.empty()), CalendarFeed::decide, CalendarFeed::evolve),
                    Wire.of("calendar-feed.opened", Event.WasOpened.class),
                    Wire.of("calendar-feed.closed", Event.WasClosed.class))
            .commands(Command.class);

    static Decision<Event> decide(Command command, CalendarFeed feed) {
        return switch (command) {
            case Command.Open(String hash) ->
                feed.hash().equals(Optional.of(hash))
                        ? Decision.alreadySo()
                        : Decision.accept(new Event.WasOpened(hash));
            case Command.Close _ ->
                feed.hash().isEmpty() ? Decision.alreadySo() : Decision.accept(new Event.WasClosed());
        };
    }

    static CalendarFeed evolve(CalendarFeed feed, Event event) {
        return switch (event) {
            case Event.WasOpened(String hash) -> new CalendarFeed(Optional.of(hash));
            case Event.WasClosed _ -> new CalendarFeed(Optional.empty());
        };
    }

    /** Whether this is the secret; takes the same time wherever they differ. */
    boolean opensWith(String secret) {
        return hash.filter(it -> Sha256.isOf(secret, it)).isPresent();
    }

    static String newSecret() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
