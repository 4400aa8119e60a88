package leat.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import leat.kernel.test.Seed;
import leat.kernel.test.TestClock;
import org.junit.jupiter.api.Test;

final class SlugTest {
    private static String slug(String title) {
        return Slug.of(TestClock.START, title);
    }

    @Test
    void a_slug_is_the_day_and_the_title() {
        assertThat(slug("Call the miller")).isEqualTo("2026-06-01-Call_the_miller");
        assertThat(slug("a/b_c")).isEqualTo("2026-06-01-a~2f~b~5f~c");
    }

    @Test
    void a_long_slug_is_cut_and_stays_unlike_others() {
        String whole = "a".repeat(289);
        assertThat(slug(whole)).hasSize(Slug.MAX_WHOLE).endsWith("a");
        assertThat(slug(whole + "b")).hasSize(Slug.MAX).startsWith(slug(whole)).isNotEqualTo(slug(whole + "c"));
        assertThat(slug("a".repeat(288) + "𝔄")).hasSize(Slug.MAX).doesNotContain("\ud835");
    }

    @Test
    void titles_that_differ_have_slugs_that_differ() throws Exception {
        String alphabet = "aA _-~.2f5/😀é";
        int[] letters = alphabet.codePoints().toArray();
        Seed.replayable(random -> {
            Map<String, String> seen = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                var title = new StringBuilder();
                for (int j = random.nextInt(6); j >= 0; j--) {
                    title.appendCodePoint(letters[random.nextInt(letters.length)]);
                }
                String before = seen.put(slug(title.toString()), title.toString());
                assertThat(before == null || before.contentEquals(title))
                        .as("\"%s\" and \"%s\"", before, title)
                        .isTrue();
            }
        });
    }
}
