package leat.accounts;

import java.time.LocalDate;
import java.util.Optional;
import leat.accounts.User.Command;
import leat.accounts.User.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {
    private static final Event.Registered ADA =
            new Event.Registered("ada", "Ada", Optional.of("ada@example.org"), Optional.of("hash"), false);
    private static final Event.Registered OWNER =
            new Event.Registered("olga", "Olga", Optional.empty(), Optional.empty(), true);

    private static Given<Command, Event, User> given(Event... events) {
        return new Given<>(User.TYPE.decider(), events);
    }

    private static Command.Register register(String name) {
        return new Command.Register(name, "Ada", Optional.empty(), Optional.empty(), false, About.Typed.NOTHING);
    }

    @Test
    void registering_claims_the_name_and_the_email() {
        given().when(new Command.Register(
                        "ada", "Ada", Optional.of("ada@example.org"), Optional.of("hash"), false, About.Typed.NOTHING))
                .then(ADA)
                .claiming("+user.name ada", "+user.email ada@example.org");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        given().when(new Command.Register(
                        "A", " ", Optional.of("nowhere"), Optional.empty(), false, About.Typed.NOTHING))
                .refused("user.invalid", "name", "displayName", "email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-ada", "ada-", "a--da", "Ada", "ad a", "ad_a", "ädä", "admin", "www", "leat"})
    void a_name_that_cannot_stand_in_an_address_or_is_reserved_is_refused(String name) {
        given().when(register(name)).refused("user.invalid", "name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "ada-l", "a1-b2-c3", "123456789012345678901234567890123456789"})
    void a_name_of_2_to_39_characters_is_good(String name) {
        given().when(register(name)).then(new Event.Registered(name, "Ada", Optional.empty(), Optional.empty(), false));
    }

    @Test
    void a_name_of_40_characters_is_too_long() {
        given().when(register("a".repeat(40))).refused("user.invalid", "name");
    }

    @Test
    void registering_again_under_the_same_name_is_already_so() {
        given(ADA).when(register("ada")).then();
    }

    @Test
    void registering_again_under_another_name_is_refused() {
        given(ADA).when(register("eva")).refused("user.registered");
    }

    @Test
    void nothing_else_can_happen_to_somebody_who_is_not_there() {
        given().when(new Command.SetPassword("hash")).refused("user.absent");
        given().when(new Command.Suspend()).refused("user.absent");
        given().when(new Command.Restore()).refused("user.absent");
        given().when(new Command.ChangeProfile("Eva", Optional.empty(), About.Typed.NOTHING))
                .refused("user.absent");
    }

    @Test
    void a_changed_email_releases_the_old_and_claims_the_new() {
        given(ADA)
                .when(new Command.ChangeProfile("Ada", Optional.of("a@example.org"), About.Typed.NOTHING))
                .then(new Event.ProfileChanged("Ada", Optional.of("a@example.org")))
                .claiming("-user.email ada@example.org", "+user.email a@example.org");
    }

    @Test
    void a_profile_that_stays_the_same_is_no_event() {
        given(ADA)
                .when(new Command.ChangeProfile("Ada", Optional.of("ada@example.org"), About.Typed.NOTHING))
                .then();
    }

    @Test
    void a_display_name_that_turns_the_direction_of_text_is_refused() {
        given(ADA)
                .when(new Command.ChangeProfile("Ada\u202e", Optional.empty(), About.Typed.NOTHING))
                .refused("user.invalid", "displayName");
    }

    @Test
    void people_tell_of_themselves_what_they_like_and_take_it_back() {
        var told = new About.Typed(Optional.of("1987-05-04"), Optional.of("Mends roofs.\nAnd walls."));
        Event.Introduced introduced =
                new Event.Introduced(Optional.of(LocalDate.of(1987, 5, 4)), Optional.of("Mends roofs.\nAnd walls."));
        given(ADA)
                .when(new Command.ChangeProfile("Ada", Optional.of("ada@example.org"), told))
                .then(introduced);
        given(ADA, introduced)
                .when(new Command.ChangeProfile("Ada", Optional.of("ada@example.org"), told))
                .then();
        given(ADA, introduced)
                .when(new Command.ChangeProfile("Ada", Optional.of("ada@example.org"), About.Typed.NOTHING))
                .then(new Event.Introduced(Optional.empty(), Optional.empty()));
        given().when(new Command.Register("ada", "Ada", ADA.email(), ADA.passwordHash(), false, told))
                .then(ADA, introduced);
    }

    @Test
    void a_day_of_birth_is_a_day_of_the_past_and_the_words_are_bounded() {
        given(ADA)
                .when(telling("2026-06-01", "x".repeat(1_000)))
                .then(new Event.Introduced(Optional.of(LocalDate.of(2026, 6, 1)), Optional.of("x".repeat(1_000))));
        given(ADA).when(telling("2026-06-02", "x".repeat(1_001))).refused("user.invalid", "born", "bio");
        given(ADA).when(telling("1899-12-31", "a\tb")).refused("user.invalid", "born", "bio");
        given(ADA).when(telling("4 May 1987", "")).refused("user.invalid", "born");
    }

    private static Command telling(String born, String bio) {
        return new Command.ChangeProfile("Ada", ADA.email(), new About.Typed(Optional.of(born), Optional.of(bio)));
    }

    @Test
    void a_password_is_set_as_its_hash() {
        given(ADA).when(new Command.SetPassword("other")).then(new Event.PasswordSet("other"));
    }

    @Test
    void a_suspended_person_changes_nothing_until_restored() {
        given(ADA).when(new Command.Suspend()).then(new Event.WasSuspended());
        given(ADA, new Event.WasSuspended()).when(new Command.SetPassword("x")).refused("user.suspended");
        given(ADA, new Event.WasSuspended())
                .when(new Command.ChangeProfile("Eva", Optional.empty(), About.Typed.NOTHING))
                .refused("user.suspended");
        given(ADA, new Event.WasSuspended()).when(new Command.Suspend()).then();
        given(ADA, new Event.WasSuspended()).when(new Command.Restore()).then(new Event.Restored());
        given(ADA).when(new Command.Restore()).then();
    }

    @Test
    void the_owner_of_the_installation_cannot_be_suspended() {
        given(OWNER).when(new Command.Suspend()).refused("user.owner");
    }
}
