package leat.notes;

import java.util.List;
import leat.kernel.test.Scenario;
import leat.notes.Import.Command;
import leat.notes.Import.Counts;
import leat.notes.Import.Event;
import leat.notes.Import.LeftOut;
import leat.notes.Import.Part;
import org.junit.jupiter.api.Test;

final class ImportTest {
    private static final Event BEGUN = new Event.WasBegun("org1", "user:tester", "notes.zip");
    private static final Part PART = new Part("a".repeat(64), 10);
    private static final Event ADDED = new Event.PartAdded(PART);
    private static final Counts COUNTS = new Counts(3, 1, 2, 1, 0, 1);
    private static final List<LeftOut> LEFT = List.of(new LeftOut("roof.gif", "It is empty."));
    private static final Event LOOKED_THROUGH = new Event.Finished(COUNTS, LEFT);

    private static Scenario<Command, Event, Import> given(Event... events) {
        return Scenario.of(Import.DECIDER).given(events);
    }

    @Test
    void it_begins_with_a_name_that_can_be_shown() {
        given().when(new Command.Begin("org1", "notes.zip")).then(BEGUN);
        given().when(new Command.Begin("org1", " ")).thenRefused("import.name");
        given().when(new Command.Begin("org1", "a\nb")).thenRefused("import.name");
        given().when(new Command.Begin("org1", "x".repeat(256))).thenRefused("import.name");
        given(BEGUN).when(new Command.Begin("org1", "notes.zip")).thenRefused("import.begun");
    }

    @Test
    void parts_come_in_their_order_and_each_once() {
        given(BEGUN).when(new Command.Add(0, PART)).then(ADDED);
        given(BEGUN).when(new Command.Add(1, PART)).thenRefused("import.part-order");
        given(BEGUN, ADDED).when(new Command.Add(0, PART)).thenNothing();
        given(BEGUN, ADDED)
                .when(new Command.Add(0, new Part("b".repeat(64), 10)))
                .thenRefused("import.part-there");
        given(BEGUN, ADDED, new Event.Started(true))
                .when(new Command.Add(1, PART))
                .thenRefused("import.started");
    }

    @Test
    void it_is_read_when_there_is_something_and_by_one_run_at_a_time() {
        given(BEGUN).when(new Command.Run("i", true)).thenRefused("import.empty");
        given(BEGUN, ADDED).when(new Command.Run("i", true)).then(new Event.Started(true));
        given(BEGUN, ADDED, new Event.Started(true))
                .when(new Command.Run("i", true))
                .thenNothing();
        given(BEGUN, ADDED, new Event.Started(true))
                .when(new Command.Run("i", false))
                .thenRefused("import.running");
        given(BEGUN, ADDED, new Event.Started(true), LOOKED_THROUGH)
                .when(new Command.Run("i", false))
                .then(new Event.Started(false));
    }

    @Test
    void what_is_taken_in_or_cancelled_or_cannot_be_read_is_over() {
        for (Event end : List.of(LOOKED_THROUGH, new Event.Failed(COUNTS, "It is no zip."), new Event.Cancelled())) {
            given(BEGUN, ADDED, new Event.Started(false), end)
                    .when(new Command.Run("i", false))
                    .thenRefused("import.over");
            given(BEGUN, ADDED, new Event.Started(false), end)
                    .when(new Command.Cancel())
                    .thenNothing();
        }
        given(BEGUN).when(new Command.Cancel()).then(new Event.Cancelled());
        given(BEGUN, ADDED, new Event.Started(true), LOOKED_THROUGH)
                .when(new Command.Cancel())
                .then(new Event.Cancelled());
    }

    @Test
    void a_run_tells_how_far_it_is_only_while_it_runs() {
        given(BEGUN, ADDED, new Event.Started(false))
                .when(new Command.Advance(COUNTS))
                .then(new Event.Advanced(COUNTS));
        given(BEGUN, ADDED, new Event.Started(false), new Event.Advanced(COUNTS))
                .when(new Command.Advance(COUNTS))
                .thenNothing();
        given(BEGUN, ADDED, new Event.Started(false), new Event.Advanced(COUNTS))
                .when(new Command.Advance(new Counts(2, 1, 2, 1, 0, 0)))
                .thenNothing();
        for (Command late : List.of(
                new Command.Advance(COUNTS), new Command.Finish(COUNTS, LEFT), new Command.Fail(COUNTS, "No."))) {
            given(BEGUN, ADDED, new Event.Started(false), new Event.Cancelled())
                    .when(late)
                    .thenNothing();
        }
    }

    @Test
    void it_is_its_owners_alone() {
        Event anothers = new Event.WasBegun("org1", "user:another", "notes.zip");
        for (Command command : List.of(
                new Command.Add(0, PART),
                new Command.Run("i", false),
                new Command.Cancel(),
                new Command.Advance(COUNTS))) {
            given(anothers, ADDED).when(command).thenRefused("import.absent");
            given().when(command).thenRefused("import.absent");
        }
    }
}
