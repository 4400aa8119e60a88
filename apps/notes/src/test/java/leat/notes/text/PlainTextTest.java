package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTextTest {
    @Test
    void the_words_stay_and_the_signs_go() {
        assertThat(PlainText.of("# Plan\n\nShip the **mill** _soon_, ~~not~~ `now`."))
                .isEqualTo("Plan Ship the mill soon, not now.");
        assertThat(PlainText.of("- [x] wheel\n- [ ] race\n\n> said\n\n1. one")).isEqualTo("wheel race said one");
        assertThat(PlainText.of("| a | b |\n|---|---|\n| 1 | 2 |")).isEqualTo("a b 1 2");
        assertThat(PlainText.of("```java\nint x = 1;\n```")).isEqualTo("int x = 1;");
    }

    @Test
    void links_read_as_what_they_show_and_html_is_left_out() {
        assertThat(PlainText.of("See [the plan](https://example.org/plan) and ![a wheel](w.png)."))
                .isEqualTo("See the plan and a wheel.");
        assertThat(PlainText.of("On [[Friday notes]] and [[Roof|the *roof*]].")).startsWith("On Friday notes and the ");
        assertThat(PlainText.of("<b>bold</b> text\n\n<script>alert(1)</script>"))
                .isEqualTo("bold text");
    }

    @Test
    void what_is_no_markdown_stays_as_it_is() {
        assertThat(PlainText.of("")).isEmpty();
        assertThat(PlainText.of(" a \r\n b ")).isEqualTo("a b");
        assertThat(PlainText.of("2 * 3 < 7 && \\*not\\* [x] $1 \\")).isEqualTo("2 * 3 < 7 && *not* [x] $1 \\");
        assertThat(PlainText.of("שלום **עולם** 😀")).isEqualTo("שלום עולם 😀");
    }
}
