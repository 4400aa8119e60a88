package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import leat.notes.text.Markdown.Target;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
    private static Optional<Target> target(String title) {
        return switch (title) {
            case "Roof" -> Optional.of(new Target("/notes/1", true));
            case "Cellar" -> Optional.of(new Target("/notes/new?title=Cellar", false));
            default -> Optional.empty();
        };
    }

    @Test
    void paragraphs_lists_and_emphasis_are_html() {
        assertThat(Markdown.html("*one* **two**\n\n- a\n- b"))
                .isEqualTo("<p><em>one</em> <strong>two</strong></p>\n<ul><li>a</li><li>b</li></ul>\n");
    }

    @Test
    void tables_keep_their_alignment() {
        assertThat(Markdown.html("| a | b |\n|---|--:|\n| 1 | 2 |"))
                .contains("<th>a</th>", "<th align=\"right\">b</th>", "<td align=\"right\">2</td>");
    }

    @Test
    void a_task_list_shows_boxes_that_nobody_can_tick() {
        assertThat(Markdown.html("- [ ] open\n- [x] done"))
                .contains("<input type=\"checkbox\" disabled=\"disabled\" /> open")
                .contains("<input type=\"checkbox\" checked=\"\" disabled=\"disabled\" /> done");
    }

    @Test
    void struck_text_and_bare_addresses_are_understood() {
        assertThat(Markdown.html("~~gone~~ https://example.org/a"))
                .contains("<del>gone</del>")
                .contains("<a href=\"https://example.org/a\" rel=\"nofollow noopener noreferrer\">");
    }

    @Test
    void a_heading_can_be_linked_to_and_the_second_of_a_name_too() {
        assertThat(Markdown.html("# The Roof!\n\n# The `roof`\n\n# ***"))
                .contains("<h1 id=\"section-the-roof\">", "<h1 id=\"section-the-roof-2\">", "<h1 id=\"section-\">");
    }

    @Test
    void code_names_its_language() {
        assertThat(Markdown.html("```java\nint a = 1 < 2;\n```"))
                .isEqualTo("<pre><code class=\"language-java\">int a &#61; 1 &lt; 2;\n</code></pre>\n");
    }

    @Test
    void a_link_to_a_note_leads_there() {
        assertThat(Markdown.html("See [[Roof]] and [[Roof|the *top*]].", MarkdownTest::target))
                .contains("<a href=\"/notes/1\" class=\"note-link\" rel=\"nofollow noopener noreferrer\">Roof</a>")
                .contains(">the *top*</a>");
    }

    @Test
    void a_link_to_a_note_that_is_not_there_looks_different() {
        assertThat(Markdown.html("[[Cellar]]", MarkdownTest::target)).contains("class=\"note-link note-missing\"");
    }

    @Test
    void a_link_that_leads_nowhere_is_shown_as_it_was_typed() {
        assertThat(Markdown.html("[[<b>Attic</b>|x]]", MarkdownTest::target))
                .isEqualTo("<p>[[&lt;b&gt;Attic&lt;/b&gt;|x]]</p>\n");
    }

    @Test
    void a_link_for_those_who_may_go_nowhere_is_its_words_alone() {
        assertThat(Markdown.html("See [[Roof]], [[Cellar|below]].", _ -> Optional.of(Markdown.Target.NOWHERE)))
                .isEqualTo("<p>See Roof, below.</p>\n");
    }

    @Test
    void a_link_with_a_text_of_its_own_fits_into_a_table() {
        assertThat(Markdown.html("| a |\n|---|\n| [[Roof|top]] |", MarkdownTest::target))
                .contains(">top</a></td>");
    }

    @Test
    void a_title_is_never_an_address_nor_markup() {
        assertThat(Markdown.html(
                        "[[alert(1)|<img src=x onerror=alert(1)>]]",
                        title -> Optional.of(new Target("javascript:" + title, true))))
                .contains("<a href=\"\" ", "&lt;img src&#61;x onerror&#61;alert(1)&gt;");
    }

    @Test
    void characters_that_stand_for_links_in_between_do_no_harm_when_they_are_typed() {
        assertThat(Markdown.html("\uFDD00\uFDD1 \uFDD07\uFDD1 \uFDD0 [[Roof]]", MarkdownTest::target))
                .contains("Roof</a> \uFDD07\uFDD1 \uFDD0 <a");
    }

    @Test
    void a_picture_of_ours_is_shown_and_one_from_elsewhere_is_a_link() {
        assertThat(Markdown.html("![own](/files/1.png)")).contains("<img src=\"/files/1.png\" alt=\"own\" />");
        assertThat(Markdown.html("![their *own*](https://example.org/1.png) ![](//example.org/2.png)"))
                .doesNotContain("<img")
                .contains("their <em>own</em></a>")
                .contains(">//example.org/2.png</a>");
    }

    @Test
    void simple_html_stays() {
        assertThat(Markdown.html("H<sub>2</sub>O <kbd>Tab</kbd>")).isEqualTo("<p>H<sub>2</sub>O <kbd>Tab</kbd></p>\n");
    }

    @Test
    void what_is_nested_without_end_is_rendered_all_the_same() {
        for (String sign : new String[] {">", "- ", "*a ", "[", "![", "**a _b ", "[[", "`", "~~a "}) {
            assertThat(Markdown.html(sign.repeat(20_000) + "end", MarkdownTest::target))
                    .contains("end");
        }
    }
}
