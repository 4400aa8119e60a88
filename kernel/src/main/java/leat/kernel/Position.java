package leat.kernel;

/**
 * A place in the journal: an event's number in its partition. A view that has passed it shows that event.
 *
 * @param partition {@code mocks/3}
 * @param number 0 stands before the first event
 */
public record Position(String partition, long number) {}
