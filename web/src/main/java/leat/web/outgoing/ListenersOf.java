package leat.web.outgoing;

import java.util.List;
import java.util.Set;
import leat.kernel.Ask;

/** Asks who wants to be told of an organization's events. */
public record ListenersOf(String organization) implements Ask<ListenersOf.Found> {

    /** @param types names of event types */
    public record Listener(String id, Set<String> types) {
        public Listener {
            types = Set.copyOf(types);
        }
    }

    /** Those that are turned on. */
    public record Found(List<Listener> listeners) {
        public Found {
            listeners = List.copyOf(listeners);
        }
    }
}
