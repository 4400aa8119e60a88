package leat.kernel;

import java.util.List;

/**
 * A kind of entity: its name in streams, its decider, and how its events, commands and states are written down.
 *
 * <p>{@code EntityType.of("note", DECIDER, Wire.of("note.written", Written.class), …)}
 *
 * @param name in streams, for ever: {@code note}
 * @param commands only those that processes send or that travel between nodes need a wire
 * @param snapshots how folded states are kept so that long streams load quickly
 */
public record EntityType<C, E, S>(
        String name, Decider<C, E, S> decider, Wires<E> events, Wires<C> commands, Snapshots<S> snapshots) {

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C, E, S> EntityType<C, E, S> of(String name, Decider<C, E, S> decider, Wire<? extends E>... events) {
        return new EntityType<>(
                name,
                decider,
                new Wires<>(List.of(events)),
                new Wires<>(List.of()),
                new Snapshots<>("", 0, new Wires<>(List.of())));
    }

    /** Declares the commands that are stored or sent. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final EntityType<C, E, S> commands(Wire<? extends C>... wires) {
        return new EntityType<>(name, decider, events, new Wires<>(List.of(wires)), snapshots);
    }

    /**
     * Keeps the folded state every so many events.
     *
     * @param tag change it whenever {@code evolve} or the states change; older snapshots are then left aside
     * @param every events between snapshots
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final EntityType<C, E, S> snapshots(String tag, int every, Wire<? extends S>... states) {
        return new EntityType<>(
                name, decider, events, commands, new Snapshots<>(tag, every, new Wires<>(List.of(states))));
    }

    /** @param every 0 for none */
    public record Snapshots<S>(String tag, int every, Wires<S> states) {}
}
