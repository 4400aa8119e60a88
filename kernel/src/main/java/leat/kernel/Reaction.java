package leat.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a process answers to an event.
 *
 * @param memory what it remembers from now on; empty leaves it as it was
 * @param forgets whether it forgets the key
 */
public record Reaction<S>(Optional<S> memory, boolean forgets, List<Send> sends) {

    public static <S> Reaction<S> none() {
        return new Reaction<>(Optional.empty(), false, List.of());
    }

    public static <S> Reaction<S> remember(S memory) {
        return new Reaction<>(Optional.of(memory), false, List.of());
    }

    public static <S> Reaction<S> forget() {
        return new Reaction<>(Optional.empty(), true, List.of());
    }

    /** Sends a command, delivered until it is accepted or refused; it needs a wire in its entity type. */
    public <C> Reaction<S> tell(EntityType<C, ?, ?> type, String id, C command) {
        return and(new Tell(type, id, command));
    }

    /** Asks for a task. */
    public Reaction<S> task(String kind, String key, Object payload, Instant notBefore) {
        return and(new Do(new Decision.Work(kind, key, payload, notBefore)));
    }

    private Reaction<S> and(Send send) {
        List<Send> more = new ArrayList<>(sends);
        more.add(send);
        return new Reaction<>(memory, forgets, more);
    }

    /** Something that leaves the process. */
    public sealed interface Send {}

    public record Tell(EntityType<?, ?, ?> type, String id, Object command) implements Send {}

    public record Do(Decision.Work work) implements Send {}
}
