package leat.notes.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FileNameTest {
    @Test
    void a_name_that_fits_stays() {
        assertThat(FileName.fitting("my roof (2).tar.gz")).isEqualTo("my roof (2).tar.gz");
        assertThat(FileName.fitting("Übersicht 😀.png")).isEqualTo("Übersicht 😀.png");
    }

    @Test
    void what_no_file_system_takes_goes() {
        assertThat(FileName.fitting("../../etc/passwd")).isEqualTo("-..-etc-passwd");
        assertThat(FileName.fitting("a\u0000b\r\nc:d")).isEqualTo("a-b-c-d");
        assertThat(FileName.fitting("con.png")).isEqualTo("_con.png");
        assertThat(FileName.fitting(" . ")).isEqualTo("file");
        assertThat(FileName.fitting("gnp\u202etxt.exe")).isEqualTo("gnp-txt.exe");
    }

    @Test
    void a_long_name_is_cut_before_its_ending() {
        String name = FileName.fitting("x".repeat(300) + ".png");

        assertThat(name).hasSize(FileName.MAX).endsWith("xx.png");
        assertThat(FileName.fitting("😀".repeat(300)).codePoints().count()).isEqualTo(FileName.MAX);
        assertThat(FileName.fitting(name)).isEqualTo(name);
    }

    @Test
    void the_second_of_a_name_gets_a_number_before_its_ending() {
        assertThat(FileName.numbered("roof.png", 1)).isEqualTo("roof.png");
        assertThat(FileName.numbered("roof.png", 2)).isEqualTo("roof (2).png");
        assertThat(FileName.numbered("x".repeat(116) + ".png", 12))
                .hasSize(FileName.MAX)
                .endsWith("x (12).png");
    }

    @Test
    void names_that_a_file_system_may_take_for_one_have_one_key() {
        assertThat(FileName.key("ROOF.png")).isEqualTo(FileName.key("roof.PNG"));
        assertThat(FileName.key("e\u0301")).isEqualTo(FileName.key("\u00c9"));
    }
}
