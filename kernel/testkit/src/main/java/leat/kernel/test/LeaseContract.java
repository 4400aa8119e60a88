package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import leat.kernel.port.Lease;
import leat.kernel.port.Outcome;
import leat.kernel.port.PartitionId;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of partition leases: one writer at a time, and older ones are fenced out. */
public abstract class LeaseContract extends JournalCase {
    protected LeaseContract() {}

    private Outcome acquire(String owner) {
        return commit(new Write.AcquireLease(NOTES_0, owner, clock.instant(), MINUTE));
    }

    private Outcome.Leased leased(String owner, long epoch) {
        return new Outcome.Leased(
                new Lease(NOTES_0, owner, epoch, clock.instant().plus(MINUTE)));
    }

    private Write.Advance advance(long epoch, long from, long to) {
        return new Write.Advance("notes.p", NOTES_0, epoch, from, to, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    public void a_free_partition_is_leased_at_the_first_epoch() {
        assertThat(acquire("a")).isEqualTo(leased("a", 1));
    }

    @Test
    public void a_held_partition_is_not_leased_to_another() {
        acquire("a");
        assertThat(acquire("b")).isInstanceOf(Outcome.Fenced.class);
        assertThat(((Outcome.Fenced) acquire("b")).reason()).contains("notes/0").contains("a");
        assertThat(commit(new Write.AcquireLease(NOTES_1, "b", clock.instant(), MINUTE)))
                .isInstanceOf(Outcome.Leased.class);
    }

    @Test
    public void its_owner_renews_a_lease_at_the_same_epoch() throws Exception {
        acquire("a");
        clock.advance(MINUTE.dividedBy(2));
        assertThat(acquire("a")).isEqualTo(leased("a", 1));
        reopen();
        clock.advance(MINUTE.multipliedBy(2));
        assertThat(acquire("a")).isEqualTo(leased("a", 1));
    }

    @Test
    public void an_expired_lease_is_taken_over_at_the_next_epoch() throws Exception {
        acquire("a");
        clock.advance(MINUTE);
        reopen();
        assertThat(acquire("b")).isEqualTo(leased("b", 2));
        assertThat(acquire("a")).isInstanceOf(Outcome.Fenced.class);
    }

    @Test
    public void an_older_epoch_can_neither_append_nor_advance() {
        acquire("a");
        assertThat(commit(atEpoch(1, append(PLAN, 0, "a")))).isEqualTo(new Outcome.Appended(1, 1));
        assertThat(commit(advance(1, 0, 1))).isEqualTo(new Outcome.Done());
        clock.advance(MINUTE);
        acquire("b");
        assertThat(commit(atEpoch(1, append(PLAN, 1, "b")))).isInstanceOf(Outcome.Fenced.class);
        assertThat(commit(advance(1, 1, 2))).isInstanceOf(Outcome.Fenced.class);
        assertThat(journal().cursors("notes.p")).isEqualTo(java.util.Map.of(NOTES_0, 1L));
        assertThat(commit(atEpoch(2, append(PLAN, 1, "c")))).isEqualTo(new Outcome.Appended(2, 2));
    }

    @Test
    public void a_process_may_be_fenced_by_a_lease_of_its_own_instead_of_the_partition_s() {
        PartitionId whole = new PartitionId("process:notes.p", 0);
        acquire("a");
        commit(new Write.AcquireLease(whole, "b", clock.instant(), MINUTE));
        assertThat(commit(advance(whole, 1, 0, 1))).isEqualTo(new Outcome.Done());
        clock.advance(MINUTE);
        commit(new Write.AcquireLease(whole, "c", clock.instant(), MINUTE));
        assertThat(commit(advance(whole, 1, 1, 2))).isInstanceOf(Outcome.Fenced.class);
        assertThat(((Outcome.Fenced) commit(advance(whole, 1, 1, 2))).reason()).contains("process:notes.p/0");
        assertThat(commit(advance(whole, 2, 1, 2))).isEqualTo(new Outcome.Done());
        assertThat(journal().cursors("notes.p")).isEqualTo(java.util.Map.of(NOTES_0, 2L));
    }

    private static Write.Advance advance(PartitionId fence, long epoch, long from, long to) {
        return new Write.Advance(
                "notes.p", NOTES_0, fence, epoch, from, to, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    public void a_take_over_fences_the_rest_of_its_own_group() {
        acquire("a");
        clock.advance(MINUTE);
        var outcomes = commit(
                atEpoch(1, append(PLAN, 0, "a")),
                new Write.AcquireLease(NOTES_0, "b", clock.instant(), MINUTE),
                atEpoch(1, append(PLAN, 1, "b")),
                atEpoch(2, append(PLAN, 1, "c")));
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Appended(1, 1));
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Fenced.class);
        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Appended(2, 2));
    }

    @Test
    public void an_epoch_that_never_was_is_fenced() {
        assertThat(commit(atEpoch(7, append(PLAN, 0, "a")))).isInstanceOf(Outcome.Fenced.class);
        acquire("a");
        assertThat(commit(atEpoch(7, append(PLAN, 0, "a")))).isInstanceOf(Outcome.Fenced.class);
        assertThat(commit(atEpoch(0, append(PLAN, 0, "a")))).isInstanceOf(Outcome.Fenced.class);
    }

    @Test
    public void a_lease_that_was_given_up_is_free_and_takes_no_writes() throws Exception {
        acquire("a");
        assertThat(commit(new Write.ReleaseLease(NOTES_0, "a", 1))).isEqualTo(new Outcome.Done());
        assertThat(commit(atEpoch(1, append(PLAN, 0, "a")))).isInstanceOf(Outcome.Fenced.class);
        reopen();
        assertThat(acquire("b")).isEqualTo(leased("b", 2));
        assertThat(commit(new Write.ReleaseLease(NOTES_0, "b", 2))).isEqualTo(new Outcome.Done());
        assertThat(acquire("b")).isEqualTo(leased("b", 3));
    }

    @Test
    public void giving_up_with_an_older_epoch_changes_nothing() {
        acquire("a");
        clock.advance(MINUTE);
        acquire("b");
        assertThat(commit(new Write.ReleaseLease(NOTES_0, "a", 1))).isEqualTo(new Outcome.Done());
        assertThat(commit(new Write.ReleaseLease(new PartitionId("mocks", 3), "a", 1)))
                .isEqualTo(new Outcome.Done());
        assertThat(commit(atEpoch(2, append(PLAN, 0, "a")))).isEqualTo(new Outcome.Appended(1, 1));
    }
}
