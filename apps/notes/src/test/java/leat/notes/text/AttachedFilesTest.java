package leat.notes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttachedFilesTest {
    private static final Map<String, String> FILES =
            Map.of("roof.png", "/r", "my (old) roof.png", "/o", "50%.png", "/p");

    private static String html(String text) {
        return Markdown.html(text, _ -> Optional.empty(), name -> Optional.ofNullable(FILES.get(name)))
                .strip();
    }

    @Test
    void a_picture_or_a_link_leads_to_the_file_of_this_name() {
        assertThat(html("![Roof](attachment:roof.png)")).isEqualTo("<p><img src=\"/r\" alt=\"Roof\" /></p>");
        assertThat(html("[Roof](attachment:roof.png)"))
                .contains("<a href=\"/r\"")
                .contains(">Roof</a>");
    }

    @Test
    void a_name_may_be_written_as_addresses_are_or_between_angle_brackets() {
        for (String name : new String[] {"my%20%28old%29%20roof.png", "<attachment:my (old) roof.png>"}) {
            String text = "![x](" + (name.startsWith("<") ? name : "attachment:" + name) + ")";
            assertThat(html(text)).as(name).contains("src=\"/o\"");
        }
        assertThat(html("![x](attachment:50%.png)")).contains("src=\"/p\"");
        assertThat(html("![x](attachment:50%25.png)")).contains("src=\"/p\"");
    }

    @Test
    void where_there_is_no_such_file_only_its_description_is_read() {
        assertThat(html("![Roof](attachment:gone.png)")).doesNotContain("src").contains("Roof");
        assertThat(html("[Roof](attachment:gone.png)")).contains("<a href=\"\"").contains("Roof");
    }

    @Test
    void what_is_said_of_files_in_code_stays_as_it_is() {
        assertThat(html("`![x](attachment:roof.png)`")).contains("![x](attachment:roof.png)");
    }
}
