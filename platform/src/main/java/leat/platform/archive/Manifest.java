package leat.platform.archive;

import java.time.Instant;
import java.util.Map;
import leat.kernel.runtime.Folds;

/**
 * What an archive says of itself, written last: an archive without it is not complete.
 *
 * @param format grows when older code could not read it
 * @param release of the Leat that wrote it
 * @param engine on which it was: {@code embedded}
 * @param partitions the events of each: {@code mocks/3}
 * @param entities what they fold to, by kind
 * @param beside how much stands beside the events, by kind: {@code claim}
 * @param blobs how many
 * @param logs each with its length in bytes, and whether it has ended
 */
public record Manifest(
        int format,
        String release,
        String engine,
        Instant at,
        Map<String, Summary> partitions,
        Map<String, Folds.Fold> entities,
        Map<String, Long> beside,
        long blobs,
        Map<String, Log> logs) {
    /** 1 had no keys. */
    static final int FORMAT = 2;

    /** @param sha256 of the lines of its events, in order */
    public record Summary(long events, String sha256) {}

    public record Log(long bytes, boolean sealed) {}

    public long events() {
        return partitions.values().stream().mapToLong(Summary::events).sum();
    }
}
