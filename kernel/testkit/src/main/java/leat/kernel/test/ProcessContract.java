package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.TaskRequest;
import leat.kernel.port.Outcome;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of processes: cursor, states, parked keys and tasks move together or not at all. */
public abstract class ProcessContract extends JournalCase {
    private static final String PROCESS = "notes.reminders";

    protected ProcessContract() {}

    private static Write.Advance advance(long from, long to) {
        return new Write.Advance(PROCESS, NOTES_0, 0, from, to, List.of(), List.of(), List.of(), List.of());
    }

    private static Write.Advance advance(
            long from,
            long to,
            List<Write.ProcessState> states,
            List<Write.ParkedKey> parked,
            List<String> unparked,
            TaskRequest... tasks) {
        return new Write.Advance(PROCESS, NOTES_0, 0, from, to, states, parked, unparked, List.of(tasks));
    }

    private Write.ParkedKey failed(String key, long position) {
        return new Write.ParkedKey(key, position, "it broke", clock.instant());
    }

    @Test
    public void a_cursor_moves_only_from_where_it_is() throws Exception {
        assertThat(journal().cursors(PROCESS)).isEmpty();
        assertThat(commit(advance(0, 5))).isEqualTo(new Outcome.Done());
        assertThat(commit(advance(0, 6))).isEqualTo(new Outcome.VersionConflict(5));
        reopen();
        assertThat(commit(advance(4, 6))).isEqualTo(new Outcome.VersionConflict(5));
        assertThat(commit(advance(5, 7))).isEqualTo(new Outcome.Done());
        assertThat(journal().cursors(PROCESS)).isEqualTo(Map.of(NOTES_0, 7L));
        assertThat(journal().cursors("notes.other")).isEmpty();
    }

    @Test
    public void each_partition_and_process_has_its_own_cursor() {
        commit(advance(0, 5));
        commit(new Write.Advance(PROCESS, NOTES_1, 0, 0, 9, List.of(), List.of(), List.of(), List.of()));
        commit(new Write.Advance("notes.other", NOTES_0, 0, 0, 2, List.of(), List.of(), List.of(), List.of()));
        assertThat(journal().cursors(PROCESS)).isEqualTo(Map.of(NOTES_0, 5L, NOTES_1, 9L));
        assertThat(journal().cursors("notes.other")).isEqualTo(Map.of(NOTES_0, 2L));
    }

    @Test
    public void states_are_kept_by_key_until_they_are_forgotten() throws Exception {
        commit(advance(
                0,
                1,
                List.of(
                        new Write.ProcessState("a", Optional.of(json("one"))),
                        new Write.ProcessState("b", Optional.of(json("two")))),
                List.of(),
                List.of()));
        reopen();
        assertThat(journal().processState(PROCESS, "a")).contains(json("one"));
        assertThat(journal().processState("notes.other", "a")).isEmpty();
        commit(advance(
                1,
                2,
                List.of(
                        new Write.ProcessState("a", Optional.empty()),
                        new Write.ProcessState("b", Optional.of(json("three"))),
                        new Write.ProcessState("none", Optional.empty())),
                List.of(),
                List.of()));
        assertThat(journal().processState(PROCESS, "a")).isEmpty();
        assertThat(journal().processState(PROCESS, "b")).contains(json("three"));
    }

    @Test
    public void parked_keys_come_in_order_of_position_until_they_are_unparked() throws Exception {
        commit(advance(0, 9, List.of(), List.of(failed("late", 8), failed("early", 3)), List.of()));
        reopen();
        assertThat(journal().parkedKeys(PROCESS, NOTES_0)).containsExactly(failed("early", 3), failed("late", 8));
        assertThat(journal().parkedKeys(PROCESS, NOTES_1)).isEmpty();
        commit(advance(9, 9, List.of(), List.of(), List.of("early", "none")));
        assertThat(journal().parkedKeys(PROCESS, NOTES_0)).containsExactly(failed("late", 8));
    }

    @Test
    public void a_key_can_be_parked_again_further_on() {
        commit(advance(0, 9, List.of(), List.of(failed("key", 3)), List.of()));
        commit(advance(9, 9, List.of(), List.of(failed("key", 7)), List.of("key")));
        assertThat(journal().parkedKeys(PROCESS, NOTES_0)).containsExactly(failed("key", 7));
    }

    @Test
    public void a_refused_advance_changes_nothing() {
        var task = task("notes.remind", "plan");
        var states = List.of(new Write.ProcessState("a", Optional.of(json("one"))));
        var conflict = commit(advance(3, 4, states, List.of(failed("a", 4)), List.of(), task));
        assertThat(conflict).isEqualTo(new Outcome.VersionConflict(0));
        assertThat(journal().processState(PROCESS, "a")).isEmpty();
        assertThat(journal().parkedKeys(PROCESS, NOTES_0)).isEmpty();
        assertThat(journal().task(task.id())).isEmpty();
    }

    @Test
    public void tasks_are_scheduled_with_the_advance_that_asked_for_them() {
        var task = task("notes.remind", "plan");
        commit(advance(0, 1, List.of(), List.of(), List.of(), task));
        assertThat(journal().task(task.id())).isPresent();
    }
}
