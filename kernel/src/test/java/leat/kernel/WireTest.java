package leat.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WireTest {
    record Written(String title, Optional<String> body, Instant at) {}

    record Named(String name, String language) {}

    private static final Wire<Named> NAMED = Wire.of("note.named", Named.class)
            .schema(3)
            .upcast(1, json -> json.put("name", json.path("title").asString()).without("title"))
            .upcast(2, json -> json.put("language", "und"));

    @Test
    void what_is_written_is_read_back_the_same() {
        Wire<Written> wire = Wire.of("note.written", Written.class);
        Written written = new Written("Ünïcode \"quoted\"", Optional.empty(), Instant.parse("2026-06-01T12:00:00Z"));

        assertThat(wire.decode(1, wire.encode(written))).isEqualTo(written);
    }

    @Test
    void an_older_shape_is_read_by_its_upcasters_in_order() {
        assertThat(NAMED.decode(1, "{\"title\": \"a\"}".getBytes(UTF_8))).isEqualTo(new Named("a", "und"));
        assertThat(NAMED.decode(2, "{\"name\": \"a\"}".getBytes(UTF_8))).isEqualTo(new Named("a", "und"));
    }

    @Test
    void a_newer_shape_fails_and_says_what_to_do() {
        assertThatThrownBy(() -> NAMED.decode(4, "{}".getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run a newer version");
    }

    @Test
    void a_member_that_the_record_does_not_have_fails_loudly() {
        assertThatThrownBy(() -> NAMED.decode(3, "{\"name\": \"a\", \"language\": \"b\", \"more\": 1}".getBytes(UTF_8)))
                .hasMessageContaining("more");
    }

    @Test
    void an_unknown_name_fails_loudly() {
        Wires<Named> wires = new Wires<>(List.of(NAMED));

        assertThatThrownBy(() -> wires.decode("note.burnt", 1, "{}".getBytes(UTF_8)))
                .hasMessageContaining("note.burnt");
    }

    @Test
    void one_name_or_class_declared_twice_is_a_mistake() {
        assertThatThrownBy(() -> new Wires<Object>(List.of(NAMED, Wire.of("note.named", Written.class))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wires<Object>(List.of(NAMED, Wire.of("note.other", Named.class))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
