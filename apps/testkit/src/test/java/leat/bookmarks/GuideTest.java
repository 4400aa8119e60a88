package leat.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide "Write a module" quotes this module, which is compiled and tested; a quotation that differs fails here. */
final class GuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern BLOCK =
            Pattern.compile("^```(?:java|html|xml)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void what_the_guide_quotes_is_what_is_tested_here() throws IOException {
        List<String> sources = sources();
        var astray = new ArrayList<String>();
        var blocks = BLOCK.matcher(Files.readString(ROOT.resolve("docs/guides/write-a-module.md")));
        int quoted = 0;
        while (blocks.find()) {
            for (String piece : blocks.group(1).split("(?m)^\\s*…\\s*$", -1)) {
                String wanted = bare(piece);
                quoted++;
                if (sources.stream().noneMatch(source -> source.contains(wanted))) {
                    astray.add(wanted);
                }
            }
        }
        assertThat(quoted).isGreaterThan(10);
        assertThat(astray).as("pieces of the guide that stand in no source").isEmpty();
    }

    @Test
    void the_build_of_the_guides_module_is_that_of_notes() throws IOException {
        String notes =
                bare(Files.readString(ROOT.resolve("apps/notes/pom.xml"))).replace("notes", "bookmarks");
        assertThat(Files.readString(Path.of("src/test/resources/leat/bookmarks/pom.xml"))
                        .lines()
                        .map(GuideTest::bare)
                        .filter(line -> !line.contains("leat-apps-testkit")))
                .allSatisfy(line -> assertThat(notes).contains(line));
    }

    private static List<String> sources() throws IOException {
        var sources = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.add(bare(Files.readString(file)));
            }
        }
        return sources;
    }

    /** Without spaces and line breaks, which a quotation may change. */
    private static String bare(String text) {
        return text.replaceAll("\\s+", "");
    }
}
