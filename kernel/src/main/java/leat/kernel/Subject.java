package leat.kernel;

import java.util.Optional;
import java.util.function.Function;

/**
 * Whose the {@link Personal} members of an event are, as the id of a person; the same id in all modules.
 *
 * <p>Pure, as deciders are. Empty when it is nobody's: the event is then stored as it is.
 */
@FunctionalInterface
public interface Subject<E> {
    /**
     * @param entity id of the entity to which the event happens
     * @param by who sent the command, see {@link Envelope}
     */
    Optional<String> of(E event, String entity, String by);

    /** The entity is the person. */
    static <E> Subject<E> entity() {
        return (event, entity, by) -> Optional.of(entity);
    }

    /** Whoever sent the command: {@code 01J0…} of {@code user:01J0…/session:01J1…}; nobody, when it was no person. */
    static <E> Subject<E> sender() {
        return (event, entity, by) -> {
            if (!by.startsWith("user:")) {
                return Optional.empty();
            }
            int slash = by.indexOf('/');
            return Optional.of(by.substring("user:".length(), slash < 0 ? by.length() : slash));
        };
    }

    /** The person whom the event names. */
    static <E> Subject<E> named(Function<E, String> id) {
        return (event, entity, by) -> Optional.of(id.apply(event));
    }
}
