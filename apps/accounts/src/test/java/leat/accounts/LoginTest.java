package leat.accounts;

import leat.accounts.Login.Command;
import leat.accounts.Login.Event;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final Event ASKED = new Event.Asked("hash", "BCDFGHJK", "laptop", Given.NOW.plus(Login.LIFE));
    private static final Event APPROVED = new Event.WasApproved("ada");

    private static Given<Command, Event, Login> given(Event... events) {
        return new Given<>(Login.TYPE.decider(), events);
    }

    @Test
    void an_approved_login_is_collected_once() {
        given().when(new Command.Ask("hash", "BCDFGHJK", "laptop")).then(ASKED);
        given(ASKED).when(new Command.Approve("ada")).then(APPROVED);
        given(ASKED, APPROVED).when(new Command.Collect()).then(new Event.Collected("ada"));
        given(ASKED, APPROVED, new Event.Collected("ada"))
                .when(new Command.Collect())
                .refused("login.gone");
    }

    @Test
    void nothing_can_be_collected_before_approval_or_after_denial() {
        given(ASKED).when(new Command.Collect()).refused("login.pending");
        given(ASKED).when(new Command.Deny()).then(new Event.Denied());
        given(ASKED, new Event.Denied()).when(new Command.Collect()).refused("login.gone");
        given(ASKED, APPROVED).when(new Command.Deny()).then(new Event.Denied());
    }

    @Test
    void a_login_is_approved_once_and_by_nobody_else_afterwards() {
        given(ASKED, APPROVED).when(new Command.Approve("eve")).refused("login.gone");
    }

    @Test
    void ten_minutes_later_it_is_gone() {
        var late = Given.NOW.plus(Login.LIFE);
        given(ASKED).when(new Command.Approve("ada"), late).refused("login.gone");
        given(ASKED).when(new Command.Collect(), late).refused("login.gone");
        given(ASKED, APPROVED).when(new Command.Collect(), late).refused("login.gone");
    }

    @Test
    void a_label_is_one_line() {
        given().when(new Command.Ask("hash", "BCDFGHJK", "a\nb")).refused("login.invalid", "label");
        given().when(new Command.Approve("ada")).refused("login.gone");
    }
}
