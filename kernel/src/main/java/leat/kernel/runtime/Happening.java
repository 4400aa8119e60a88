package leat.kernel.runtime;

import leat.kernel.Position;
import leat.kernel.Recorded;
import leat.kernel.port.StoredEvent;
import org.jspecify.annotations.Nullable;

/** A stored event that is decoded at most once, however many views and processes see it. */
final class Happening {
    private final StoredEvent stored;
    private volatile @Nullable Object event;

    Happening(StoredEvent stored, @Nullable Object event) {
        this.stored = stored;
        this.event = event;
    }

    StoredEvent stored() {
        return stored;
    }

    Recorded<Object> decoded(EventTypes types) {
        return recorded(stored, event(types));
    }

    /** Decodes it anew when it is needed again: somebody was forgotten meanwhile. */
    void forget() {
        event = null;
    }

    /** The event alone, without its circumstances. */
    Object event(EventTypes types) {
        Object decoded = event;
        if (decoded == null) {
            decoded = types.decode(stored);
            event = decoded;
        }
        return decoded;
    }

    static <E> Recorded<E> recorded(StoredEvent stored, E event) {
        return new Recorded<>(
                event,
                stored.stream().type(),
                stored.stream().id(),
                stored.version(),
                new Position(stored.partition().toString(), stored.position()),
                stored.at(),
                stored.commandId(),
                stored.correlationId(),
                stored.by());
    }
}
