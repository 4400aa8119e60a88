package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import leat.accounts.ApiToken.Command;
import leat.accounts.ApiToken.Event;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final Event MADE =
            new Event.WasMade("ada", "laptop", List.of("mocks:read", "mocks:write"), "hash", Optional.empty());

    private static Given<Command, Event, ApiToken> given(Event... events) {
        return new Given<>(ApiToken.TYPE.decider(), events);
    }

    @Test
    void a_token_is_made_once_with_its_scopes_in_order() {
        var make = new Command.Make("ada", "laptop", Set.of("mocks:write", "mocks:read"), "hash", Optional.empty());
        given().when(make).then(MADE);
        given(MADE).when(make).refused("token.made");
        given(MADE, new Event.WasRevoked("ada")).when(make).refused("token.made");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        given().when(new Command.Make("ada", "", Set.of(), "hash", Optional.of(Given.NOW)))
                .refused("token.invalid", "name", "scopes", "expiresAt");
        given().when(new Command.Make("ada", "x", Set.of("mocks:delete"), "hash", Optional.empty()))
                .refused("token.invalid", "scopes");
    }

    @Test
    void twenty_scopes_are_enough() {
        Set<String> many = IntStream.rangeClosed(0, ApiToken.MAX_SCOPES)
                .mapToObj(i -> "m" + (char) ('a' + i) + ":read")
                .collect(Collectors.toSet());
        given().when(new Command.Make("ada", "x", many, "hash", Optional.empty()))
                .refused("token.invalid", "scopes");
    }

    @Test
    void its_use_is_noted_once_a_day() {
        given(MADE).when(new Command.Use()).then(new Event.Used(Given.NOW));
        given(MADE, new Event.Used(Given.NOW))
                .when(new Command.Use(), Given.NOW.plusSeconds(60))
                .then();
    }

    @Test
    void it_is_revoked_once() {
        given(MADE).when(new Command.Revoke()).then(new Event.WasRevoked("ada"));
        given(MADE, new Event.WasRevoked("ada")).when(new Command.Revoke()).then();
        given(MADE, new Event.WasRevoked("ada")).when(new Command.Use()).refused("token.absent");
        given().when(new Command.Revoke()).refused("token.absent");
    }

    @Test
    void it_dies_when_it_expires() {
        var end = Given.NOW.plus(Duration.ofDays(1));
        var made = new ApiToken.Made("ada", Set.of("*"), "hash", Optional.of(end), Given.NOW);
        assertThat(made.live(end.minusMillis(1))).isTrue();
        assertThat(made.live(end)).isFalse();
    }
}
