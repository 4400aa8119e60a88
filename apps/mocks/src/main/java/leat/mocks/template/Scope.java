package leat.mocks.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that are good at one place of a template, and the slot in which a rendering keeps each one's value. */
final class Scope {
    static final String LOOP = "forloop";

    private record Local(String name, int slot) {}

    private final List<Local> locals = new ArrayList<>();
    private final Map<String, Integer> rootSlots = new HashMap<>();
    private int slots;

    /** How many enclosing tags could not be read, so that names they would have made are not reported as unknown. */
    private int unreadable;

    int newSlot() {
        return slots++;
    }

    int slots() {
        return slots;
    }

    int depth() {
        return locals.size();
    }

    int declare(String name) {
        int slot = newSlot();
        locals.add(new Local(name, slot));
        return slot;
    }

    /** Forgets the names declared since the scope had this depth. */
    void leave(int depth) {
        locals.subList(depth, locals.size()).clear();
    }

    /** The slot of the innermost local of that name, or -1. */
    int local(String name) {
        for (int i = locals.size() - 1; i >= 0; i--) {
            if (locals.get(i).name.equals(name)) {
                return locals.get(i).slot;
            }
        }
        return -1;
    }

    int root(String name) {
        return rootSlots.computeIfAbsent(name, _ -> newSlot());
    }

    Set<String> roots() {
        return rootSlots.keySet();
    }

    Collection<String> known() {
        Set<String> known = new HashSet<>(Roots.REQUEST);
        known.addAll(Roots.BUILT_IN);
        locals.forEach(local -> known.add(local.name));
        return known;
    }

    void enterUnreadable() {
        unreadable++;
    }

    void leaveUnreadable() {
        unreadable--;
    }

    boolean isReadable() {
        return unreadable == 0;
    }
}
