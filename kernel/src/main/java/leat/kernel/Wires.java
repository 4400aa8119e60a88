package leat.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A closed set of {@link Wire}s, found by class when writing and by name when reading. */
public final class Wires<T> {
    private final Map<Class<?>, Wire<? extends T>> byType = new HashMap<>();
    private final Map<String, Wire<? extends T>> byName = new HashMap<>();

    public Wires(Collection<? extends Wire<? extends T>> wires) {
        for (Wire<? extends T> wire : wires) {
            if (byType.put(wire.type(), wire) != null || byName.put(wire.name(), wire) != null) {
                throw new IllegalArgumentException(wire.name() + " is declared twice");
            }
        }
    }

    /** The wire of a value's class; a class that was not declared is a mistake in the module. */
    public Wire<? extends T> of(Object value) {
        Wire<? extends T> wire = byType.get(value.getClass());
        if (wire == null) {
            throw new IllegalStateException(
                    value.getClass().getName() + " has no wire name; declare it beside its entity");
        }
        return wire;
    }

    public Optional<Wire<? extends T>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Reads a stored value; an unknown name fails loudly, for skipping it would corrupt the fold. */
    public T decode(String name, int schema, byte[] json) {
        Wire<? extends T> wire = byName.get(name);
        if (wire == null) {
            throw new IllegalStateException(
                    "\"" + name + "\" is not known to this version of Leat; run a newer version");
        }
        return wire.decode(schema, json);
    }

    public List<Wire<? extends T>> all() {
        return List.copyOf(byName.values());
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }
}
