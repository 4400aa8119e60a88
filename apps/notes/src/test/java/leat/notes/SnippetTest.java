package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import leat.kernel.test.Seed;
import org.junit.jupiter.api.Test;

final class SnippetTest {
    /** Marked pieces in brackets. */
    private static String shown(List<Snippet.Piece> pieces) {
        return pieces.stream()
                .map(it -> it.marked() ? "[" + it.text() + "]" : it.text())
                .collect(Collectors.joining());
    }

    private static String around(String text, String query) {
        return shown(Snippet.around(text, SearchQuery.of(query)));
    }

    @Test
    void what_was_found_is_marked_whatever_its_case_and_accents() {
        assertThat(shown(Snippet.whole("Crème brûlée, Ärger", SearchQuery.of("creme arg"))))
                .isEqualTo("[Crème] brûlée, [Ärger]");
        assertThat(around("<b>slate</b> & more", "slate")).isEqualTo("<b>[slate]</b> & more");
    }

    @Test
    void a_snippet_begins_a_little_before_the_first_word_that_was_found() {
        String text = "word ".repeat(100) + "slate" + " word".repeat(100);
        String shown = around(text, "slate");
        assertThat(shown).contains("[slate]").startsWith("word").endsWith("word");
        assertThat(shown.length()).isBetween(Snippet.LENGTH - 10, Snippet.LENGTH + 2);
    }

    @Test
    void a_snippet_of_a_text_without_the_words_is_its_beginning() {
        assertThat(around("word ".repeat(100), "slate")).startsWith("word word").hasSizeLessThanOrEqualTo(200);
        assertThat(around("", "slate")).isEmpty();
    }

    @Test
    void nothing_is_added_lost_or_cut_in_two() throws Exception {
        String alphabet = "ab ä😀\u0301-.𝔄\n";
        int[] letters = alphabet.codePoints().toArray();
        Seed.replayable(2_000, random -> {
            var text = new StringBuilder();
            for (int i = random.nextInt(600); i > 0; i--) {
                text.appendCodePoint(letters[random.nextInt(letters.length)]);
            }
            var query = SearchQuery.of("ab a");
            List<Snippet.Piece> pieces = Snippet.around(text.toString(), query);
            String plain = pieces.stream().map(Snippet.Piece::text).collect(Collectors.joining());
            assertThat(text.toString()).contains(plain);
            assertThat(plain.codePoints().noneMatch(Content::isHalf)).isTrue();
            assertThat(Snippet.whole(text.toString(), query).stream()
                            .map(Snippet.Piece::text)
                            .collect(Collectors.joining()))
                    .isEqualTo(text.toString());
        });
    }
}
