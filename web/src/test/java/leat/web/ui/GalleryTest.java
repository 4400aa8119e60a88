package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GalleryTest {
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");
    private static final Pattern REFERENCE =
            Pattern.compile("\\s(?:for|aria-describedby|aria-labelledby)=\"([^\"]*)\"");

    @BeforeAll
    static void write() throws IOException {
        Gallery.write();
    }

    @Test
    void no_page_carries_a_style_or_a_script_of_its_own() throws IOException {
        for (var page : pages()) {
            assertThat(page)
                    .doesNotContain("style=\"")
                    .doesNotContain("<style")
                    .doesNotContainPattern("\\son[a-z]+=\"")
                    .doesNotContainPattern("<script(?![^>]*(src=|type=\"application/json\"))");
        }
    }

    @Test
    void every_id_is_given_once_and_every_reference_finds_one() throws IOException {
        for (var page : pages()) {
            var ids = ID.matcher(page).results().map(found -> found.group(1)).toList();
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(REFERENCE
                            .matcher(page)
                            .results()
                            .flatMap(found -> Stream.of(found.group(1).split(" ", -1))))
                    .isSubsetOf(ids);
        }
    }

    @Test
    void every_page_has_one_first_heading_and_one_main() throws IOException {
        for (var page : pages()) {
            assertThat(page).containsOnlyOnce("<h1").containsOnlyOnce("<main");
        }
    }

    private static java.util.List<String> pages() throws IOException {
        try (var files = Files.list(Gallery.FOLDER)) {
            var all = new java.util.ArrayList<String>();
            for (var file :
                    files.filter(each -> each.toString().endsWith(".html")).toList()) {
                all.add(Files.readString(file));
            }
            assertThat(all).hasSizeGreaterThanOrEqualTo(11);
            return all;
        }
    }
}
