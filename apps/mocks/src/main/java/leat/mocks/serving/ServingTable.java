package leat.mocks.serving;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which mock answers at which address: immutable maps behind one reference, so that finding a mock takes no lock.
 *
 * <p>A new revision of a mock that is there already swaps one reference inside its {@link Served}, however many mocks there
 * are; only one that comes or goes copies the maps.
 */
final class ServingTable {
    private record Maps(Map<String, Served> byId, Map<String, Served> byHost, Map<String, Served> byPath) {}

    private final AtomicReference<Maps> maps = new AtomicReference<>(new Maps(Map.of(), Map.of(), Map.of()));
    private final RequestLogs logs;

    ServingTable(RequestLogs logs) {
        this.logs = logs;
    }

    @Nullable
    Served byHost(String host) {
        return maps.get().byHost.get(host);
    }

    @Nullable
    Served byPath(String path) {
        return maps.get().byPath.get(path);
    }

    Optional<Served> byId(String id) {
        return Optional.ofNullable(maps.get().byId.get(id));
    }

    Collection<Served> all() {
        return maps.get().byId.values();
    }

    /** How many mocks answer. */
    int size() {
        return maps.get().byId.size();
    }

    /** From now on this answers; the edition may still have to be loaded. */
    synchronized void put(Serving.Entry entry, Edition edition) {
        Maps now = maps.get();
        Served served = now.byId.get(entry.id());
        if (served != null && served.host.equals(entry.host()) && served.path.equals(entry.path())) {
            served.swap(edition);
            return;
        }
        var next = copy(now);
        remove(next, entry.id());
        add(next, entry, edition);
        maps.set(next);
    }

    /** From now on nothing answers for this mock. */
    synchronized void remove(String id) {
        if (maps.get().byId.containsKey(id)) {
            var next = copy(maps.get());
            remove(next, id);
            maps.set(next);
        }
    }

    /** Puts in everything that is not there yet, in one step, without loading it. */
    synchronized void putAbsent(List<Serving.Entry> entries) {
        var next = copy(maps.get());
        for (Serving.Entry entry : entries) {
            if (!next.byId.containsKey(entry.id())) {
                add(next, entry, new Edition(entry.revision(), entry.artefact()));
            }
        }
        maps.set(next);
    }

    /** Mocks that answer here and differ from, or are missing among, what should; and the other way round. */
    Set<String> differences(List<Serving.Entry> desired) {
        Map<String, Served> present = maps.get().byId;
        var differing = new HashSet<>(present.keySet());
        for (Serving.Entry entry : desired) {
            Served served = present.get(entry.id());
            if (served != null && served.edition().artefact.equals(entry.artefact())) {
                differing.remove(entry.id());
            } else {
                differing.add(entry.id());
            }
        }
        return differing;
    }

    private void add(Maps into, Serving.Entry entry, Edition edition) {
        var served = new Served(entry.id(), entry.host(), entry.path(), edition, logs.of(entry.id()));
        into.byId.put(entry.id(), served);
        into.byHost.put(entry.host(), served);
        into.byPath.put(entry.path(), served);
    }

    private static void remove(Maps from, String id) {
        Served served = from.byId.remove(id);
        if (served != null) {
            from.byHost.remove(served.host, served);
            from.byPath.remove(served.path, served);
        }
    }

    private static Maps copy(Maps maps) {
        return new Maps(new HashMap<>(maps.byId), new HashMap<>(maps.byHost), new HashMap<>(maps.byPath));
    }
}
