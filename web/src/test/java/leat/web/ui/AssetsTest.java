package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssetsTest {
    private static final int MAX_APP_BYTES = 25 * 1024;

    @Test
    void the_bundles_and_their_lock_file_name_no_registry() throws IOException {
        for (var name : List.of("app.js", "editor.js", "plot.js", "theme.js", "app.css")) {
            assertThat(read(Gallery.ASSETS.resolve(name)))
                    .doesNotContainIgnoringCase("npmjs")
                    .doesNotContain("registry.");
        }
        assertThat(read(Path.of("assets", "package-lock.json")))
                .doesNotContain("\"resolved\"")
                .doesNotContain("://registry");
    }

    @Test
    void dependencies_are_pinned_exactly() throws IOException {
        assertThat(read(Path.of("assets", "package.json"))).doesNotContain("\"^", "\"~", "latest", "*");
    }

    @Test
    void the_script_that_every_page_loads_stays_within_25_KiB_on_the_wire() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            Files.copy(Gallery.ASSETS.resolve("app.js"), gzip);
        }
        assertThat(zipped.size()).isLessThanOrEqualTo(MAX_APP_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void every_icon_is_in_the_sprite(Icon icon) throws IOException {
        assertThat(read(Gallery.ASSETS.resolve("icons.svg"))).containsOnlyOnce("<symbol id=\"" + icon.symbol() + "\"");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
