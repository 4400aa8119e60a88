package leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columns_are_aligned_and_nothing_trails() {
        Table table = Table.of("No pets.", "NAME", "AGE").row("Rex", 3).row("Änne-Marie", 12);
        assertThat(table.lines(false)).containsExactly("NAME        AGE", "Rex         3", "Änne-Marie  12");
    }

    @Test
    void colours_do_not_disturb_the_columns() {
        Table table = Table.of("", "STATE", "NAME").row(new Table.Cell("up", Style.GREEN), "a");
        assertThat(table.lines(true).getLast()).isEqualTo("\u001b[32mup\u001b[0m     a");
    }

    @Test
    void an_empty_table_says_its_sentence() {
        assertThat(Table.of("No pets.", "NAME").lines(false)).containsExactly("No pets.");
    }

    @Test
    void data_cannot_steer_the_terminal() {
        assertThat(Table.of("", "A").row("x\u001b[2J\ny").lines(false).getLast())
                .isEqualTo("x [2J y");
    }

    @Test
    void a_row_has_a_cell_for_each_heading() {
        assertThatThrownBy(() -> Table.of("", "A", "B").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
