package leat.accounts;

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
        given().when(new Command.Issue("h1", new Owner("olga", "acme"))).then(FIRST);
        given(FIRST)
                .when(new Command.Issue("h2", new Owner("eve", "evil")))
                .then(new Event.Issued("h2", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme"));
        given(FIRST, new Event.WasUsed("olga"))
                .when(new Command.Issue("h3", new Owner("eve", "evil")))
                .then(new Event.Issued("h3", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme"));
    }

    @Test
    void a_link_is_used_once() {
        given(FIRST).when(new Command.Use("h1")).then(new Event.WasUsed("olga"));
        given(FIRST, new Event.WasUsed("olga")).when(new Command.Use("h1")).refused("owner-link.gone");
        given().when(new Command.Use("h1")).refused("owner-link.gone");
    }

    @Test
    void a_new_link_takes_the_place_of_the_old() {
        Event second = new Event.Issued("h2", Given.NOW.plus(OwnerLink.LIFE), "olga", "acme");
        given(FIRST, second).when(new Command.Use("h1")).refused("owner-link.gone");
        given(FIRST, second).when(new Command.Use("h2")).then(new Event.WasUsed("olga"));
    }

    @Test
    void a_link_expires_after_24_hours() {
        given(FIRST).when(new Command.Use("h1"), Given.NOW.plus(OwnerLink.LIFE)).refused("owner-link.gone");
    }
}
