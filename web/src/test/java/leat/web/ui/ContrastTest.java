package leat.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contrast ratios of WCAG 2.2, sections 1.4.3 and 1.4.11, computed from the colour tokens of both themes. */
class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("--([a-z-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");
    private static final List<String> GROUNDS = List.of("canvas", "surface", "raised", "sunken", "hover");

    record Pair(String ink, String ground, double least) {}

    static Stream<Pair> pairs() {
        var text = Stream.of(
                        "ink",
                        "ink-muted",
                        "ink-faint",
                        "accent",
                        "accent-strong",
                        "red",
                        "amber",
                        "green",
                        "blue",
                        "violet",
                        "slate")
                .flatMap(ink -> GROUNDS.stream().map(ground -> new Pair(ink, ground, 4.5)));
        var soft = Stream.of("grey", "red", "amber", "green", "slate", "blue")
                .map(tone -> new Pair(tone, tone + "-soft", 4.5));
        var rest = Stream.of(
                new Pair("accent-ink", "accent", 4.5),
                new Pair("accent-ink", "accent-strong", 4.5),
                new Pair("accent-on-soft", "accent-soft", 4.5),
                new Pair("danger-ink", "danger", 4.5),
                new Pair("ink", "red-soft", 4.5),
                new Pair("ink", "green-soft", 4.5),
                new Pair("ink-faint", "red-soft", 4.5),
                new Pair("ink-faint", "green-soft", 4.5),
                new Pair("canvas", "ink", 4.5),
                new Pair("line-strong", "surface", 3),
                new Pair("line-strong", "canvas", 3),
                new Pair("focus", "canvas", 3),
                new Pair("focus", "surface", 3),
                new Pair("focus", "raised", 3));
        return Stream.of(text, soft, rest).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ink_is_legible_on_its_ground_in_both_themes(Pair pair) throws IOException {
        var tokens = tokens();
        for (int theme : List.of(0, 1)) {
            assertThat(contrast(colour(tokens, pair.ink, theme), colour(tokens, pair.ground, theme)))
                    .as("%s on %s, %s", pair.ink, pair.ground, theme == 0 ? "light" : "dark")
                    .isGreaterThanOrEqualTo(pair.least);
        }
    }

    private static Map<String, List<String>> tokens() throws IOException {
        var css = Files.readString(Path.of("assets", "src", "css", "tokens.css"));
        var tokens = new HashMap<String, List<String>>();
        TOKEN.matcher(css)
                .results()
                .forEach(found -> tokens.put(found.group(1), List.of(found.group(2), found.group(3))));
        return tokens;
    }

    private static String colour(Map<String, List<String>> tokens, String name, int theme) {
        var both = tokens.get(name);
        if (both == null) {
            throw new AssertionError("No token --" + name + " with two opaque colours.");
        }
        return both.get(theme);
    }

    private static double contrast(String one, String other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + .05) / (darker + .05);
    }

    private static double luminance(String hex) {
        double[] weights = {.2126, .7152, .0722};
        return IntStream.range(0, 3)
                .mapToDouble(i -> {
                    double share = Integer.parseInt(hex.substring(i * 2, i * 2 + 2), 16) / 255.0;
                    return weights[i] * (share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4));
                })
                .sum();
    }
}
