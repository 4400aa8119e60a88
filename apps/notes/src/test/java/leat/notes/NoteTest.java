package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leat.kernel.Decision;
import leat.kernel.test.Scenario;
import leat.kernel.test.TestClock;
import leat.notes.Note.Command;
import leat.notes.Note.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NoteTest {
    private static final Content ROOF = titled("Roof");
    private static final Content WALL = titled("Wall");
    private static final String SLUG = "2026-06-01-Roof";
    private static final Event CREATED = new Event.Created("org1", "user:tester", SLUG);
    private static final Event FIRST = new Event.Revised(1, ROOF);
    private static final Event SECOND = new Event.Revised(2, WALL);
    private static final Instant UNTIL = TestClock.START.plus(Note.RETENTION);
    private static final Event TRASHED = new Event.Trashed(UNTIL);

    private static Scenario<Command, Event, Note> given(Event... events) {
        return Scenario.of(Note.DECIDER).given(events);
    }

    @Test
    void a_note_is_created_with_its_first_version_and_its_slug() {
        given().when(new Command.Create("org1", ROOF)).then(CREATED, FIRST).claiming(Note.SLUGS, "org1/" + SLUG);
    }

    @Test
    void a_note_is_created_once() {
        given(CREATED, FIRST).when(new Command.Create("org1", ROOF)).thenRefused("note.created");
    }

    @Test
    void nothing_comes_of_an_invalid_content() {
        given().when(new Command.Create("org1", titled(""))).thenRefused("note.invalid");
        given(CREATED, FIRST).when(new Command.Revise(titled(""))).thenRefused("note.invalid");
    }

    @Test
    void each_revision_is_a_version() {
        given(CREATED, FIRST).when(new Command.Revise(WALL)).then(SECOND);
    }

    @Test
    void who_goes_on_writing_writes_the_same_version() {
        Content more = ROOF.withBody("More of it.");
        given(CREATED, FIRST, SECOND).when(new Command.Continue(2, more)).then(new Event.Revised(2, more));
        given(CREATED, FIRST, SECOND, new Event.Revised(2, more))
                .when(new Command.Revise(WALL))
                .then(new Event.Revised(3, WALL));
        given(CREATED, FIRST, SECOND).when(new Command.Continue(2, WALL)).thenNothing();
        given(CREATED, FIRST, SECOND).when(new Command.Continue(2, titled(""))).thenRefused("note.invalid");
    }

    @Test
    void what_is_not_the_newest_or_seen_by_others_is_not_gone_on_with() {
        given(CREATED, FIRST, SECOND).when(new Command.Continue(1, ROOF)).then(new Event.Revised(3, ROOF));
        Content open = WALL.with(Content.Access.PUBLIC);
        given(CREATED, FIRST, SECOND).when(new Command.Continue(2, open)).then(new Event.Revised(3, open));
        given(CREATED, FIRST, TRASHED).when(new Command.Continue(1, WALL)).thenRefused("note.in-trash");
    }

    @Test
    void a_revision_that_changes_nothing_is_no_version() {
        given(CREATED, FIRST).when(new Command.Revise(ROOF)).thenNothing();
    }

    @Test
    void a_note_moves_on_the_board_as_a_version() {
        given(CREATED, FIRST)
                .when(new Command.Move(Content.Status.DOING))
                .then(new Event.Revised(2, ROOF.with(Content.Status.DOING)));
        given(CREATED, FIRST).when(new Command.Move(ROOF.status())).thenNothing();
    }

    @Test
    void only_its_author_decides_whether_a_note_is_private() {
        Content open = ROOF.with(Content.Access.PUBLIC);
        given(CREATED, FIRST).when(new Command.Revise(open)).then(new Event.Revised(2, open));
        Event others = new Event.Created("org1", "user:other", SLUG);
        given(others, new Event.Revised(1, open)).when(new Command.Revise(ROOF)).thenRefused("access.not-yours");
    }

    @Test
    void a_note_lies_where_its_author_puts_it_and_is_shared_as_the_notebook_only_then() {
        given(CREATED, FIRST).when(new Command.File(Optional.of("b1"))).then(new Event.Filed("b1", true));
        given(CREATED, FIRST, new Event.Filed("b1", true))
                .when(new Command.File(Optional.of("b1")))
                .thenNothing();
        given(CREATED, FIRST, new Event.Filed("b1", true))
                .when(new Command.File(Optional.empty()))
                .then(new Event.Unfiled());
        given().when(new Command.Create("org1", ROOF, Optional.of("b1")))
                .then(CREATED, FIRST, new Event.Filed("b1", true));
        Event open = new Event.Revised(1, ROOF.with(Content.Access.PUBLIC));
        given(CREATED, open)
                .by("user:other")
                .when(new Command.File(Optional.of("b1")))
                .then(new Event.Filed("b1", false));
        given(CREATED, open, new Event.Filed("b1", false))
                .when(new Command.File(Optional.of("b1")))
                .then(new Event.Filed("b1", true));
        given(CREATED, FIRST, TRASHED).when(new Command.File(Optional.of("b1"))).thenRefused("note.in-trash");
    }

    @Test
    void with_whom_a_note_is_shared_writes_it_and_neither_shares_nor_puts_it_away() {
        Event shared = new Event.Shared("user:other", ShareRole.EDITOR);
        given(CREATED, FIRST)
                .when(new Command.Share("user:other", ShareRole.EDITOR))
                .then(shared);
        given(CREATED, FIRST, shared)
                .by("user:other")
                .when(new Command.Revise(WALL))
                .then(SECOND);
        given(CREATED, FIRST, shared)
                .by("user:other")
                .when(new Command.Share("user:third", ShareRole.VIEWER))
                .thenRefused("share.not-yours");
        given(CREATED, FIRST, shared)
                .by("user:other")
                .when(new Command.Trash("n1"))
                .thenRefused("note.not-yours");
        given(CREATED, FIRST, shared)
                .by("user:other")
                .when(new Command.File(Optional.of("b1")))
                .thenRefused("note.not-yours");
        given(CREATED, FIRST, shared, new Event.Unshared("user:other"))
                .by("user:other")
                .when(new Command.Revise(WALL))
                .thenRefused("note.absent");
        given(CREATED, FIRST, shared).when(new Command.Unshare("user:other")).then(new Event.Unshared("user:other"));
        given(CREATED, FIRST).when(new Command.Unshare("user:other")).thenNothing();
    }

    @Test
    void what_comes_back_is_seen_by_those_who_see_the_note_now() {
        Content open = WALL.with(Content.Access.PUBLIC);
        given(CREATED, FIRST, new Event.Revised(2, open))
                .when(new Command.Restore(1, ROOF))
                .then(new Event.Restored(3, 1, ROOF.with(Content.Access.PUBLIC)));
    }

    @Test
    void an_overdue_note_can_be_edited() {
        Instant due = TestClock.START.plus(Duration.ofDays(1));
        Content overdue = Written.due(ROOF, due);
        Content edited = Written.body(overdue, "Later.");
        given(CREATED, new Event.Revised(1, overdue))
                .at(due.plusSeconds(1))
                .when(new Command.Revise(edited))
                .then(new Event.Revised(2, edited));
    }

    @Test
    void an_old_version_becomes_the_newest() {
        given(CREATED, FIRST, SECOND).when(new Command.Restore(1, ROOF)).then(new Event.Restored(3, 1, ROOF));
        given(CREATED, FIRST, SECOND).when(new Command.Restore(2, WALL)).thenNothing();
        given(CREATED, FIRST, SECOND).when(new Command.Restore(3, ROOF)).thenRefused("version.absent");
        given(CREATED, FIRST, SECOND).when(new Command.Restore(0, ROOF)).thenRefused("version.absent");
    }

    @Test
    void a_pin_and_the_archive_are_set_and_taken_back() {
        given(CREATED, FIRST).when(new Command.Pin()).then(new Event.Pinned());
        given(CREATED, FIRST, new Event.Pinned()).when(new Command.Pin()).thenNothing();
        given(CREATED, FIRST, new Event.Pinned()).when(new Command.Unpin()).then(new Event.Unpinned());
        given(CREATED, FIRST).when(new Command.Unpin()).thenNothing();
        given(CREATED, FIRST).when(new Command.Archive()).then(new Event.Archived());
        given(CREATED, FIRST, new Event.Archived()).when(new Command.Archive()).thenNothing();
        given(CREATED, FIRST, new Event.Archived())
                .when(new Command.Unarchive())
                .then(new Event.Unarchived());
        given(CREATED, FIRST).when(new Command.Unarchive()).thenNothing();
    }

    @Test
    void the_trash_asks_for_its_own_emptying() {
        var outcome = given(CREATED, FIRST).when(new Command.Trash("n1")).then(TRASHED);
        assertThat(((Decision.Accepted<Event>) outcome.decision()).tasks())
                .containsExactly(new Decision.Work(Note.EXPIRE, "n1", new Note.Expiry("n1", UNTIL), UNTIL));
        given(CREATED, FIRST, TRASHED).when(new Command.Trash("n1")).thenNothing();
    }

    @Test
    void a_note_comes_out_of_the_trash_as_it_was() {
        Note before = given(CREATED, FIRST).when(new Command.Pin()).state();
        assertThat(given(CREATED, FIRST, new Event.Pinned(), TRASHED)
                        .when(new Command.Recover())
                        .then(new Event.Recovered())
                        .state())
                .isEqualTo(before);
        given(CREATED, FIRST).when(new Command.Recover()).thenNothing();
    }

    static List<Command> changes() {
        return List.of(
                new Command.Create("org1", ROOF),
                new Command.Revise(WALL),
                new Command.Move(Content.Status.DOING),
                new Command.Restore(1, ROOF),
                new Command.Pin(),
                new Command.Unpin(),
                new Command.Archive(),
                new Command.Unarchive());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_note_in_the_trash_refuses_changes(Command change) {
        given(CREATED, FIRST, TRASHED).when(change).thenRefused("note.in-trash");
    }

    @Test
    void a_note_leaves_for_good_when_its_time_in_the_trash_is_over() {
        given(CREATED, FIRST, TRASHED)
                .when(new Command.Expire(UNTIL))
                .then(new Event.Expired())
                .releasing(Note.SLUGS, "org1/" + SLUG);
        given(CREATED, FIRST, TRASHED, new Event.Expired())
                .when(new Command.Expire(UNTIL))
                .thenNothing();
        given(CREATED, FIRST, TRASHED, new Event.Expired())
                .when(new Command.Recover())
                .thenRefused("note.absent");
    }

    @Test
    void a_recovered_note_outlives_the_task_that_was_asked_for() {
        given(CREATED, FIRST, TRASHED, new Event.Recovered())
                .when(new Command.Expire(UNTIL))
                .thenNothing();
        given(CREATED, FIRST, TRASHED, new Event.Recovered(), new Event.Trashed(UNTIL.plusSeconds(9)))
                .when(new Command.Expire(UNTIL))
                .thenNothing();
    }

    @Test
    void what_was_never_created_is_absent() {
        given().when(new Command.Revise(ROOF)).thenRefused("note.absent");
        given().when(new Command.Trash("n1")).thenRefused("note.absent");
    }
}
