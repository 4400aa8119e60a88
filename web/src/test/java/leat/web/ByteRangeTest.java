package leat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {
    private static Optional<ByteRange> of(String... headers) {
        return ByteRange.of(Request.of("GET", "/", Headers.of(headers), new byte[0]), "\"a\"", 100);
    }

    @Test
    void a_part_is_counted_from_either_end_and_never_leads_further_than_there_is() {
        assertThat(of("Range", "bytes=0-9")).contains(new ByteRange(0, 9, 100));
        assertThat(of("Range", "bytes=90-")).contains(new ByteRange(90, 99, 100));
        assertThat(of("Range", "bytes=-10")).contains(new ByteRange(90, 99, 100));
        assertThat(of("Range", "bytes=90-1000")).contains(new ByteRange(90, 99, 100));
        assertThat(of("Range", "bytes=-1000")).contains(new ByteRange(0, 99, 100));
    }

    @Test
    void outside_there_is_nothing() {
        assertThat(of("Range", "bytes=100-").orElseThrow().isOutside()).isTrue();
        assertThat(of("Range", "bytes=9-8").orElseThrow().isOutside()).isTrue();
        assertThat(of("Range", "bytes=-0").orElseThrow().isOutside()).isTrue();
        assertThat(of("Range", "bytes=100-").orElseThrow().told()).isEqualTo("bytes */100");
    }

    @Test
    void what_is_not_one_readable_range_is_a_wish_for_the_whole() {
        for (String line :
                List.of("bytes=0-1,3-4", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=99999999999999999999-")) {
            assertThat(of("Range", line)).as(line).isEmpty();
        }
        assertThat(of()).isEmpty();
    }

    @Test
    void who_has_a_part_of_something_else_gets_the_whole() {
        assertThat(of("Range", "bytes=0-9", "If-Range", "\"b\"")).isEmpty();
        assertThat(of("Range", "bytes=0-9", "If-Range", "\"a\"")).isPresent();
    }
}
