package leat.kernel.runtime;

/** Closes what cannot fail in a way that anybody could do something about. */
final class Quietly {
    private Quietly() {}

    static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            System.getLogger("leat.runtime").log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
