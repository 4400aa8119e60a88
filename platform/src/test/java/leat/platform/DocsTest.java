package leat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation is true where a machine can tell. */
final class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private final Path root = root();

    @Test
    void the_map_is_what_the_code_says() throws IOException {
        assertThat(root.resolve("docs/map.md"))
                .as("run ./leat map --write")
                .hasContent(ModuleMap.drawn(root).stripTrailing());
    }

    @Test
    void every_link_between_documents_leads_somewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String target = links.group(1).replaceFirst("#.*", "");
                if (!target.isEmpty()
                        && !target.contains("://")
                        && !target.startsWith("mailto:")
                        && !target.startsWith("/")
                        && !Files.exists(document.resolveSibling(target))) {
                    broken.add(root.relativize(document) + " → " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_decision_has_a_sentence_for_a_title() throws IOException {
        for (Path decision : documents()) {
            if (decision.startsWith(root.resolve("docs/decisions"))) {
                String title = Files.readString(decision).lines().findFirst().orElse("");
                assertThat(title).as(decision.toString()).matches("# \\S+( \\S+){2,}");
            }
        }
    }

    @Test
    void every_setting_is_in_the_guide() throws IOException {
        String guide = Files.readString(root.resolve("docs/guides/run.md"));
        for (Setting setting : Setting.values()) {
            assertThat(guide).contains("`" + setting.key() + "`");
        }
    }

    private List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        try (Stream<Path> top = Files.list(root)) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        try (Stream<Path> all = Files.walk(root.resolve("docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    /** Maven runs tests in their part's folder, editors in the root. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("leat")) ? here : here.resolve("..").normalize();
    }
}
