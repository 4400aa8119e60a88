package leat.engine.embedded;

import java.time.Duration;

/**
 * What an operator may tune; the defaults suit two cores and a few hundred megabytes.
 *
 * @param readConnections connections that read one database at a time, 1 to 64; more readers wait. Default 4
 * @param cacheMebibytes page cache of a writing connection in MiB, 1 to 4,096. Default 32
 * @param walMebibytes size in MiB that the journal's write-ahead log is kept to, 4 to 4,096; a transaction that is under
 *     way may pass it. Default 64
 * @param lockPatience how long a commit waits for another program that has locked the journal, up to a minute. Default 2
 *     seconds
 */
public record EmbeddedSettings(int readConnections, int cacheMebibytes, int walMebibytes, Duration lockPatience) {
    public static final EmbeddedSettings DEFAULT = new EmbeddedSettings(4, 32, 64, Duration.ofSeconds(2));

    public EmbeddedSettings {
        within("readConnections", readConnections, 1, 64);
        within("cacheMebibytes", cacheMebibytes, 1, 4_096);
        within("walMebibytes", walMebibytes, 4, 4_096);
        within("lockPatience in milliseconds", lockPatience.toMillis(), 0, 60_000);
    }

    private static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
