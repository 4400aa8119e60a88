package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import leat.kernel.test.Seed;
import leat.notes.text.Diff.Change;
import leat.notes.text.Diff.Line;
import leat.notes.text.Diff.Part;
import org.junit.jupiter.api.Test;

final class DiffTest {
    @Test
    void the_words_that_changed_are_marked() {
        Diff diff = Diff.between("Mend the old roof.", "Mend the new roof.");
        assertThat(diff.lines())
                .containsExactly(
                        new Line(
                                Change.REMOVED,
                                1,
                                0,
                                List.of(
                                        new Part("Mend the ", false),
                                        new Part("old", true),
                                        new Part(" roof.", false))),
                        new Line(
                                Change.ADDED,
                                0,
                                1,
                                List.of(
                                        new Part("Mend the ", false),
                                        new Part("new", true),
                                        new Part(" roof.", false))));
    }

    @Test
    void a_line_that_is_wholly_other_has_no_marks() {
        assertThat(Diff.between("Mend the roof.", "1234567").lines())
                .allSatisfy(it -> assertThat(it.parts()).hasSize(1));
    }

    @Test
    void unchanged_lines_far_from_changes_are_counted_instead_of_shown() {
        String before = String.join(
                "\n", IntStream.range(0, 20).mapToObj(i -> "line " + i).toList());
        Diff diff = Diff.between(before, before.replace("line 10", "another"));
        assertThat(diff.lines().getFirst().text()).isEqualTo("7 unchanged lines");
        assertThat(diff.lines()).hasSize(1 + 3 + 2 + 3 + 1);
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void equal_texts_have_no_difference() {
        assertThat(Diff.between("a\nb", "a\nb").isEmpty()).isTrue();
    }

    @Test
    void a_line_break_more_at_the_end_and_another_kind_of_line_break_are_differences() {
        assertThat(Diff.between("a", "a\n").added()).isEqualTo(1);
        assertThat(Diff.between("a\nb", "a\r\nb").isEmpty()).isFalse();
    }

    @Test
    void texts_with_nothing_in_common_are_compared_in_bounded_time() {
        String before = String.join(
                "\n", IntStream.range(0, 30_000).mapToObj(i -> "a" + i).toList());
        String after = String.join(
                "\n", IntStream.range(0, 30_000).mapToObj(i -> "b" + i).toList());
        Diff diff = Diff.between(before, after);
        assertThat(diff.added()).isEqualTo(30_000);
        assertThat(diff.removed()).isEqualTo(30_000);
    }

    @Test
    void edits_make_the_new_list_out_of_the_old_one() throws Exception {
        Seed.replayable(2_000, random -> {
            List<String> before = Texts.lines(random);
            List<String> after = random.nextBoolean() ? Texts.lines(random) : Texts.changed(random, before);
            var made = new ArrayList<String>();
            int done = 0;
            for (Edits.Edit edit : Edits.between(before, after)) {
                assertThat(edit.from()).isGreaterThanOrEqualTo(done);
                made.addAll(before.subList(done, edit.from()));
                made.addAll(after.subList(edit.newFrom(), edit.newTo()));
                done = edit.to();
            }
            made.addAll(before.subList(done, before.size()));
            assertThat(made).isEqualTo(after);
        });
    }

    @Test
    void what_is_shown_is_what_the_texts_say() throws Exception {
        Seed.replayable(1_000, random -> {
            List<String> before = Texts.lines(random);
            List<String> after = Texts.changed(random, before);
            for (Line line : Diff.between(String.join("\n", before), String.join("\n", after))
                    .lines()) {
                if (line.before() > 0) {
                    assertThat(line.text()).isEqualTo(before.get(line.before() - 1));
                }
                if (line.after() > 0) {
                    assertThat(line.text()).isEqualTo(after.get(line.after() - 1));
                }
            }
        });
    }
}
