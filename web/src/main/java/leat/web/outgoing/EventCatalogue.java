package leat.web.outgoing;

import java.util.Comparator;
import java.util.List;

/**
 * Every event type of every module, for whoever lets people choose among them. A module adds one of these while it is
 * mounted, and the platform fills it once all modules are.
 */
public final class EventCatalogue {
    private volatile List<EventType> types = List.of();

    /** An empty one. */
    public EventCatalogue() {}

    /** Takes in what the modules have added. */
    public void fill(List<EventType> all) {
        types = all.stream().sorted(Comparator.comparing(EventType::name)).toList();
    }

    /** By name. */
    public List<EventType> types() {
        return types;
    }
}
