package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import leat.kernel.test.Seed;
import leat.notes.text.Merge.Agreed;
import leat.notes.text.Merge.Conflict;
import org.junit.jupiter.api.Test;

final class MergeTest {
    @Test
    void changes_of_different_lines_come_together() {
        Merge merge = Merge.of("a\nb\nc", "A\nb\nc", "a\nb\nC\nd");
        assertThat(merge.isClean()).isTrue();
        assertThat(merge.text()).isEqualTo("A\nb\nC\nd");
    }

    @Test
    void neighbouring_lines_are_different_lines() {
        assertThat(Merge.of("- [ ] a\n- [ ] b", "- [x] a\n- [ ] b", "- [ ] a\n- [x] b")
                        .text())
                .isEqualTo("- [x] a\n- [x] b");
    }

    @Test
    void the_same_change_is_made_once() {
        assertThat(Merge.of("a\nb", "a\nB\nc", "a\nB\nc").text()).isEqualTo("a\nB\nc");
    }

    @Test
    void a_line_that_both_changed_is_left_to_a_person_with_both_texts() {
        Merge merge = Merge.of("a\nb\nc", "a\nmine\nc", "a\ntheirs\nc");
        assertThat(merge.parts())
                .containsExactly(
                        new Agreed("a"),
                        new Conflict(List.of("b"), List.of("mine"), List.of("theirs")),
                        new Agreed("c"));
        assertThat(merge.text("yours", "Ada's")).isEqualTo("a\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> Ada's\nc");
    }

    @Test
    void a_line_that_one_removed_and_the_other_changed_is_a_conflict() {
        assertThat(Merge.of("a\nb\nc", "a\nc", "a\nB\nc").parts())
                .contains(new Conflict(List.of("b"), List.of(), List.of("B")));
    }

    @Test
    void two_insertions_at_one_place_are_a_conflict() {
        assertThat(Merge.of("a\nb", "a\nx\nb", "a\ny\nb").isClean()).isFalse();
        assertThat(Merge.of("a", "a\nx", "a\ny").isClean()).isFalse();
    }

    @Test
    void an_insertion_beside_a_changed_line_is_none() {
        assertThat(Merge.of("a\nb\nc", "a\nx\nb\nc", "a\nB\nc").text()).isEqualTo("a\nx\nB\nc");
        assertThat(Merge.of("a\nb\nc", "a\nb\nx\nc", "a\nB\nc").text()).isEqualTo("a\nB\nx\nc");
    }

    @Test
    void an_insertion_among_removed_lines_is_a_conflict() {
        assertThat(Merge.of("a\nb\nc\nd", "a\nd", "a\nb\nx\nc\nd").isClean()).isFalse();
    }

    @Test
    void a_side_that_changed_nothing_takes_the_other() throws Exception {
        Seed.replayable(500, random -> {
            String base = String.join("\n", Texts.lines(random));
            String other = String.join("\n", Texts.lines(random));
            assertThat(Merge.of(base, base, other).text()).isEqualTo(other);
            assertThat(Merge.of(base, other, base).text()).isEqualTo(other);
            assertThat(Merge.of(base, other, other).text()).isEqualTo(other);
        });
    }

    @Test
    void no_text_that_either_side_wrote_is_lost() throws Exception {
        Seed.replayable(5_000, random -> {
            List<String> base = Texts.lines(random);
            List<String> mine = Texts.changed(random, base);
            List<String> theirs = Texts.changed(random, base);
            Merge merge = Merge.of(String.join("\n", base), String.join("\n", mine), String.join("\n", theirs));
            var merged = List.of(merge.text().split("\n", -1));
            assertThat(merged).containsAll(less(mine, base)).containsAll(less(theirs, base));
            assertThat(less(merged, mine, theirs, List.of("", "<<<<<<< mine", "=======", ">>>>>>> theirs")))
                    .isEmpty();
            Merge mirrored = Merge.of(String.join("\n", base), String.join("\n", theirs), String.join("\n", mine));
            assertThat(mirrored.isClean()).isEqualTo(merge.isClean());
            if (merge.isClean()) {
                assertThat(mirrored.text()).isEqualTo(merge.text());
            }
        });
    }

    /** The lines that are in none of the others. */
    private static List<String> less(List<String> lines, List<?>... others) {
        var left = new ArrayList<>(lines);
        for (List<?> other : others) {
            left.removeAll(other);
        }
        return left;
    }
}
