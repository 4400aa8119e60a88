package leat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Envelope;

/** A decider in words: given these events, when this command comes, then these events and no others. */
final class Given<C, E, S> {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final Decider<C, E, S> decider;
    private S state;

    @SafeVarargs
    @SuppressWarnings("varargs")
    Given(Decider<C, E, S> decider, E... events) {
        this.decider = decider;
        this.state = decider.initial();
        for (E event : events) {
            state = decider.evolve(state, event);
        }
    }

    Then<E> when(C command) {
        return when(command, NOW);
    }

    Then<E> when(C command, Instant at) {
        return new Then<>(decider.decide(command, state, new Envelope(new UUID(0, 1), "test", "system", at)));
    }

    record Then<E>(Decision<E> decision) {
        @SafeVarargs
        @SuppressWarnings("varargs")
        final Then<E> then(E... events) {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
            assertThat(((Decision.Accepted<E>) decision).events()).isEqualTo(List.of(events));
            return this;
        }

        Then<E> claiming(String... spacesAndNames) {
            assertThat(((Decision.Accepted<E>) decision)
                            .claims().stream()
                                    .map(claim -> (claim.take() ? "+" : "-") + claim.space() + " " + claim.name()))
                    .containsExactly(spacesAndNames);
            return this;
        }

        void refused(String code) {
            assertThat(decision).isInstanceOf(Decision.Refused.class);
            assertThat(((Decision.Refused<E>) decision).refusal().code()).isEqualTo(code);
        }

        void refused(String code, String... fields) {
            refused(code);
            assertThat(((Decision.Refused<E>) decision)
                            .refusal().violations().stream().map(one -> one.field()))
                    .containsExactly(fields);
        }
    }
}
