package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import leat.kernel.port.Member;
import leat.kernel.port.Outcome;
import leat.kernel.port.Write;
import org.junit.jupiter.api.Test;

/** What a journal promises of the nodes that share it: each has a number of its own, and all see who lives. */
public abstract class MemberContract extends JournalCase {
    protected MemberContract() {}

    private final Instant start = clock.instant();

    private Outcome join(String node, Instant since, String... roles) {
        return commit(
                new Write.Join(node, new TreeSet<>(List.of(roles)), "http://" + node, since, clock.instant(), MINUTE));
    }

    private int number(String node) {
        return ((Outcome.Joined) join(node, start)).member().number();
    }

    @Test
    public void a_node_that_joins_is_seen_with_its_roles_and_its_address() throws Exception {
        Member expected = new Member(
                "a", 0, new TreeSet<>(List.of("notes", "view:notes.list@v1")), "http://a", start, start.plus(MINUTE));
        assertThat(join("a", start, "notes", "view:notes.list@v1")).isEqualTo(new Outcome.Joined(expected));
        reopen();
        assertThat(journal().members()).containsExactly(expected);
    }

    @Test
    public void a_node_without_roles_is_seen_too() {
        join("a", start);
        assertThat(journal().members().getFirst().roles()).isEmpty();
    }

    @Test
    public void each_node_has_a_number_of_its_own_and_keeps_it() {
        assertThat(number("a")).isEqualTo(0);
        assertThat(number("b")).isEqualTo(1);
        assertThat(number("c")).isEqualTo(2);
        assertThat(number("b")).isEqualTo(1);
        assertThat(journal().members()).extracting(Member::node).containsExactly("a", "b", "c");
    }

    @Test
    public void joining_again_lengthens_life_and_changes_what_it_does() {
        join("a", start, "notes");
        clock.advance(MINUTE.dividedBy(2));
        join("a", start, "mocks");
        Member member = journal().members().getFirst();
        assertThat(member.until()).isEqualTo(clock.instant().plus(MINUTE));
        assertThat(member.roles()).containsExactly("mocks");
        assertThat(member.lives(clock.instant())).isTrue();
        clock.advance(MINUTE);
        assertThat(member.lives(clock.instant())).isFalse();
    }

    @Test
    public void a_process_that_started_later_takes_the_name_and_the_number() {
        join("a", start);
        join("b", start);
        Instant later = start.plusSeconds(5);
        clock.advance(MINUTE);
        assertThat(((Outcome.Joined) join("b", later)).member().number()).isEqualTo(1);
        assertThat(join("b", start)).isInstanceOf(Outcome.Fenced.class);
        assertThat(((Outcome.Fenced) join("b", start)).reason()).contains("b").contains(later.toString());
        assertThat(journal().members().getLast().since()).isEqualTo(later);
    }

    @Test
    public void who_leaves_counts_as_dead_at_once() {
        join("a", start);
        assertThat(commit(new Write.Leave("a", start, clock.instant()))).isEqualTo(new Outcome.Done());
        assertThat(journal().members().getFirst().lives(clock.instant())).isFalse();
    }

    @Test
    public void an_older_process_does_not_leave_for_a_later_one_of_its_name() {
        join("a", start);
        join("a", start.plusSeconds(1));
        commit(new Write.Leave("a", start, clock.instant()));
        commit(new Write.Leave("nobody", start, clock.instant()));
        assertThat(journal().members().getFirst().lives(clock.instant())).isTrue();
    }

    @Test
    public void a_dead_node_keeps_its_number_for_a_day_and_is_forgotten_then() {
        join("a", start);
        join("b", start);
        commit(new Write.Leave("a", start, clock.instant()));
        clock.advance(Write.NODE_MEMORY);
        assertThat(number("c")).isEqualTo(2);
        clock.advance(MINUTE);
        assertThat(number("d")).isEqualTo(0);
        assertThat(journal().members()).extracting(Member::node).doesNotContain("a");
    }

    @Test
    public void who_must_be_alone_joins_nobody_and_nobody_joins_it_while_it_lives() {
        join("a", start, Member.ALONE);
        assertThat(join("a", start, "notes", Member.ALONE)).isInstanceOf(Outcome.Joined.class);
        assertThat(((Outcome.Fenced) join("b", start, "notes")).reason()).contains("the node a", "it keeps", "S3");
        assertThat(join("b", start, "notes", Member.ALONE)).isInstanceOf(Outcome.Fenced.class);
        assertThat(journal().members()).extracting(Member::node).containsExactly("a");

        commit(new Write.Leave("a", start, clock.instant()));
        assertThat(join("b", start, "notes")).isInstanceOf(Outcome.Joined.class);
        assertThat(((Outcome.Fenced) join("a", start, Member.ALONE)).reason()).contains("the node b", "this one keeps");
        clock.advance(MINUTE);
        assertThat(join("a", start, Member.ALONE)).isInstanceOf(Outcome.Joined.class);
    }

    @Test
    public void when_all_numbers_are_taken_the_next_node_is_refused() {
        commit(java.util.stream.IntStream.range(0, Member.NUMBERS)
                .mapToObj(n -> new Write.Join("n" + n, new TreeSet<>(), "", start, clock.instant(), MINUTE))
                .toArray(Write[]::new));
        assertThat(join("one-more", start)).isInstanceOf(Outcome.Fenced.class);
        assertThat(journal().members()).hasSize(Member.NUMBERS);
    }
}
