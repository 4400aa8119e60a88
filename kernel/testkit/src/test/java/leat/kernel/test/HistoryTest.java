package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private void wrote(long version, long asked, long answered) {
        history.add(new History.Done(true, version, "state " + version, asked, answered, "a"));
    }

    private void read(long version, long asked, long answered) {
        history.add(new History.Done(false, version, "state " + version, asked, answered, "b"));
    }

    @Test
    void one_after_the_other_is_linearizable() {
        wrote(1, 0, 1);
        read(1, 2, 3);
        wrote(2, 4, 5);
        read(2, 6, 7);
        assertThat(history.broken()).isEmpty();
    }

    @Test
    void what_overlaps_may_have_happened_in_either_order() {
        wrote(1, 0, 1);
        wrote(2, 2, 10);
        read(1, 3, 9);
        read(2, 4, 5);
        assertThat(history.broken()).isEmpty();
    }

    @Test
    void an_old_reading_after_a_newer_answer_is_found() {
        wrote(1, 0, 1);
        wrote(2, 2, 3);
        read(1, 4, 5);
        assertThat(history.broken())
                .hasValueSatisfying(broken -> assertThat(broken).contains("version=1", "version=2"));
    }

    @Test
    void two_readings_that_go_back_in_time_are_found() {
        wrote(1, 0, 1);
        wrote(2, 2, 20);
        read(2, 3, 4);
        read(1, 5, 6);
        assertThat(history.broken()).isPresent();
    }

    @Test
    void two_writings_of_one_version_are_found() {
        wrote(1, 0, 10);
        wrote(1, 1, 9);
        assertThat(history.broken()).isPresent();
    }

    @Test
    void a_writing_that_is_not_newer_than_what_was_read_before_is_found() {
        read(1, 0, 1);
        wrote(1, 2, 3);
        assertThat(history.broken()).isPresent();
    }

    @Test
    void two_states_of_one_version_are_found() {
        wrote(1, 0, 1);
        history.add(new History.Done(false, 1, "another", 2, 3, "b"));
        assertThat(history.broken()).isPresent();
    }
}
