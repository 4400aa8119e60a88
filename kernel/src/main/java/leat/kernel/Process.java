package leat.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A decider over events: what has happened, together with what it remembers under a key, makes it send commands and ask
 * for tasks. Pure; what it sends carries ids derived from the event, so an event that comes twice changes nothing.
 *
 * <p>One thread of one node runs it, in order for each entity, so what it remembers under a key may come from many entities
 * and modules.
 *
 * <p>When it throws, its key is parked at that event and waits for a person; all other keys go on.
 *
 * @param <S> what it remembers under a key; {@link Nothing} when it does not need to
 */
public final class Process<S> {
    private final String name;
    private final Class<S> memory;
    private final S initial;
    private final Set<String> modules = new TreeSet<>();
    private final Map<Class<?>, Step<S, ?>> steps = new LinkedHashMap<>();

    private Process(String name, Class<S> memory, S initial) {
        this.name = name;
        this.memory = memory;
        this.initial = initial;
        modules.add(name.substring(0, name.indexOf('.')));
    }

    /** Remembers nothing. */
    public record Nothing() {}

    /** A process that needs no memory; its keys are the entities. */
    public static Process<Nothing> named(String name) {
        return new Process<>(name, Nothing.class, new Nothing());
    }

    /** A process that remembers something under each key, stored as JSON. */
    public static <S> Process<S> remembering(String name, Class<S> memory, S initial) {
        return new Process<>(name, memory, initial);
    }

    /** Follows another module's events too; a node that hosts this process must host that module as well. */
    public Process<S> follows(String module) {
        modules.add(module);
        return this;
    }

    public <E> Process<S> on(Class<E> event, Function<Recorded<E>, Reaction<S>> react) {
        return on(event, Recorded::id, (state, it) -> react.apply(it));
    }

    public <E> Process<S> on(
            Class<E> event, Function<Recorded<E>, String> key, BiFunction<S, Recorded<E>, Reaction<S>> react) {
        if (steps.put(event, new Step<>(key, react)) != null) {
            throw new IllegalArgumentException(name + " reacts to " + event.getSimpleName() + " twice");
        }
        return this;
    }

    /** How one kind of event is keyed and answered. */
    public record Step<S, E>(Function<Recorded<E>, String> key, BiFunction<S, Recorded<E>, Reaction<S>> react) {}

    public String name() {
        return name;
    }

    public Class<S> memory() {
        return memory;
    }

    public S initial() {
        return initial;
    }

    public Set<String> modules() {
        return Set.copyOf(modules);
    }

    public Map<Class<?>, Step<S, ?>> steps() {
        return Map.copyOf(steps);
    }
}
