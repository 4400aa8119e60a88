package leat.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import leat.accounts.OwnerLink.Command;
import leat.accounts.OwnerLink.Event;
import leat.accounts.OwnerLink.Owner;
import org.junit.jupiter.api.Test;

class OwnerLinkTest {
    private static final Event FIRST = new Event.Issued("h1", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme");

    private static Given<Command, Event, OwnerLink> given(Event... events) {
        return new Given<>(OwnerLink.TYPE.decider(), events);
    }

    @Test
    void the_first_link_chooses_the_owner_and_later_ones_keep_to_it() {
        given().when(new Command.Issue("h1", new Owner("olga", "acme"), false)).then(FIRST);
        given(FIRST)
                .when(new Command.Issue("h2", new Owner("eve", "evil"), false))
                .then(new Event.Issued("h2", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme"));
        given(FIRST, new Event.WasUsed("olga"))
                .when(new Command.Issue("h3", new Owner("eve", "evil"), false))
                .then(new Event.Issued("h3", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme"));
    }

    @Test
    void a_link_is_used_once() {
        given(FIRST).when(new Command.Use("h1")).then(new Event.WasUsed("olga"));
        given(FIRST, new Event.WasUsed("olga")).when(new Command.Use("h1")).refused("owner-link.gone");
        given().when(new Command.Use("h1")).refused("owner-link.gone");
    }

    @Test
    void links_of_several_nodes_and_starts_stand_beside_each_other_until_one_is_used() {
        Event second = issued("h2", Given.NOW);
        given(FIRST, second).when(new Command.Use("h1")).then(new Event.WasUsed("olga"));
        given(FIRST, second).when(new Command.Use("h2")).then(new Event.WasUsed("olga"));
        given(FIRST, second, new Event.WasUsed("olga"))
                .when(new Command.Use("h2"))
                .refused("owner-link.gone");
        given(FIRST, second, new Event.WasUsed("olga"), issued("h3", Given.NOW))
                .when(new Command.Use("h2"))
                .refused("owner-link.gone");
    }

    @Test
    void each_of_several_links_expires_by_itself() {
        Instant later = Given.NOW.plus(Duration.ofHours(6));
        Event second = issued("h2", later);
        given(FIRST, second)
                .when(new Command.Use("h1"), Given.NOW.plus(OwnerLink.LIFE))
                .refused("owner-link.gone");
        given(FIRST, second)
                .when(new Command.Use("h2"), Given.NOW.plus(OwnerLink.LIFE))
                .then(new Event.WasUsed("olga"));
        given(FIRST, second)
                .when(new Command.Use("h2"), later.plus(OwnerLink.LIFE))
                .refused("owner-link.gone");
    }

    @Test
    void a_link_that_is_asked_for_ends_those_that_stand() {
        given(FIRST)
                .when(new Command.Issue("h2", new Owner("eve", "evil"), true))
                .then(new Event.Withdrawn(), issued("h2", Given.NOW));
        given(FIRST, new Event.Withdrawn(), issued("h2", Given.NOW))
                .when(new Command.Use("h1"))
                .refused("owner-link.gone");
        given(FIRST, new Event.Withdrawn(), issued("h2", Given.NOW))
                .when(new Command.Use("h2"))
                .then(new Event.WasUsed("olga"));
        given(FIRST, new Event.WasUsed("olga"))
                .when(new Command.Issue("h2", new Owner("eve", "evil"), true))
                .then(issued("h2", Given.NOW));
    }

    @Test
    void one_link_more_than_may_stand_ends_the_oldest() {
        Event[] many = IntStream.rangeClosed(0, OwnerLink.MOST)
                .mapToObj(n -> issued("h" + n, Given.NOW))
                .toArray(Event[]::new);
        given(many).when(new Command.Use("h0")).refused("owner-link.gone");
        given(many).when(new Command.Use("h1")).then(new Event.WasUsed("olga"));
        given(many).when(new Command.Use("h" + OwnerLink.MOST)).then(new Event.WasUsed("olga"));
    }

    private static Event issued(String hash, Instant at) {
        return new Event.Issued(hash, at.plus(OwnerLink.LIFE), "olga", "acme");
    }

    @Test
    void a_link_expires_after_24_hours() {
        given(FIRST).when(new Command.Use("h1"), Given.NOW.plus(OwnerLink.LIFE)).refused("owner-link.gone");
    }
}
