package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import leat.kernel.runtime.Folds;
import leat.platform.archive.Manifest;
import org.junit.jupiter.api.Test;

final class MovingHouseTest {
    @Test
    void the_summary_counts_in_grammatical_english() {
        assertThat(MovingHouse.summary(manifest(1, 1, 1, Map.of("l", new Manifest.Log(0, true)))))
                .isEqualTo("1 event of 1 entity, 1 blob and 1 log");
        assertThat(MovingHouse.summary(manifest(12_345, 2, 0, Map.of())))
                .isEqualTo("12,345 events of 2 entities, 0 blobs and 0 logs");
    }

    private static Manifest manifest(long events, long entities, long blobs, Map<String, Manifest.Log> logs) {
        return new Manifest(
                1,
                "1.0",
                "embedded",
                Instant.EPOCH,
                Map.of("notes/0", new Manifest.Summary(events, "")),
                Map.of("note", new Folds.Fold(entities, "")),
                Map.of(),
                blobs,
                logs);
    }
}
