package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import leat.kernel.Decision;
import leat.kernel.test.Scenario;
import leat.kernel.test.TestClock;
import leat.notes.Attachment.Command;
import leat.notes.Attachment.Event;
import org.junit.jupiter.api.Test;

final class AttachmentTest {
    private static final Attachment.File FILE =
            new Attachment.File("Roof.png", "image/png", 2_048, "a".repeat(64), "b".repeat(64));
    private static final Event ATTACHED = new Event.WasAttached("note1", "org1", "user:tester", FILE);
    private static final Command ATTACH = new Command.Attach("note1", "org1", FILE);

    private static Scenario<Command, Event, Attachment> given(Event... events) {
        return Scenario.of(Attachment.DECIDER).given(events);
    }

    @Test
    void a_file_is_attached_under_a_name_that_it_has_alone_in_its_note() {
        given().when(ATTACH).then(ATTACHED).claiming(Attachment.NAMES, "note1/roof.png");
    }

    @Test
    void it_is_attached_once() {
        given(ATTACHED).when(ATTACH).thenRefused("attachment.attached");
        given(ATTACHED, new Event.WasRemoved("note1")).when(ATTACH).thenRefused("attachment.absent");
    }

    @Test
    void its_bytes_are_looked_after_when_it_has_been_gone_for_a_day() {
        var outcome = given(ATTACHED)
                .when(new Command.Remove())
                .then(new Event.WasRemoved("note1"))
                .releasing(Attachment.NAMES, "note1/roof.png");
        assertThat(((Decision.Accepted<Event>) outcome.decision()).tasks())
                .containsExactly(new Decision.Work(
                        Attachment.SWEEP,
                        FILE.blob(),
                        new Attachment.Sweep(FILE.blob()),
                        TestClock.START.plus(Attachment.KEPT)));
    }

    @Test
    void what_is_gone_is_removed_no_more_and_what_never_was_is_absent() {
        given(ATTACHED, new Event.WasRemoved("note1"))
                .when(new Command.Remove())
                .thenNothing();
        given().when(new Command.Remove()).thenRefused("attachment.absent");
    }
}
