package leat.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");

    private static Clock standing(Instant at) {
        return Clock.fixed(at, ZoneOffset.UTC);
    }

    @Test
    void an_id_has_13_characters_and_tells_when_it_was_made() {
        String id = new Ids(standing(NOW), 7).next();

        assertThat(id).hasSize(Ids.LENGTH).matches("[0-9A-HJKMNP-TV-Z]{13}");
        assertThat(Ids.isId(id)).isTrue();
        assertThat(Ids.createdAt(id)).isEqualTo(NOW);
    }

    @Test
    void ids_rise_even_when_the_clock_stands_still_or_steps_back() {
        var clock = new Object() {
            Instant now = NOW;
        };
        Ids ids = new Ids(
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return clock.now;
                    }
                },
                0);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        clock.now = NOW.minusSeconds(60);
        made.add(ids.next());

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ids_of_many_threads_and_nodes_are_distinct() {
        Set<String> all = ConcurrentHashMap.newKeySet();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8).forEach(node -> {
                Ids ids = new Ids(standing(NOW), node % 2);
                pool.execute(() -> IntStream.range(0, 2_000).forEach(i -> all.add(ids.next() + node / 2)));
            });
        }

        assertThat(all).hasSize(16_000);
    }

    @Test
    void a_node_number_out_of_range_is_refused() {
        assertThatThrownBy(() -> new Ids(standing(NOW), Ids.MAX_NODE + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 1023");
    }

    @Test
    void text_that_is_no_id_is_recognized() {
        for (String bad :
                List.of("", "0S9T95P8C000", "0S9T95P8C00000", "0S9T95P8C000I", "ZZZZZZZZZZZZZ", "0s9t95p8c0000")) {
            assertThat(Ids.isId(bad)).as(bad).isFalse();
        }
    }

    @Test
    void a_command_id_is_a_uuid_of_version_7_that_sorts_by_time() {
        UUID first = new Ids(standing(NOW), 0).nextCommand();
        UUID later = new Ids(standing(NOW.plusMillis(1)), 0).nextCommand();

        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.toString()).isLessThan(later.toString());
    }

    @Test
    void an_id_derived_from_the_same_cause_is_the_same_and_from_another_is_not() {
        assertThat(Ids.derived(NOW, "note/1/2")).isEqualTo(Ids.derived(NOW, "note/1/2"));
        assertThat(Ids.derived(NOW, "note/1/2").version()).isEqualTo(8);
        Set<UUID> many = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50_000).forEach(i -> many.add(Ids.derived(NOW, "note/" + i)));
        assertThat(many).hasSize(50_000);
    }
}
