package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {
    @Test
    void a_changed_line_is_removed_and_added_where_it_stood() {
        assertThat(Diff.of("a\nb\nc", "a\nB\nc").lines())
                .containsExactly(
                        new Diff.Line(Diff.Change.SAME, 1, 1, "a"),
                        new Diff.Line(Diff.Change.REMOVED, 2, 0, "b"),
                        new Diff.Line(Diff.Change.ADDED, 0, 2, "B"),
                        new Diff.Line(Diff.Change.SAME, 3, 3, "c"));
    }

    @Test
    void equal_texts_have_no_difference() {
        assertThat(Diff.of("a\nb", "a\nb").isEmpty()).isTrue();
    }

    @Test
    void lines_far_from_a_change_are_left_out_and_counted() {
        var text = IntStream.range(0, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        var lines = Diff.of(text, text.replace("line 10", "other")).lines();
        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst()).isEqualTo(new Diff.Line(Diff.Change.SKIPPED, 0, 0, "7 unchanged lines"));
        assertThat(lines.getLast().text()).isEqualTo("6 unchanged lines");
    }

    @Test
    void a_middle_beyond_the_limit_counts_as_replaced_whole() {
        var before = IntStream.range(0, 2_100).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
        var after = IntStream.range(0, 2_100)
                .mapToObj(i -> i % 2 == 0 ? "a" + i + "!" : "b" + i)
                .collect(Collectors.joining("\n"));
        var diff = Diff.of(before, after);
        assertThat(diff.removed()).isEqualTo(2_100);
        assertThat(diff.added()).isEqualTo(2_100);
    }

    @Test
    void what_is_kept_and_added_is_the_new_text_and_what_is_kept_and_removed_the_old() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var before = letters(random);
            var after = letters(random);
            var diff = Diff.of(String.join("\n", before), String.join("\n", after));
            for (var line : diff.lines()) {
                if (line.before() > 0) {
                    assertThat(line.text()).as("seed %d", seed).isEqualTo(before.get(line.before() - 1));
                }
                if (line.after() > 0) {
                    assertThat(line.text()).as("seed %d", seed).isEqualTo(after.get(line.after() - 1));
                }
            }
            assertThat(after.size() - before.size()).as("seed %d", seed).isEqualTo(diff.added() - diff.removed());
        }
    }

    private static List<String> letters(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
                .toList();
    }
}
