package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import leat.kernel.Refusal;
import org.junit.jupiter.api.Test;

class FormStateTest {
    @Test
    void a_refused_form_keeps_what_was_typed_and_puts_each_sentence_at_its_field() {
        var refusal = Refusal.invalid(
                "mock.invalid",
                "Two fields.",
                List.of(new Refusal.Violation("name", "too-long", "At most 80 characters.")));
        var state = new FormState(Map.of("name", List.of("x".repeat(81))), List.of()).refused(refusal);
        assertThat(state.value("name")).hasSize(81);
        assertThat(state.error("name")).contains("At most 80 characters.");
        assertThat(state.error("address")).isEmpty();
        assertThat(state.errorsBeside(List.of("name"))).isEmpty();
    }

    @Test
    void a_refusal_without_violations_is_about_the_whole_form() {
        var state =
                FormState.empty().refused(Refusal.of(Refusal.Kind.CONFLICT, "mock.taken", "That address is taken."));
        assertThat(state.errorsBeside(List.of("name"))).containsExactly("That address is taken.");
        assertThat(state.refused()).isTrue();
    }

    @Test
    void an_absent_value_is_the_empty_text() {
        assertThat(FormState.empty().value("name")).isEmpty();
        assertThat(FormState.empty().has("scope", "mocks:read")).isFalse();
    }
}
