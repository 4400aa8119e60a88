package leat.kernel;

import java.util.function.BiFunction;

/**
 * An entity's whole behaviour as two pure functions: what a command makes happen, and what an event leaves behind.
 *
 * <p>Neither may look at a clock, make an id, throw a die or touch the outside; what they need arrives in the command or
 * its {@link Envelope}. {@code evolve} must accept every event that {@code decide} ever made.
 *
 * @param initial the state of an entity to which nothing has happened yet
 */
public record Decider<C, E, S>(S initial, Decide<C, E, S> decide, BiFunction<S, E, S> evolve) {

    /** A decider whose decisions need to know who asks and when. */
    public static <C, E, S> Decider<C, E, S> of(S initial, Decide<C, E, S> decide, BiFunction<S, E, S> evolve) {
        return new Decider<>(initial, decide, evolve);
    }

    /** A decider whose decisions rest on command and state alone. */
    public static <C, E, S> Decider<C, E, S> of(
            S initial, BiFunction<C, S, Decision<E>> decide, BiFunction<S, E, S> evolve) {
        return new Decider<>(initial, (command, state, envelope) -> decide.apply(command, state), evolve);
    }

    public Decision<E> decide(C command, S state, Envelope envelope) {
        return decide.decide(command, state, envelope);
    }

    public S evolve(S state, E event) {
        return evolve.apply(state, event);
    }

    /** What a command makes happen to an entity in a state. */
    @FunctionalInterface
    public interface Decide<C, E, S> {
        Decision<E> decide(C command, S state, Envelope envelope);
    }
}
