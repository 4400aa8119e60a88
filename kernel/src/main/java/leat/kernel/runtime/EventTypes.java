package leat.kernel.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import leat.kernel.EntityType;
import leat.kernel.Wire;
import leat.kernel.port.StoredEvent;

/** Every event name that the hosted modules have declared, so that views and processes can read each other's. */
final class EventTypes {
    private final Map<String, Wire<?>> byName = new HashMap<>();
    private final Sealing sealing;

    EventTypes(Sealing sealing) {
        this.sealing = sealing;
    }

    void declare(EntityType<?, ?, ?> type) {
        for (Wire<?> wire : type.events().all()) {
            if (byName.put(wire.name(), wire) != null) {
                throw new IllegalStateException("the event name \"" + wire.name() + "\" is declared twice");
            }
        }
    }

    Object decode(StoredEvent stored) {
        Wire<?> wire = byName.get(stored.type());
        if (wire == null) {
            throw new IllegalStateException(
                    "\"" + stored.type() + "\" is not known to this version of Leat; run a newer version");
        }
        return sealing.read(wire, stored);
    }

    /** The wire names of these classes; views skip all other events without reading them. */
    Set<String> names(Set<Class<?>> classes, String reader) {
        Set<String> names = byName.values().stream()
                .filter(wire -> classes.contains(wire.type()))
                .map(Wire::name)
                .collect(Collectors.toSet());
        if (names.size() < classes.size()) {
            throw new IllegalStateException(reader + " follows an event that no hosted module has declared");
        }
        return names;
    }

    /** Whether any of these names is of an event that tells of a person. */
    boolean personal(Set<String> names) {
        return byName.values().stream().anyMatch(wire -> wire.subject().isPresent() && names.contains(wire.name()));
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }
}
