package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import leat.kernel.TaskRequest;
import leat.kernel.port.Outcome;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StoredTask.State;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of tasks: due ones are leased in order, one a key, and a lost lease has no say. */
public abstract class TaskContract extends JournalCase {
    private static final String MAIL = "notes.mail";

    protected TaskContract() {}

    private TaskRequest schedule(TaskRequest task) {
        assertThat(commit(new Write.Schedule(List.of(task)))).isEqualTo(new Outcome.Done());
        return task;
    }

    private List<StoredTask> lease(int limit, String... kinds) {
        var write = new Write.ClaimTasks(Set.of(kinds), limit, "worker-1", clock.instant(), MINUTE);
        return ((Outcome.Claimed) commit(write)).tasks();
    }

    private List<UUID> leased(int limit) {
        return lease(limit, MAIL).stream().map(StoredTask::id).toList();
    }

    private StoredTask stored(UUID id) {
        return journal().task(id).orElseThrow();
    }

    private Instant inMinutes(int minutes) {
        return clock.instant().plus(MINUTE.multipliedBy(minutes));
    }

    @Test
    public void a_task_comes_back_as_it_was_asked() throws Exception {
        TaskRequest task = schedule(task(MAIL, "plan", inMinutes(3)));
        reopen();
        assertThat(stored(task.id()))
                .usingRecursiveComparison()
                .isEqualTo(new StoredTask(
                        task.id(),
                        MAIL,
                        "plan",
                        task.payload(),
                        task.notBefore(),
                        State.WAITING,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "request-1",
                        "process:notes.reminders",
                        task.createdAt()));
        assertThat(journal().task(id())).isEmpty();
    }

    @Test
    public void asking_twice_with_one_id_is_asking_once() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        commit(new Write.Schedule(List.of(new TaskRequest(
                task.id(), MAIL, "other", json("x"), inMinutes(9), "request-2", "user:bob", clock.instant()))));
        assertThat(stored(task.id()).key()).isEqualTo("plan");
        assertThat(journal().tasks(State.WAITING, 10)).hasSize(1);
        commit(scheduling(append(PLAN, 0, "a"), task, task));
        assertThat(journal().tasks(State.WAITING, 10)).hasSize(1);
    }

    @Test
    public void a_task_is_not_leased_before_its_time() {
        TaskRequest task = schedule(task(MAIL, "plan", inMinutes(1)));
        assertThat(leased(10)).isEmpty();
        clock.advance(MINUTE);
        assertThat(leased(10)).containsExactly(task.id());
    }

    @Test
    public void due_tasks_are_leased_longest_due_first_up_to_the_limit() {
        TaskRequest third = schedule(task(MAIL, "c", inMinutes(3)));
        TaskRequest first = schedule(task(MAIL, "a", inMinutes(1)));
        TaskRequest second = schedule(task(MAIL, "b", inMinutes(1)));
        TaskRequest other = schedule(task("notes.other", "a", inMinutes(1)));
        clock.advance(MINUTE.multipliedBy(5));
        assertThat(leased(2)).containsExactly(first.id(), second.id());
        assertThat(leased(2)).containsExactly(third.id());
        assertThat(lease(2, "notes.other", MAIL)).extracting(StoredTask::id).containsExactly(other.id());
    }

    @Test
    public void several_kinds_are_leased_in_one_order() {
        TaskRequest second = schedule(task(MAIL, "a", inMinutes(2)));
        TaskRequest first = schedule(task("notes.other", "a", inMinutes(1)));
        TaskRequest third = schedule(task("notes.other", "b", inMinutes(3)));
        clock.advance(MINUTE.multipliedBy(5));
        assertThat(lease(2, MAIL, "notes.other")).extracting(StoredTask::id).containsExactly(first.id(), second.id());
        assertThat(lease(2, MAIL, "notes.other")).extracting(StoredTask::id).containsExactly(third.id());
        assertThat(lease(2)).isEmpty();
    }

    @Test
    public void a_lease_counts_the_attempt_and_has_an_end() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        StoredTask leased = lease(1, MAIL).getFirst();
        assertThat(leased.state()).isEqualTo(State.RUNNING);
        assertThat(leased.attempt()).isEqualTo(1);
        assertThat(leased.until()).contains(inMinutes(1));
        assertThat(stored(task.id())).usingRecursiveComparison().isEqualTo(leased);
    }

    @Test
    public void tasks_of_one_key_run_one_after_the_other_in_the_order_asked() {
        TaskRequest first = schedule(task(MAIL, "plan", inMinutes(1)));
        TaskRequest second = schedule(task(MAIL, "plan"));
        TaskRequest elsewhere = schedule(task("notes.other", "plan"));
        assertThat(leased(10)).isEmpty();
        assertThat(lease(10, "notes.other")).extracting(StoredTask::id).containsExactly(elsewhere.id());
        clock.advance(MINUTE);
        assertThat(leased(10)).containsExactly(first.id());
        assertThat(leased(10)).isEmpty();
        assertThat(commit(new Write.TaskDone(first.id(), 1, List.of()))).isEqualTo(new Outcome.Done());
        assertThat(leased(10)).containsExactly(second.id());
    }

    @Test
    public void a_done_task_is_gone_and_leaves_the_next_ones() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        leased(1);
        TaskRequest next = task(MAIL, "plan");
        commit(new Write.TaskDone(task.id(), 1, List.of(next)));
        assertThat(journal().task(task.id())).isEmpty();
        assertThat(leased(10)).containsExactly(next.id());
    }

    @Test
    public void a_lease_that_has_run_out_makes_the_task_due_with_another_attempt() throws Exception {
        TaskRequest task = schedule(task(MAIL, "plan"));
        leased(1);
        clock.advance(MINUTE);
        reopen();
        StoredTask again = lease(1, MAIL).getFirst();
        assertThat(again.id()).isEqualTo(task.id());
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    public void a_result_of_an_older_attempt_is_fenced() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        TaskRequest next = task(MAIL, "next");
        List<Write> old = List.of(
                new Write.TaskDone(task.id(), 1, List.of(next)),
                new Write.TaskExtended(task.id(), 1, inMinutes(9)),
                new Write.TaskRetried(task.id(), 1, inMinutes(9), "late"),
                new Write.TaskParked(task.id(), 1, "late"),
                new Write.TaskReleased(task.id(), 1));
        assertThat(journal().commit(old)).allMatch(outcome -> outcome instanceof Outcome.Fenced);
        leased(1);
        clock.advance(MINUTE);
        StoredTask second = lease(1, MAIL).getFirst();
        assertThat(journal().commit(old)).allMatch(outcome -> outcome instanceof Outcome.Fenced);
        assertThat(stored(task.id())).usingRecursiveComparison().isEqualTo(second);
        assertThat(journal().task(next.id())).isEmpty();
        assertThat(commit(new Write.TaskDone(id(), 1, List.of()))).isInstanceOf(Outcome.Fenced.class);
    }

    @Test
    public void a_retried_task_waits_and_keeps_its_error_and_its_place() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        schedule(task(MAIL, "plan"));
        leased(1);
        commit(new Write.TaskRetried(task.id(), 1, inMinutes(5), "no answer"));
        assertThat(stored(task.id()).state()).isEqualTo(State.WAITING);
        assertThat(stored(task.id()).until()).isEmpty();
        assertThat(stored(task.id()).error()).contains("no answer");
        assertThat(leased(10)).isEmpty();
        clock.advance(MINUTE.multipliedBy(5));
        assertThat(lease(10, MAIL)).extracting(StoredTask::attempt).containsExactly(2);
    }

    @Test
    public void an_extended_lease_ends_later() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        leased(1);
        commit(new Write.TaskExtended(task.id(), 1, inMinutes(10)));
        clock.advance(MINUTE.multipliedBy(9));
        assertThat(leased(1)).isEmpty();
        clock.advance(MINUTE);
        assertThat(leased(1)).containsExactly(task.id());
    }

    @Test
    public void a_released_task_is_due_again_and_its_attempt_does_not_count() {
        TaskRequest task = schedule(task(MAIL, "plan"));
        leased(1);
        commit(new Write.TaskReleased(task.id(), 1));
        assertThat(lease(1, MAIL)).extracting(StoredTask::attempt).containsExactly(1);
    }

    @Test
    public void a_parked_task_holds_up_its_own_key_only() throws Exception {
        TaskRequest bad = schedule(task(MAIL, "plan"));
        TaskRequest behind = schedule(task(MAIL, "plan"));
        leased(1);
        commit(new Write.TaskParked(bad.id(), 1, "x".repeat(StoredTask.MAX_ERROR + 1)));
        reopen();
        TaskRequest other = schedule(task(MAIL, "diary"));
        assertThat(stored(bad.id()).state()).isEqualTo(State.PARKED);
        assertThat(stored(bad.id()).error().orElseThrow()).hasSize(StoredTask.MAX_ERROR);
        assertThat(leased(10)).containsExactly(other.id());
        assertThat(journal().tasks(State.PARKED, 10)).extracting(StoredTask::id).containsExactly(bad.id());
        assertThat(commit(new Write.ResumeTask(bad.id(), clock.instant()))).isEqualTo(new Outcome.Done());
        assertThat(lease(10, MAIL)).extracting(StoredTask::attempt).containsExactly(1);
        commit(new Write.TaskDone(bad.id(), 1, List.of()));
        assertThat(leased(10)).containsExactly(behind.id());
    }

    @Test
    public void a_waiting_task_can_be_told_to_run_now() {
        TaskRequest task = schedule(task(MAIL, "plan", inMinutes(60)));
        assertThat(commit(new Write.ResumeTask(task.id(), clock.instant()))).isEqualTo(new Outcome.Done());
        assertThat(leased(10)).containsExactly(task.id());
        assertThat(commit(new Write.ResumeTask(task.id(), clock.instant()))).isEqualTo(new Outcome.Missing());
        assertThat(commit(new Write.ResumeTask(id(), clock.instant()))).isEqualTo(new Outcome.Missing());
    }

    @Test
    public void dropping_a_task_lets_the_next_of_its_key_go_on() {
        TaskRequest bad = schedule(task(MAIL, "plan"));
        TaskRequest behind = schedule(task(MAIL, "plan"));
        leased(1);
        assertThat(commit(new Write.DropTask(bad.id()))).isEqualTo(new Outcome.Missing());
        commit(new Write.TaskParked(bad.id(), 1, "broken"));
        assertThat(commit(new Write.DropTask(bad.id()))).isEqualTo(new Outcome.Done());
        assertThat(commit(new Write.DropTask(bad.id()))).isEqualTo(new Outcome.Missing());
        assertThat(leased(10)).containsExactly(behind.id());
    }

    @Test
    public void dropping_a_task_from_the_middle_keeps_the_order_of_the_others() {
        TaskRequest first = schedule(task(MAIL, "plan"));
        TaskRequest middle = schedule(task(MAIL, "plan"));
        TaskRequest last = schedule(task(MAIL, "plan"));
        commit(new Write.DropTask(middle.id()));
        assertThat(leased(10)).containsExactly(first.id());
        commit(new Write.TaskDone(first.id(), 1, List.of()));
        assertThat(leased(10)).containsExactly(last.id());
    }

    @Test
    public void tasks_are_counted_by_kind_and_state_and_listed_oldest_first() {
        TaskRequest late = schedule(task(MAIL, "a", inMinutes(5)));
        TaskRequest soon = schedule(task(MAIL, "b", inMinutes(1)));
        schedule(task("notes.other", "a"));
        lease(1, "notes.other");
        assertThat(journal().taskCounts())
                .isEqualTo(Map.of(MAIL, Map.of(State.WAITING, 2L), "notes.other", Map.of(State.RUNNING, 1L)));
        assertThat(journal().tasks(State.WAITING, 10))
                .extracting(StoredTask::id)
                .containsExactly(late.id(), soon.id());
        assertThat(journal().tasks(State.WAITING, 1)).hasSize(1);
    }

    @Test
    public void the_next_task_is_the_one_that_can_first_be_leased() {
        assertThat(journal().nextTaskAt(Set.of(MAIL))).isEmpty();
        TaskRequest first = schedule(task(MAIL, "plan", inMinutes(5)));
        schedule(task(MAIL, "plan", inMinutes(1)));
        assertThat(journal().nextTaskAt(Set.of(MAIL))).contains(inMinutes(5));
        assertThat(journal().nextTaskAt(Set.of("notes.other"))).isEmpty();
        assertThat(journal().nextTaskAt(Set.of())).isEmpty();
        clock.advance(MINUTE.multipliedBy(5));
        leased(1);
        assertThat(journal().nextTaskAt(Set.of(MAIL, "notes.other"))).contains(inMinutes(1));
        commit(new Write.TaskParked(first.id(), 1, "broken"));
        assertThat(journal().nextTaskAt(Set.of(MAIL))).isEmpty();
    }

    @Test
    public void many_tasks_behind_a_parked_one_leave_the_others_alone() {
        TaskRequest bad = schedule(task(MAIL, "stuck"));
        leased(1);
        commit(new Write.TaskParked(bad.id(), 1, "broken"));
        commit(new Write.Schedule(java.util.stream.IntStream.range(0, 2_000)
                .mapToObj(i -> task(MAIL, "stuck"))
                .toList()));
        TaskRequest other = schedule(task(MAIL, "free"));
        assertThat(leased(100)).containsExactly(other.id());
    }
}
