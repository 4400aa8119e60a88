package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import leat.notes.text.Links.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinksTest {
    @Test
    void links_are_found_where_they_stand() {
        assertThat(Links.in("a [[Roof]] b [[ Cellar | down there ]]"))
                .containsExactly(new Link("Roof", "Roof", 2, 10), new Link("Cellar", "down there", 13, 38));
    }

    @Test
    void a_title_may_hold_signs_that_mean_something_in_markdown() {
        assertThat(Links.in("[[*a* _b_ <c> #d]]")).extracting(Link::title).containsExactly("*a* _b_ <c> #d");
    }

    @Test
    void a_link_stands_in_lists_quotations_headings_and_tables() {
        assertThat(Links.in("- [[A]]\n> [[B]]\n\n# [[C]]\n\n|x|\n|-|\n|[[D|d]]|\n\n**[[E]]**"))
                .extracting(Link::title)
                .containsExactly("A", "B", "C", "D", "E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`[[A]]`",
                "``x\n[[A]] y``",
                "```\n[[A]]\n```",
                "~~~\r\n[[A]]",
                "    [[A]]",
                "<!-- [[A]] -->",
                "<pre>\n[[A]]\n</pre>",
                "a <b title=\"[[A]]\"> b",
                "[x [[A]] y](https://example.org)",
                "![x [[A]] y](/a)",
                "<https://example.org/[[A]]>",
                "\\[[A]]",
                "[[]]",
                "[[ ]]",
                "[[|A]]",
                "[[A\nB]]",
                "[[A]",
                "[A]]",
            })
    void code_html_and_other_links_hold_no_links(String text) {
        assertThat(Links.in(text)).isEmpty();
    }

    @Test
    void titles_that_differ_in_case_composition_or_spaces_are_one() {
        assertThat(Links.key(" The  Cafe\u0301\u00a0Roof ")).isEqualTo(Links.key("the café roof"));
    }

    @Test
    void a_rename_keeps_links_and_shown_texts_and_leaves_code_alone() {
        assertThat(Links.renamed("[[roof]] [[Roof|up]] [[Roofs]] `[[Roof]]` \r\n[[ Roof ]]", "Roof", "The roof"))
                .isEqualTo("[[The roof]] [[The roof|up]] [[Roofs]] `[[Roof]]` \r\n[[The roof]]");
    }

    @Test
    void a_rename_to_what_no_link_can_hold_changes_nothing() {
        assertThat(Links.renamed("[[Roof]]", "Roof", "a]b")).isEqualTo("[[Roof]]");
    }

    @Test
    void a_title_is_mentioned_in_whole_words_outside_links_and_code() {
        assertThat(Links.mentions("Mend the ROOF.", "roof")).isTrue();
        assertThat(Links.mentions("Mend the roofs.", "roof")).isFalse();
        assertThat(Links.mentions("Mend the [[Roof]] and the `roof`.", "roof")).isFalse();
        assertThat(Links.mentions("Mend the [[Roof]], the roof!", "roof")).isTrue();
        assertThat(Links.mentions("a (b) c", "(b)")).isTrue();
    }

    @Test
    void mentions_become_links_that_read_as_they_did() {
        assertThat(Links.linked("The roof, the Roof and `Roof`, see [[Roof]].", "Roof"))
                .isEqualTo("The [[Roof|roof]], the [[Roof]] and `Roof`, see [[Roof]].");
        assertThat(Links.linked("Nothing here", "Roof")).isEqualTo("Nothing here");
        assertThat(Links.linked("The [draft]", "[draft]")).isEqualTo("The [draft]");
    }
}
