package leat.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A closed set of {@link Wire}s, found by class when writing and by name when reading. */
public final class Wires<T> {
    private final Lazy<Index<T>> index;

    public Wires(Collection<? extends Wire<? extends T>> wires) {
        Index<T> made = new Index<>(wires);
        this.index = Lazy.of(() -> made);
    }

    private Wires(Supplier<Collection<Wire<? extends T>>> wires) {
        this.index = Lazy.of(() -> new Index<>(wires.get()));
    }

    /** The records that a sealed interface permits, each named after its class: {@code prefix.class-name}. */
    static <T> Wires<T> ofSealed(String prefix, Class<T> sealed) {
        if (!sealed.isSealed()) {
            throw new IllegalArgumentException(sealed.getName() + " is not sealed");
        }
        // Looked through when the first of them is needed, which on most starts is never.
        return new Wires<>(() -> {
            List<Wire<? extends T>> wires = new ArrayList<>();
            addPermitted(prefix, sealed, wires);
            return wires;
        });
    }

    private static <T> void addPermitted(String prefix, Class<? extends T> sealed, List<Wire<? extends T>> wires) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Class<? extends T> one = permitted.asSubclass(sealed);
            if (one.isSealed()) {
                addPermitted(prefix, one, wires);
            } else {
                wires.add(Wire.of(prefix + "." + hyphenated(one.getSimpleName()), one));
            }
        }
    }

    private static String hyphenated(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static final class Index<T> {
        final Map<Class<?>, Wire<? extends T>> byType = new HashMap<>();
        final Map<String, Wire<? extends T>> byName = new HashMap<>();

        Index(Collection<? extends Wire<? extends T>> wires) {
            for (Wire<? extends T> wire : wires) {
                if (byType.put(wire.type(), wire) != null || byName.put(wire.name(), wire) != null) {
                    throw new IllegalArgumentException(wire.name() + " is declared twice");
                }
            }
        }
    }

    /** The wire of a value's class; a class that was not declared is a mistake in the module. */
    public Wire<? extends T> of(Object value) {
        Wire<? extends T> wire = index.get().byType.get(value.getClass());
        if (wire == null) {
            throw new IllegalStateException(
                    value.getClass().getName() + " has no wire name; declare it beside its entity");
        }
        return wire;
    }

    /** The wire of a value's class, if it has one. */
    public Optional<Wire<? extends T>> find(Object value) {
        return Optional.ofNullable(index.get().byType.get(value.getClass()));
    }

    public Optional<Wire<? extends T>> named(String name) {
        return Optional.ofNullable(index.get().byName.get(name));
    }

    /** Reads a stored value; an unknown name fails loudly, for skipping it would corrupt the fold. */
    public T decode(String name, int schema, byte[] json) {
        Wire<? extends T> wire = index.get().byName.get(name);
        if (wire == null) {
            throw new IllegalStateException(
                    "\"" + name + "\" is not known to this version of Leat; run a newer version");
        }
        return wire.decode(schema, json);
    }

    public List<Wire<? extends T>> all() {
        return List.copyOf(index.get().byName.values());
    }

    public boolean isEmpty() {
        return index.get().byName.isEmpty();
    }
}
