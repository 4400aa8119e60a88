package leat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import leat.kernel.Decision;
import leat.kernel.Envelope;
import leat.kernel.Refusal.Violation;
import leat.webhooks.Webhooks.Command;
import leat.webhooks.Webhooks.Event;
import org.junit.jupiter.api.Test;

final class WebhooksTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String URL = "https://example.org/leat";
    private static final Event ADDED = added("h1");

    private static Event added(String id) {
        return new Event.WasAdded(id, URL, "", List.of("note.created"), "f1", NOON);
    }

    private static Webhooks after(Event... events) {
        Webhooks webhooks = Webhooks.DECIDER.initial();
        for (Event event : events) {
            webhooks = Webhooks.evolve(webhooks, event);
        }
        return webhooks;
    }

    private static List<Event> made(Webhooks webhooks, Command command) {
        return made(webhooks, command, NOON);
    }

    private static List<Event> made(Webhooks webhooks, Command command, Instant at) {
        return switch (decided(webhooks, command, at)) {
            case Decision.Accepted<Event> accepted -> accepted.events();
            case Decision.Refused<Event> refused ->
                throw new AssertionError(refused.refusal().code());
        };
    }

    private static String refused(Webhooks webhooks, Command command) {
        return decided(webhooks, command, NOON) instanceof Decision.Refused<Event> refused
                ? refused.refusal().code()
                : "accepted";
    }

    private static Decision<Event> decided(Webhooks webhooks, Command command, Instant at) {
        return Webhooks.decide(command, webhooks, new Envelope(new UUID(0, 1), "request", "user:oda", at));
    }

    @Test
    void a_webhook_is_added_changed_and_removed() {
        assertThat(made(after(), new Command.Add("h1", URL, "", List.of("note.created"), "f1")))
                .containsExactly(ADDED);
        var change = new Command.Change("h1", URL, "A chat", List.of("note.created", "note.removed"));
        Event changed = new Event.Changed("h1", URL, "A chat", List.of("note.created", "note.removed"));
        assertThat(made(after(ADDED), change)).containsExactly(changed);
        assertThat(made(after(ADDED, changed), change)).isEmpty();
        assertThat(made(after(ADDED), new Command.Remove("h1"))).containsExactly(new Event.WasRemoved("h1"));
        assertThat(after(ADDED, new Event.WasRemoved("h1")).hooks()).isEmpty();
    }

    @Test
    void what_is_not_there_cannot_be_changed() {
        for (Command command : List.of(
                new Command.Change("h1", URL, "", List.of("note.created")),
                new Command.Rotate("h1", 2, "f2"),
                new Command.TurnOff("h1"),
                new Command.TurnOn("h1"),
                new Command.Remove("h1"),
                new Command.Fail("h1", NOON),
                new Command.Dismiss("h1"),
                new Command.Succeed("h1"))) {
            assertThat(refused(after(), command)).isEqualTo("webhook.absent");
        }
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var wrong = new Command.Add("h1", "ftp://example.org", "a\nb", List.of(), "f1");
        assertThat(
                        decided(after(), wrong, NOON) instanceof Decision.Refused<Event> refused
                                ? refused.refusal().violations().stream()
                                        .map(Violation::code)
                                        .toList()
                                : List.of())
                .containsExactly("url.shape", "description.shape", "types.number");
    }

    @Test
    void addresses_lead_somewhere_by_http_and_carry_no_password() {
        for (String url : List.of(
                "example.org",
                "/hook",
                "javascript:alert(1)",
                "http://",
                "http:///x",
                "https://user:secret@example.org/",
                "https://example.org/#top",
                "https://example.org:99999/",
                "https://exa mple.org/",
                "https://example.org/" + "x".repeat(2_048))) {
            assertThat(refused(after(), new Command.Add("h1", url, "", List.of("note.created"), "f1")))
                    .as(url)
                    .isEqualTo("webhook.invalid");
        }
    }

    @Test
    void an_organization_has_at_most_twenty() {
        Event[] all = new Event[Webhooks.MAX];
        for (int i = 0; i < all.length; i++) {
            all[i] = added("h" + i);
        }
        assertThat(refused(after(all), new Command.Add("more", URL, "", List.of("note.created"), "f1")))
                .isEqualTo("webhook.too-many");
    }

    @Test
    void another_secret_is_made_once_and_the_one_before_is_good_for_a_day() {
        Event rotated = new Event.Rotated("h1", 2, "f2", NOON.plus(Duration.ofHours(24)));
        assertThat(made(after(ADDED), new Command.Rotate("h1", 2, "f2"))).containsExactly(rotated);
        assertThat(refused(after(ADDED, rotated), new Command.Rotate("h1", 2, "f2")))
                .isEqualTo("webhook.rotated");
    }

    @Test
    void what_fails_for_five_days_without_a_success_is_turned_off() {
        Event failing = new Event.StartedFailing("h1", NOON);
        Instant almost = NOON.plus(Duration.ofDays(5)).minusSeconds(1);
        assertThat(made(after(ADDED), new Command.Fail("h1", NOON))).containsExactly(failing);
        assertThat(made(after(ADDED, failing), new Command.Fail("h1", almost))).isEmpty();
        assertThat(made(after(ADDED, failing), new Command.Fail("h1", almost.plusSeconds(1))))
                .singleElement()
                .isInstanceOf(Event.WasTurnedOff.class);
        Event better = new Event.StoppedFailing("h1");
        assertThat(made(after(ADDED, failing), new Command.Succeed("h1"))).containsExactly(better);
        assertThat(made(after(ADDED, failing, better), new Command.Fail("h1", almost.plusSeconds(1))))
                .containsExactly(new Event.StartedFailing("h1", almost.plusSeconds(1)));
    }

    @Test
    void a_receiver_that_is_gone_turns_its_webhook_off_until_a_person_turns_it_on() {
        Event off = made(after(ADDED), new Command.Dismiss("h1")).getFirst();
        assertThat(off).isInstanceOf(Event.WasTurnedOff.class);
        assertThat(made(after(ADDED, off), new Command.TurnOff("h1"))).isEmpty();
        assertThat(made(after(ADDED, off), new Command.TurnOn("h1"))).containsExactly(new Event.WasTurnedOn("h1"));
        assertThat(after(ADDED, off, new Event.WasTurnedOn("h1")).hook("h1").off())
                .isEmpty();
    }
}
