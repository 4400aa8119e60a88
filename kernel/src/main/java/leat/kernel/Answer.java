package leat.kernel;

/**
 * An entity as it stands after a command or at a reading; everything in it is durable.
 *
 * @param version number of events so far; 0 when nothing has happened yet
 * @param position of the last event that this answer rests on, for waiting until a view shows it
 */
public record Answer<S>(String id, S state, long version, Position position) {}
