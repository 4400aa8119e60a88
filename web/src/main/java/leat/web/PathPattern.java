package leat.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A route's path: literal segments and {@code {named}} ones, each of which takes exactly one segment that is not empty.
 *
 * <p>Matching is on the raw path and decodes afterwards, so an encoded slash never becomes a separator.
 */
public record PathPattern(String text, List<Segment> segments) {

    /** One step of a path. */
    public sealed interface Segment {}

    /** Exactly this text. */
    public record Literal(String text) implements Segment {}

    /** Any text, kept under a name. */
    public record Named(String name) implements Segment {}

    public PathPattern {
        segments = List.copyOf(segments);
    }

    /** @throws IllegalArgumentException when the text is no pattern */
    public static PathPattern of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("the path \"" + text + "\" does not start with a slash");
        }
        var segments = new ArrayList<Segment>();
        var names = new HashSet<String>();
        for (String part : split(text)) {
            if (part.startsWith("{") && part.endsWith("}")) {
                String name = part.substring(1, part.length() - 1);
                if (!name.matches("[a-zA-Z][a-zA-Z0-9]*") || !names.add(name)) {
                    throw new IllegalArgumentException(
                            "the path \"" + text + "\" names \"" + name + "\" badly or twice");
                }
                segments.add(new Named(name));
            } else if (part.matches("[A-Za-z0-9._~-]*")) {
                segments.add(new Literal(part));
            } else {
                throw new IllegalArgumentException("the path \"" + text + "\" has a bad segment \"" + part + "\"");
            }
        }
        return new PathPattern(text, segments);
    }

    /** Names of the named segments, in order. */
    public List<String> names() {
        return segments.stream()
                .flatMap(segment ->
                        segment instanceof Named named ? List.of(named.name()).stream() : List.<String>of().stream())
                .toList();
    }

    /** The raw segments after the first slash; the path {@code /} has one, empty. */
    static String[] split(String path) {
        return path.substring(1).split("/", -1);
    }

    @Override
    public String toString() {
        return text;
    }
}
