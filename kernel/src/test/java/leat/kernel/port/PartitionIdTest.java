package leat.kernel.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import leat.kernel.Ids;
import org.junit.jupiter.api.Test;

final class PartitionIdTest {
    /** Stored positions depend on these: a change here loses every data folder. */
    @Test
    void the_partition_of_an_entity_never_changes() {
        assertThat(PartitionId.of("notes", new StreamId("note", "0S9T95P8C0000"))
                        .toString())
                .isEqualTo("notes/5");
        assertThat(PartitionId.of("notes", new StreamId("note", "a")).toString())
                .isEqualTo("notes/4");
        assertThat(PartitionId.of("notes", new StreamId("note", "")).number()).isBetween(0, PartitionId.COUNT - 1);
    }

    @Test
    void ids_made_one_after_the_other_spread_over_all_partitions() {
        Ids ids = new Ids(Clock.systemUTC(), 0);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 16_000; i++) {
            counts.merge(
                    PartitionId.of("notes", new StreamId("note", ids.next())).number(), 1, Integer::sum);
        }

        assertThat(counts).hasSize(PartitionId.COUNT);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(700, 1_300));
    }

    @Test
    void names_are_read_as_they_are_written() {
        assertThat(PartitionId.parse("notes/13")).isEqualTo(new PartitionId("notes", 13));
        assertThat(StreamId.parse("note/a/b")).isEqualTo(new StreamId("note", "a/b"));
    }
}
