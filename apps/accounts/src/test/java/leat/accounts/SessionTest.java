package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import leat.accounts.Session.Command;
import leat.accounts.Session.Event;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Event BEGUN =
            new Event.Begun("ada", "hash", "Firefox", Given.NOW, Given.NOW.plus(Session.LIFE));

    private static Given<Command, Event, Session> given(Event... events) {
        return new Given<>(Session.TYPE.decider(), events);
    }

    @Test
    void a_session_begins_once() {
        given().when(new Command.Begin("ada", "hash", "Firefox")).then(BEGUN);
        given(BEGUN).when(new Command.Begin("eve", "other", "curl")).refused("session.begun");
        given(BEGUN, new Event.WasEnded("ada"))
                .when(new Command.Begin("eve", "other", "curl"))
                .refused("session.begun");
    }

    @Test
    void its_use_is_noted_once_a_day() {
        given(BEGUN).when(new Command.See(), Given.NOW.plus(Duration.ofHours(23))).then();
        var tomorrow = Given.NOW.plus(Duration.ofDays(1));
        given(BEGUN).when(new Command.See(), tomorrow).then(new Event.Seen(tomorrow));
    }

    @Test
    void it_ends_once() {
        given(BEGUN).when(new Command.End()).then(new Event.WasEnded("ada"));
        given(BEGUN, new Event.WasEnded("ada")).when(new Command.End()).then();
        given(BEGUN, new Event.WasEnded("ada")).when(new Command.See()).refused("session.absent");
        given().when(new Command.End()).refused("session.absent");
    }

    @Test
    void it_dies_after_14_days_of_rest_and_after_30_days_in_any_case() {
        var open = new Session.Open("ada", "hash", Given.NOW, Given.NOW.plus(Session.LIFE));
        assertThat(open.live(Given.NOW.plus(Duration.ofDays(14)).minusMillis(1))).isTrue();
        assertThat(open.live(Given.NOW.plus(Duration.ofDays(14)))).isFalse();
        var busy = new Session.Open("ada", "hash", Given.NOW.plus(Duration.ofDays(29)), open.expiresAt());
        assertThat(busy.live(Given.NOW.plus(Duration.ofDays(30)).minusMillis(1))).isTrue();
        assertThat(busy.live(Given.NOW.plus(Duration.ofDays(30)))).isFalse();
    }
}
