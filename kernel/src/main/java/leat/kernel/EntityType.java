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

    /**
     * Declares all commands of a sealed interface, so that nodes can send them to each other: {@code Write} of {@code note}
     * travels as {@code note.write}. They are on their way for seconds, between nodes of one release or the next, so their
     * names need not outlive a class; those that processes send are stored, and better declared one by one.
     */
    public EntityType<C, E, S> commands(Class<C> sealed) {
        return new EntityType<>(name, decider, events, Wires.ofSealed(name, sealed), snapshots);
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
