package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TagsTest {
    @Test
    void a_line_of_tags_is_read_as_people_type_it() {
        assertThat(Tags.typed(" #House/Roof, to  read,,house/roof ,#")).containsExactly("house/roof", "to-read");
    }

    @Test
    void levels_without_a_name_are_left_out() {
        assertThat(Tags.normalized("/ a / / b /")).isEqualTo("a/b");
        assertThat(Tags.normalized("//")).isEmpty();
    }

    @Test
    void a_letter_typed_in_two_ways_is_one_letter() {
        assertThat(Tags.normalized("Cafe\u0301")).isEqualTo(Tags.normalized("café"));
    }

    @Test
    void what_no_tag_may_hold_is_kept_for_the_note_to_refuse() {
        assertThat(Tags.typed("a<b")).containsExactly("a<b");
    }

    @Test
    void what_is_normalized_stays_as_it_is() {
        for (String tag : new String[] {"#A b/ /C", "-/-", "a-/-b", "ÄÖ", "##x", "# #x", "/#x"}) {
            String once = Tags.normalized(tag);
            assertThat(Tags.normalized(once)).isEqualTo(once);
        }
    }

    @Test
    void a_tag_is_in_all_its_levels() {
        assertThat(Tags.levels("a/b/c")).containsExactly("a", "a/b", "a/b/c");
    }
}
