package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import leat.kernel.test.Scenario;
import leat.notes.Content.Access;
import leat.notes.Notebook.Command;
import leat.notes.Notebook.Draft;
import leat.notes.Notebook.Event;
import org.junit.jupiter.api.Test;

final class NotebookTest {
    private static final Draft HOUSE = new Draft("House", Optional.empty(), Optional.empty(), Access.PUBLIC);
    private static final Event CREATED =
            new Event.WasCreated("org1", "user:tester", "House", Optional.empty(), Optional.empty(), Access.PUBLIC);
    private static final Event CLOSED = new Event.AccessChanged(Access.PRIVATE);

    private static Scenario<Command, Event, Notebook> given(Event... events) {
        return Scenario.of(Notebook.DECIDER).given(events);
    }

    private static Scenario<Command, Event, Notebook> other(Event... events) {
        return given(events).by("user:other/session:s1");
    }

    private static Draft draft(String name, String parent) {
        return new Draft(name, Optional.of(parent), Optional.of("3a7f2c"), Access.PUBLIC);
    }

    @Test
    void a_notebook_is_created_and_takes_its_name_in_its_place() {
        given().when(new Command.Create("org1", HOUSE)).then(CREATED).claiming(Notebook.NAMES, "org1//house");
        given(CREATED).when(new Command.Create("org1", HOUSE)).thenRefused("notebook.created");
        given().when(new Command.Change(HOUSE)).thenRefused("notebook.absent");
        given().when(new Command.Create("org1", draft(" ", "b1"))).thenRefused("notebook.invalid");
    }

    @Test
    void each_thing_that_changes_is_an_event_and_the_name_moves_along() {
        given(CREATED)
                .when(new Command.Change(draft("Roof", "b1")))
                .then(
                        new Event.Renamed("Roof"),
                        new Event.Moved(Optional.of("b1")),
                        new Event.Recolored(Optional.of("3a7f2c")))
                .releasing(Notebook.NAMES, "org1//house")
                .claiming(Notebook.NAMES, "org1/b1/roof");
        given(CREATED).when(new Command.Change(HOUSE)).thenNothing();
    }

    @Test
    void only_its_author_moves_closes_and_shares_it() {
        other(CREATED).when(new Command.Change(draft("House", "b1"))).thenRefused("notebook.not-yours");
        other(CREATED)
                .when(new Command.Change(new Draft("House", Optional.empty(), Optional.empty(), Access.PRIVATE)))
                .thenRefused("notebook.not-yours");
        other(CREATED).when(new Command.Share("user:third", ShareRole.VIEWER)).thenRefused("share.not-yours");
        other(CREATED).when(new Command.Unshare("user:third")).thenRefused("share.not-yours");
        other(CREATED, CLOSED).when(new Command.Remove()).thenRefused("notebook.absent");
    }

    @Test
    void with_whom_it_is_shared_may_name_a_private_one_and_not_remove_it() {
        Event shared = new Event.Shared("user:other", ShareRole.EDITOR);
        other(CREATED, CLOSED, shared)
                .when(new Command.Change(new Draft("Roof", Optional.empty(), Optional.empty(), Access.PRIVATE)))
                .then(new Event.Renamed("Roof"));
        other(CREATED, CLOSED, shared).when(new Command.Remove()).thenRefused("notebook.not-yours");
        other(CREATED, CLOSED, shared, new Event.Unshared("user:other"))
                .when(new Command.Remove())
                .thenRefused("notebook.absent");
    }

    @Test
    void it_is_shared_once_in_each_role_and_with_others_than_its_author() {
        Event shared = new Event.Shared("user:other", ShareRole.VIEWER);
        given(CREATED).when(new Command.Share("user:other", ShareRole.VIEWER)).then(shared);
        given(CREATED, shared)
                .when(new Command.Share("user:other", ShareRole.VIEWER))
                .thenNothing();
        given(CREATED, shared)
                .when(new Command.Share("user:other", ShareRole.EDITOR))
                .then(new Event.Shared("user:other", ShareRole.EDITOR));
        given(CREATED).when(new Command.Share("user:tester", ShareRole.VIEWER)).thenRefused("share.invalid");
        given(CREATED).when(new Command.Unshare("user:other")).thenNothing();
        Event[] many = new Event[Shares.MAX + 1];
        many[0] = CREATED;
        for (int i = 1; i < many.length; i++) {
            many[i] = new Event.Shared("user:" + i, ShareRole.VIEWER);
        }
        given(many).when(new Command.Share("user:other", ShareRole.VIEWER)).thenRefused("share.many");
        given(many)
                .when(new Command.Share("user:1", ShareRole.EDITOR))
                .then(new Event.Shared("user:1", ShareRole.EDITOR));
    }

    @Test
    void a_removed_one_gives_its_name_back_and_comes_back_as_it_was() {
        given(CREATED).when(new Command.Remove()).then(new Event.WasRemoved()).releasing(Notebook.NAMES, "org1//house");
        Event removed = new Event.WasRemoved();
        given(CREATED, removed).when(new Command.Remove()).thenNothing();
        given(CREATED, removed).when(new Command.Change(HOUSE)).thenRefused("notebook.removed");
        Notebook back = given(CREATED, removed)
                .when(new Command.Recover())
                .then(new Event.Recovered())
                .claiming(Notebook.NAMES, "org1//house")
                .state();
        assertThat(back)
                .isEqualTo(new Notebook.Kept(
                        "org1", "user:tester", "House", Optional.empty(), Optional.empty(), Access.PUBLIC, Map.of()));
        given(CREATED).when(new Command.Recover()).thenNothing();
    }
}
