package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Decision;
import leat.kernel.Envelope;
import leat.kernel.Refusal;
import leat.notes.Reminders.Command;
import leat.notes.Reminders.Event;
import leat.notes.Reminders.When;
import org.junit.jupiter.api.Test;

final class RemindersTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ADA = "user:ada";
    private static final When ONCE = new When(Optional.of("2026-06-01T15:00"), "Europe/Berlin", Optional.empty(), 0);
    private static final When DAILY =
            new When(Optional.of("2026-06-01T15:00"), "Europe/Berlin", Optional.of("FREQ=DAILY"), 0);
    private static final When BEFORE = new When(Optional.empty(), "UTC", Optional.empty(), 60);
    private static final Instant THREE = Instant.parse("2026-06-01T13:00:00Z");
    private static final Optional<Instant> DUE = Optional.of(NOON.plus(Duration.ofHours(3)));

    private static Reminders after(Event... events) {
        Reminders reminders = Reminders.TYPE.decider().initial();
        for (Event event : events) {
            reminders = Reminders.evolve(reminders, event);
        }
        return reminders;
    }

    private static Event set(When when, Instant next) {
        return new Event.WasSet("n1", "r1", ADA, when, next);
    }

    private static Decision<Event> decided(Reminders reminders, Command command, String by, Instant at) {
        return Reminders.decide(command, reminders, new Envelope(new UUID(0, 1), "request", by, at));
    }

    private static Decision.Accepted<Event> accepted(Reminders reminders, Command command, Instant at) {
        return switch (decided(reminders, command, ADA, at)) {
            case Decision.Accepted<Event> it -> it;
            case Decision.Refused<Event> it ->
                throw new AssertionError(it.refusal().message());
        };
    }

    private static List<Event> made(Reminders reminders, Command command, Instant at) {
        return accepted(reminders, command, at).events();
    }

    private static Refusal refused(Reminders reminders, Command command, String by) {
        return decided(reminders, command, by, NOON) instanceof Decision.Refused<Event> it
                ? it.refusal()
                : Refusal.of(Refusal.Kind.INVALID, "accepted", "accepted");
    }

    @Test
    void one_that_is_set_asks_to_be_woken_at_its_time() {
        var accepted = accepted(after(), new Command.Set("n1", "r1", ONCE, Optional.empty()), NOON);
        assertThat(accepted.events()).containsExactly(set(ONCE, THREE));
        assertThat(accepted.tasks()).singleElement().satisfies(task -> {
            assertThat(task.notBefore()).isEqualTo(THREE);
            assertThat(task.payload()).isEqualTo(new Reminders.Ringing("n1", "r1", THREE));
        });
    }

    @Test
    void it_rings_once_and_not_at_any_other_time() {
        Reminders set = after(set(ONCE, THREE));
        Event rang = new Event.Rang("r1", THREE, Optional.empty());
        assertThat(made(set, new Command.Ring("r1", THREE), THREE)).containsExactly(rang);
        assertThat(made(set, new Command.Ring("r1", THREE.minusSeconds(1)), THREE))
                .isEmpty();
        assertThat(made(set, new Command.Ring("r1", THREE), THREE.minusSeconds(1)))
                .isEmpty();
        assertThat(made(after(set(ONCE, THREE), rang), new Command.Ring("r1", THREE), THREE))
                .isEmpty();
        assertThat(made(after(), new Command.Ring("r1", THREE), THREE)).isEmpty();
    }

    @Test
    void one_that_comes_again_rings_once_for_all_that_was_missed() {
        Instant later = THREE.plus(Duration.ofDays(3)).plusSeconds(1);
        var accepted = accepted(after(set(DAILY, THREE)), new Command.Ring("r1", THREE), later);
        Instant next = THREE.plus(Duration.ofDays(4));
        assertThat(accepted.events()).containsExactly(new Event.Rang("r1", THREE, Optional.of(next)));
        assertThat(accepted.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.notBefore()).isEqualTo(next));
    }

    @Test
    void one_that_rings_is_put_off_or_done_by_its_person_alone() {
        Event rang = new Event.Rang("r1", THREE, Optional.empty());
        Reminders ringing = after(set(ONCE, THREE), rang);
        Instant four = THREE.plus(Duration.ofHours(1));
        assertThat(made(ringing, new Command.Snooze("r1", four), THREE)).containsExactly(new Event.Snoozed("r1", four));
        Reminders snoozed = after(set(ONCE, THREE), rang, new Event.Snoozed("r1", four));
        assertThat(made(snoozed, new Command.Ring("r1", four), four))
                .containsExactly(new Event.Rang("r1", four, Optional.empty()));
        assertThat(made(ringing, new Command.Done("r1"), THREE)).containsExactly(new Event.WasDone("r1"));
        assertThat(after(set(ONCE, THREE), rang, new Event.WasDone("r1")).all()).isEmpty();
        assertThat(refused(ringing, new Command.Done("r1"), "user:bob").code()).isEqualTo("reminder.absent");
        assertThat(refused(ringing, new Command.Snooze("r1", four), "user:bob").code())
                .isEqualTo("reminder.absent");
        assertThat(refused(ringing, new Command.Cancel("r1"), "user:bob").code())
                .isEqualTo("reminder.absent");
        assertThat(refused(after(set(ONCE, THREE)), new Command.Snooze("r1", four), ADA)
                        .code())
                .isEqualTo("reminder.silent");
    }

    @Test
    void one_before_the_note_is_due_moves_with_that() {
        Instant two = NOON.plus(Duration.ofHours(2));
        assertThat(made(after(), new Command.Set("n1", "r1", BEFORE, DUE), NOON))
                .containsExactly(set(BEFORE, two));
        Reminders set = after(set(BEFORE, two));
        assertThat(made(set, new Command.Follow(true, DUE), NOON)).isEmpty();
        Instant other = NOON.plus(Duration.ofDays(1));
        var moved = accepted(set, new Command.Follow(true, Optional.of(other.plus(Duration.ofHours(1)))), NOON);
        assertThat(moved.events()).containsExactly(new Event.Moved("r1", Optional.of(other)));
        assertThat(moved.tasks()).hasSize(1);
        assertThat(made(set, new Command.Follow(true, Optional.empty()), NOON))
                .containsExactly(new Event.Moved("r1", Optional.empty()));
        assertThat(refused(after(), new Command.Set("n1", "r1", BEFORE, Optional.empty()), ADA)
                        .violations())
                .extracting(Refusal.Violation::code)
                .containsExactly("due.absent");
    }

    @Test
    void one_of_a_note_in_the_trash_waits_and_goes_on_when_that_is_recovered() {
        Event still = new Event.Moved("r1", Optional.empty());
        assertThat(made(after(set(DAILY, THREE)), new Command.Follow(false, Optional.empty()), NOON))
                .containsExactly(still);
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        assertThat(made(after(set(DAILY, THREE), still), new Command.Follow(true, Optional.empty()), tomorrow))
                .containsExactly(new Event.Moved("r1", Optional.of(THREE.plus(Duration.ofDays(1)))));
        assertThat(made(after(set(ONCE, THREE), still), new Command.Follow(true, Optional.empty()), tomorrow))
                .isEmpty();
        assertThat(made(after(set(DAILY, THREE)), new Command.Forget(), NOON))
                .containsExactly(new Event.WasCancelled("r1"));
    }

    @Test
    void all_that_is_wrong_is_said() {
        var wrong = new When(Optional.of("tomorrow"), "Mars/Base", Optional.of("FREQ=NEVER"), -1);
        assertThat(refused(after(), new Command.Set("n1", "r1", wrong, Optional.empty()), ADA)
                        .violations())
                .extracting(Refusal.Violation::code)
                .containsExactly("at.shape", "zone.unknown", "repeats.rule", "minutesBefore.range");
        var past = new When(Optional.of("2026-06-01T09:00"), "UTC", Optional.empty(), 0);
        assertThat(refused(after(), new Command.Set("n1", "r1", past, Optional.empty()), ADA)
                        .violations())
                .extracting(Refusal.Violation::code)
                .containsExactly("at.range");
    }

    @Test
    void a_person_has_at_most_ten_of_a_note() {
        Event[] ten = new Event[Reminders.MAX_OF_PERSON];
        for (int i = 0; i < ten.length; i++) {
            ten[i] = new Event.WasSet("n1", "r" + i, ADA, ONCE, THREE);
        }
        assertThat(refused(after(ten), new Command.Set("n1", "more", ONCE, Optional.empty()), ADA)
                        .code())
                .isEqualTo("reminder.too-many");
        assertThat(decided(after(ten), new Command.Set("n1", "more", ONCE, Optional.empty()), "user:bob", NOON))
                .isInstanceOf(Decision.Accepted.class);
    }
}
