package leat.platform.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import leat.kernel.port.Kept;
import leat.kernel.runtime.Folds;

/** Counts and sums up what passes, so that what left can be compared with what arrived. */
final class Account {
    private final Folds folds;
    private final Map<String, Partition> partitions = new TreeMap<>();
    private final Map<String, Long> beside = new TreeMap<>();

    private static final class Partition {
        long events;
        final MessageDigest digest = sha256();
    }

    Account(Folds folds) {
        this.folds = folds;
    }

    void next(Kept kept, byte[] line) {
        if (kept instanceof Kept.Event(var event)) {
            Partition partition = partitions.computeIfAbsent(event.partition().toString(), p -> new Partition());
            partition.events++;
            partition.digest.update(line);
            folds.next(event);
        } else {
            beside.merge(Lines.kind(kept), 1L, Long::sum);
        }
    }

    /** How many people have a key, or had one. */
    void keys(long count) {
        if (count > 0) {
            beside.put("key", count);
        }
    }

    /** Asked once, at the end. */
    Map<String, Manifest.Summary> partitions() {
        Map<String, Manifest.Summary> summaries = new TreeMap<>();
        partitions.forEach((name, partition) -> summaries.put(
                name, new Manifest.Summary(partition.events, HexFormat.of().formatHex(partition.digest.digest()))));
        return summaries;
    }

    Map<String, Folds.Fold> entities() {
        return folds.folds();
    }

    Map<String, Long> beside() {
        return beside;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
