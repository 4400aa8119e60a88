package leat.kernel.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import leat.kernel.Claim;
import leat.kernel.Decider;
import leat.kernel.Decision;
import leat.kernel.Envelope;

/**
 * One sentence about a decider: {@code Scenario.of(DECIDER).given(written).when(new Archive()).then(new Archived())}.
 *
 * <p>Decides at {@link TestClock#START} as {@code user:tester} unless told otherwise.
 */
public final class Scenario<C, E, S> {
    private final Decider<C, E, S> decider;
    private final List<E> past = new ArrayList<>();
    private Instant at = TestClock.START;
    private String by = "user:tester";

    private Scenario(Decider<C, E, S> decider) {
        this.decider = decider;
    }

    public static <C, E, S> Scenario<C, E, S> of(Decider<C, E, S> decider) {
        return new Scenario<>(decider);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Scenario<C, E, S> given(E... events) {
        past.addAll(List.of(events));
        return this;
    }

    public Scenario<C, E, S> at(Instant time) {
        at = time;
        return this;
    }

    public Scenario<C, E, S> by(String who) {
        by = who;
        return this;
    }

    public Outcome<E, S> when(C command) {
        S state = decider.initial();
        for (E event : past) {
            state = decider.evolve(state, event);
        }
        Envelope envelope = new Envelope(new UUID(0, 1), "test", by, at);
        return new Outcome<>(decider, state, decider.decide(command, state, envelope));
    }

    /** What a command led to. */
    public record Outcome<E, S>(Decider<?, E, S> decider, S before, Decision<E> decision) {

        /** Exactly these events and no others. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Outcome<E, S> then(E... events) {
            assertThat(accepted().events()).containsExactly(events);
            return this;
        }

        /** It was so already. */
        public Outcome<E, S> thenNothing() {
            assertThat(accepted().events()).isEmpty();
            return this;
        }

        public Outcome<E, S> thenRefused(String code) {
            assertThat(decision).isInstanceOf(Decision.Refused.class);
            assertThat(((Decision.Refused<E>) decision).refusal().code()).isEqualTo(code);
            return this;
        }

        public Outcome<E, S> claiming(String space, String name) {
            assertThat(accepted().claims()).filteredOn(Claim::take).anySatisfy(claim -> {
                assertThat(claim.space()).isEqualTo(space);
                assertThat(claim.name()).isEqualTo(name);
            });
            return this;
        }

        public Outcome<E, S> releasing(String space, String name) {
            assertThat(accepted().claims()).filteredOn(claim -> !claim.take()).anySatisfy(claim -> {
                assertThat(claim.space()).isEqualTo(space);
                assertThat(claim.name()).isEqualTo(name);
            });
            return this;
        }

        /** The state that the events leave behind. */
        public S state() {
            S state = before;
            for (E event : accepted().events()) {
                state = decider.evolve(state, event);
            }
            return state;
        }

        private Decision.Accepted<E> accepted() {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
            return (Decision.Accepted<E>) decision;
        }
    }
}
