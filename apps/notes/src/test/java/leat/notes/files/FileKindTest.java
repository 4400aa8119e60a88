package leat.notes.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FileKindTest {
    private static String hex(String digits) {
        return FileKind.of(HexFormat.of().parseHex(digits));
    }

    private static String text(String text) {
        return FileKind.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_is_what_its_first_bytes_say() {
        assertThat(hex("89504e470d0a1a0a0000")).isEqualTo("image/png");
        assertThat(hex("ffd8ffe000104a464946")).isEqualTo("image/jpeg");
        assertThat(text("GIF89a…")).isEqualTo("image/gif");
        assertThat(hex("524946460000000057454250")).isEqualTo("image/webp");
        assertThat(text("%PDF-1.7")).isEqualTo("application/pdf");
        assertThat(hex("504b030414000000")).isEqualTo("application/zip");
        assertThat(hex("0000002066747970")).isEqualTo("video/mp4");
        assertThat(hex("1f8b0800")).isEqualTo("application/gzip");
    }

    @Test
    void markup_is_text_whatever_it_is_called() {
        assertThat(text("<!DOCTYPE html><script>alert(1)</script>")).isEqualTo("text/plain");
        assertThat(text("<?xml version='1.0'?><SVG onload='x'/>")).isEqualTo("image/svg+xml");
        assertThat(FileKind.isPicture("image/svg+xml")).isFalse();
    }

    @Test
    void what_is_no_text_is_unknown() {
        assertThat(hex("00ff00ff")).isEqualTo(FileKind.UNKNOWN);
        assertThat(hex("61c3")).as("a letter that is cut off").isEqualTo("text/plain");
        assertThat(hex("61c361")).as("half a letter").isEqualTo(FileKind.UNKNOWN);
        assertThat(text("")).isEqualTo("text/plain");
        assertThat(text("é".repeat(FileKind.LOOKED_AT))).isEqualTo("text/plain");
    }
}
