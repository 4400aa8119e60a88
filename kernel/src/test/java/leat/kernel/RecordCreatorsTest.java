package leat.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class RecordCreatorsTest {
    enum Kind {
        SMALL,
        LARGE
    }

    record Point(int x, long y, double z, boolean seen) {}

    record Parcel(String name, Optional<String> note, List<Point> route, Kind kind, Instant at) {}

    record Weight(int grams) {
        Weight {
            if (grams < 0) {
                throw new IllegalArgumentException("a weight is 0 or more");
            }
        }
    }

    record Scale(Weight weight) {}

    record Nothing() {}

    @Test
    void records_come_back_as_they_were_written() {
        var parcel = new Parcel(
                "a", Optional.of("b"), List.of(new Point(1, 2L, 0.5, true)), Kind.LARGE, Instant.ofEpochMilli(7));

        assertThat(Json.read(Json.bytes(parcel), Parcel.class)).isEqualTo(parcel);
        assertThat(Json.read(Json.bytes(new Nothing()), Nothing.class)).isEqualTo(new Nothing());
    }

    @Test
    void what_json_leaves_out_is_empty_or_nothing() {
        Parcel read = Json.read("{\"name\": \"a\"}", Parcel.class);

        assertThat(read.note()).isEmpty();
        assertThat(read.route()).isNull();
        assertThat(Json.read("{}", Point.class)).isEqualTo(new Point(0, 0, 0, false));
    }

    @Test
    void what_a_constructor_refuses_is_told_with_its_sentence_and_place() {
        assertThatThrownBy(() -> Json.read("{\"weight\": {\"grams\": -1}}", Scale.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("a weight is 0 or more")
                .hasMessageContaining("weight");
    }

    @Test
    void members_that_a_record_does_not_have_are_refused() {
        assertThatThrownBy(() -> Json.read("{\"grams\": 1, \"grains\": 2}", Weight.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("grains");
    }
}
