package leat.mocks.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The guide tells the truth: its examples are run, and its table of filters is the registry. */
class GuideTest {
    private static final Path GUIDE = Path.of("../../docs/guides/mock-templates.md");

    @TestFactory
    Stream<DynamicTest> every_example_of_the_guide_prints_what_the_guide_says() {
        Request request = Request.ofRoots(exampleRequest());
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows()) {
            String prints = row.getLast();
            String template = row.get(row.size() - 2);
            if (isCode(prints) && isCode(template) && template.contains("{")) {
                Escaping escaping = Stream.of(Escaping.values())
                        .filter(e -> e.name().equals(row.getFirst()))
                        .findFirst()
                        .orElse(Escaping.NONE);
                tests.add(DynamicTest.dynamicTest(
                        template,
                        () -> assertThat(request.render(code(template), escaping))
                                .isEqualTo(code(prints))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(75);
        return tests.stream();
    }

    @Test
    void the_guide_lists_every_filter_with_its_arguments() {
        Map<String, String> listed = rows().stream()
                .filter(row -> row.size() == 4 && isCode(row.getFirst()))
                .collect(Collectors.toMap(
                        row -> code(row.getFirst()), row -> code(row.get(1)), (a, b) -> a, TreeMap::new));
        Map<String, String> known = Filters.ALL.values().stream()
                .collect(Collectors.toMap(Filter::name, Filter::signature, (a, b) -> a, TreeMap::new));
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void the_guide_states_the_limits() {
        assertThat(text()).contains("| source | 1,048,576 characters |").contains("| nesting of tags | 32 |");
        assertThat(TemplateLimits.MAX_SOURCE_CHARS).isEqualTo(1_048_576);
        assertThat(TemplateLimits.MAX_OUTPUT_BYTES).isEqualTo(1_048_576);
        assertThat(TemplateLimits.MAX_STEPS).isEqualTo(100_000);
        assertThat(TemplateLimits.MAX_NESTING).isEqualTo(32);
        assertThat(TemplateLimits.MAX_RANGE).isEqualTo(10_000);
        assertThat(TemplateLimits.MAX_VALUE_NESTING).isEqualTo(128);
    }

    private static List<List<String>> rows() {
        return text().lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .toList())
                .toList();
    }

    private static String exampleRequest() {
        int start = text().indexOf("```json") + "```json".length();
        return text().substring(start, text().indexOf("```", start));
    }

    private static boolean isCode(String cell) {
        return cell.startsWith("`") && cell.endsWith("`");
    }

    private static String code(String cell) {
        return cell.replaceAll("^`|`$", "");
    }

    private static String text() {
        try {
            return Files.readString(GUIDE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
