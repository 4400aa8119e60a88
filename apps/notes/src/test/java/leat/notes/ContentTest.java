package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import leat.kernel.Refusal.Violation;
import leat.kernel.test.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentTest {
    private static final Instant NOW = TestClock.START;
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Content PLAIN = titled("Roof");

    private static List<String> codes(Content content) {
        return content.violations(Optional.empty(), NOW).stream()
                .map(Violation::code)
                .toList();
    }

    @Test
    void the_kind_follows_from_the_fields() {
        Content journal = Written.from(PLAIN, NOW);
        Content event = Written.until(journal, LATER);
        Content task = Written.due(event, LATER);
        assertThat(PLAIN.kind()).isEqualTo(Kind.NOTE);
        assertThat(journal.kind()).isEqualTo(Kind.JOURNAL);
        assertThat(event.kind()).isEqualTo(Kind.EVENT);
        assertThat(task.kind()).isEqualTo(Kind.TASK);
        assertThat(Written.url(task, "https://example.org").kind()).isEqualTo(Kind.BOOKMARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ä", "😀"})
    void a_title_has_at_most_255_characters_whatever_they_are(String character) {
        assertThat(codes(titled(character.repeat(255)))).isEmpty();
        assertThat(codes(titled(character.repeat(256)))).containsExactly("title.long");
    }

    @Test
    void a_title_is_one_line_of_whole_characters() {
        assertThat(codes(titled(" "))).containsExactly("title.blank");
        assertThat(codes(titled("a\nb"))).containsExactly("title.shape");
        assertThat(codes(titled("a\0b"))).containsExactly("title.shape");
        assertThat(codes(titled("a\ud83d"))).containsExactly("title.shape");
        assertThat(codes(titled("<script>"))).isEmpty();
    }

    @Test
    void a_body_has_at_most_100000_characters_and_no_nulls() {
        assertThat(codes(Written.body(PLAIN, "😀".repeat(100_000)))).isEmpty();
        assertThat(codes(Written.body(PLAIN, "a".repeat(100_001)))).containsExactly("body.long");
        assertThat(codes(Written.body(PLAIN, "a\0b"))).containsExactly("body.shape");
        assertThat(codes(Written.body(PLAIN, "a\ude00b"))).containsExactly("body.shape");
        assertThat(codes(Written.body(PLAIN, "a\n\tb"))).isEmpty();
    }

    @Test
    void a_due_date_lies_in_the_future_unless_it_stays_as_it_was() {
        Content overdue = Written.due(PLAIN, NOW);
        assertThat(codes(overdue)).containsExactly("due.past");
        assertThat(codes(Written.due(PLAIN, LATER))).isEmpty();
        assertThat(overdue.violations(Optional.of(NOW), LATER)).isEmpty();
        assertThat(overdue.violations(Optional.of(LATER), LATER)).hasSize(1);
    }

    @Test
    void an_end_needs_a_start_before_it() {
        assertThat(codes(Written.until(PLAIN, LATER))).containsExactly("end.alone");
        assertThat(codes(Written.until(Written.from(PLAIN, LATER), LATER))).containsExactly("end.early");
        assertThat(codes(Written.until(Written.from(PLAIN, NOW), LATER))).isEmpty();
    }

    @Test
    void times_lie_in_the_years_1_to_9999_and_are_whole_milliseconds() {
        assertThat(codes(Written.due(PLAIN, Instant.MAX))).containsExactly("due.range");
        assertThat(codes(Written.from(PLAIN, Instant.MIN))).containsExactly("start.range");
        assertThat(codes(Written.until(Written.from(PLAIN, NOW), Instant.MAX))).containsExactly("end.range");
        assertThat(codes(Written.due(PLAIN, Content.END_OF_TIME.minusMillis(1))))
                .isEmpty();
        assertThat(codes(Written.from(PLAIN, Content.BEGIN_OF_TIME))).isEmpty();
        assertThat(Written.due(PLAIN, LATER.plusNanos(1))).isEqualTo(Written.due(PLAIN, LATER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "javascript:alert(1)", "ftp://example.org", "https://", "https:a", "no address"})
    void an_address_that_leads_nowhere_is_refused(String url) {
        assertThat(codes(Written.url(PLAIN, url))).containsExactly("url.shape");
    }

    @Test
    void an_address_has_at_most_2048_characters() {
        String longest = "https://example.org/" + "a".repeat(2_028);
        assertThat(codes(Written.url(PLAIN, longest))).isEmpty();
        assertThat(codes(Written.url(PLAIN, longest + "a"))).containsExactly("url.shape");
    }

    @Test
    void a_colour_is_six_hexadecimal_digits() {
        assertThat(codes(Written.color(PLAIN, "3a7F2c"))).isEmpty();
        assertThat(codes(Written.color(PLAIN, "#3a7f2"))).containsExactly("color.shape");
        assertThat(codes(Written.color(PLAIN, "3a7f2c0"))).containsExactly("color.shape");
    }

    @Test
    void tags_are_nested_named_once_and_limited() {
        assertThat(codes(Written.tags(PLAIN, List.of("house/roof", "Münze_2", "a".repeat(100)))))
                .isEmpty();
        assertThat(codes(Written.tags(PLAIN, List.of("a", "a", "/a", "a//b", "a b", "", "b".repeat(101)))))
                .containsExactly("tag.twice", "tag.shape", "tag.shape", "tag.shape", "tag.shape", "tag.shape");
        assertThat(codes(Written.tags(PLAIN, numbered(20)))).isEmpty();
        assertThat(codes(Written.tags(PLAIN, numbered(21)))).containsExactly("tags.many");
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
    }

    @Test
    void all_that_is_wrong_is_said_at_once_in_the_order_of_the_fields() {
        Content wrong = new Content(
                "",
                "\0",
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(NOW),
                Optional.of("x"),
                Content.Status.NEW,
                Content.Access.PRIVATE,
                Optional.of("red"),
                Collections.nCopies(2, "a"));
        assertThat(wrong.violations(Optional.empty(), NOW))
                .extracting(Violation::field)
                .containsExactly("title", "body", "due", "end", "url", "color", "tags.1");
    }
}
