package leat.kernel.test;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import leat.kernel.port.Keys;

/** Keys in a map. */
final class MemoryKeys implements Keys {
    private final Map<String, Key> keys = new TreeMap<>();

    @Override
    public synchronized Optional<Key> find(String person) {
        return Optional.ofNullable(keys.get(person));
    }

    @Override
    public synchronized Key keep(String person, byte[] wrapped) {
        return keys.computeIfAbsent(person, any -> Key.kept(wrapped));
    }

    @Override
    public synchronized void rewrap(String person, byte[] before, byte[] after) {
        find(person)
                .flatMap(Key::wrapped)
                .filter(present -> java.util.Arrays.equals(present, before))
                .ifPresent(present -> keys.put(person, Key.kept(after)));
    }

    @Override
    public synchronized void forget(String person, Instant at) {
        if (find(person).flatMap(Key::forgottenAt).isEmpty()) {
            keys.put(person, Key.forgotten(at));
        }
        keys.remove(SNAPSHOTS);
    }

    @Override
    public synchronized long forgotten() {
        return keys.values().stream()
                .filter(key -> key.forgottenAt().isPresent())
                .count();
    }

    @Override
    public void each(BiConsumer<String, Key> listener) {
        Map<String, Key> copy;
        synchronized (this) {
            copy = new TreeMap<>(keys);
        }
        copy.forEach(listener);
    }
}
