package leat.notes;

import static leat.notes.Written.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContentMergeTest {
    private static final Content BASE = titled("Roof").withBody("a\nb\nc");

    @Test
    void fields_and_lines_that_one_of_two_changed_come_together() {
        Content mine = BASE.withBody("A\nb\nc").with(Content.Status.DOING);
        Content theirs = tagged(BASE.withBody("a\nb\nC"), List.of("house"));
        ContentMerge merge = ContentMerge.of(BASE, mine, theirs);
        assertThat(merge.undecided()).isEmpty();
        assertThat(merge.content())
                .isEqualTo(tagged(BASE.withBody("A\nb\nC").with(Content.Status.DOING), List.of("house")));
    }

    @Test
    void what_both_changed_differently_is_left_to_a_person() {
        ContentMerge merge = ContentMerge.of(
                BASE,
                BASE.withBody("a\nmine\nc").with(Content.Status.DOING),
                BASE.withBody("a\ntheirs\nc").with(Content.Status.REVIEW));
        assertThat(merge.undecided()).containsExactly("body", "status");
        assertThat(merge.content().body()).contains("mine", "theirs");
        assertThat(merge.content().status()).isEqualTo(Content.Status.DOING);
    }

    @Test
    void what_both_changed_alike_is_decided() {
        Content both = BASE.withBody("x").with(Content.Status.DOING);
        assertThat(ContentMerge.of(BASE, both, both)).isEqualTo(new ContentMerge(both, List.of()));
    }

    @Test
    void tags_of_both_are_kept_and_those_that_either_took_away_are_not() {
        assertThat(ContentMerge.of(
                                tagged(BASE, List.of("a", "b", "c")),
                                tagged(BASE, List.of("b", "c", "mine")),
                                tagged(BASE, List.of("a", "b", "theirs")))
                        .content()
                        .tags())
                .containsExactly("b", "theirs", "mine");
    }

    private static Content tagged(Content it, List<String> tags) {
        return new Content(
                it.title(),
                it.body(),
                it.due(),
                it.start(),
                it.end(),
                Optional.empty(),
                it.status(),
                it.access(),
                it.color(),
                tags);
    }
}
