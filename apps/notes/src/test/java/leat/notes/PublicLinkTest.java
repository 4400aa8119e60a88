package leat.notes;

import java.time.Duration;
import leat.kernel.test.Scenario;
import leat.kernel.test.TestClock;
import leat.notes.PublicLink.Command;
import leat.notes.PublicLink.Event;
import leat.notes.PublicLink.Target;
import org.junit.jupiter.api.Test;

final class PublicLinkTest {
    private static final Target NOTE = new Target(Target.Kind.NOTE, "n1");
    private static final Event MADE =
            new Event.WasMade("org1", NOTE, "user:tester", "abc", TestClock.START.plus(PublicLink.LONGEST));

    private static Scenario<Command, Event, PublicLink> given(Event... events) {
        return Scenario.of(PublicLink.DECIDER).given(events);
    }

    private static Command make(Duration lasting) {
        return new Command.Make("org1", NOTE, "abc", TestClock.START.plus(lasting));
    }

    @Test
    void a_link_always_ends() {
        given().when(make(PublicLink.LONGEST)).then(MADE);
        given().when(make(PublicLink.LONGEST.plusMillis(1))).thenRefused("link.invalid");
        given().when(make(Duration.ZERO)).thenRefused("link.invalid");
        given(MADE).when(make(PublicLink.LONGEST)).thenRefused("link.made");
    }

    @Test
    void its_maker_revokes_it_for_good() {
        given(MADE).when(new Command.Revoke()).then(new Event.WasRevoked());
        given(MADE).by("user:other").when(new Command.Revoke()).thenRefused("link.not-yours");
        given(MADE, new Event.WasRevoked()).when(new Command.Revoke()).thenNothing();
        given(MADE, new Event.WasRevoked()).when(make(PublicLink.LONGEST)).thenRefused("link.absent");
        given().when(new Command.Revoke()).thenRefused("link.absent");
    }
}
