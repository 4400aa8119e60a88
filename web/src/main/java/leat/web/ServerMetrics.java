package leat.web;

/** Is told what the server does, to count it; called often and from any thread, so it must be quick and never throw. */
public interface ServerMetrics {
    /** Counts nothing. */
    ServerMetrics NONE = new ServerMetrics() {};

    /**
     * A request was answered.
     *
     * @param pattern the path pattern of its route; {@code (assets)} and {@code (none)} for the others, so that labels stay
     *     few
     */
    default void answered(String method, String pattern, int status, long durationNanos) {}

    default void connectionOpened() {}

    default void connectionClosed() {}

    default void streamOpened() {}

    default void streamClosed() {}
}
