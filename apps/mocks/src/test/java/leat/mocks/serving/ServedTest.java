package leat.mocks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A mock whose answers are slow leaves the event loop, and comes back when they are quick again. */
final class ServedTest {
    private final Served served =
            new Served("m", "m-acme.localhost", "acme/m", new Edition(1, "artefact"), new RequestLog());

    private void takes(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            served.took(nanos, 1);
        }
    }

    @Test
    void one_slow_answer_is_forgiven() {
        takes(1, Served.SLOW_NANOS + 1);
        assertThat(served.isHeavy()).isFalse();
    }

    @Test
    void several_slow_answers_make_it_heavy_until_enough_are_quick() {
        takes(4, Served.SLOW_NANOS + 1);
        assertThat(served.isHeavy()).isTrue();

        takes(1, 1_000);
        assertThat(served.isHeavy()).isFalse();
    }

    @Test
    void however_slow_it_was_some_dozen_quick_answers_are_enough() {
        takes(1_000, Served.SLOW_NANOS + 1);
        takes(32, 1_000);
        assertThat(served.isHeavy()).isTrue();
        takes(1, 1_000);
        assertThat(served.isHeavy()).isFalse();
    }
}
