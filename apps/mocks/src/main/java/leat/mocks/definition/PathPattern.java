package leat.mocks.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The path of a route, such as {@code /users/:id|int/files/*rest}: one segment between slashes at a time.
 *
 * <p>A trailing slash is a last segment that is empty, so {@code /a} and {@code /a/} differ.
 *
 * @param text as the file has it
 */
public record PathPattern(String text, List<Segment> segments) {

    /** What one segment accepts. */
    public sealed interface Segment {}

    /** Exactly this text, percent-decoded; empty only for a trailing slash. */
    public record Fixed(String text) implements Segment {}

    /** One segment that is not empty and fits the type. */
    public record Parameter(String name, ParameterType type) implements Segment {}

    /** All that is left, slashes included, even nothing; always last. */
    public record Rest(String name) implements Segment {}

    public PathPattern {
        segments = List.copyOf(segments);
    }

    /** @throws PathSyntaxException saying what is wrong at which characters */
    public static PathPattern parse(String text) throws PathSyntaxException {
        if (text.length() > Limits.PATH_CHARACTERS) {
            throw new PathSyntaxException(
                    DiagnosticCode.LIMIT_EXCEEDED,
                    0,
                    text.length(),
                    "A path has at most " + Limits.PATH_CHARACTERS + " characters, this one has " + text.length() + ".",
                    "Shorten it, or catch the end of the path with *rest.");
        }
        if (!text.startsWith("/")) {
            throw syntax(0, text.length(), "A path begins with a slash.", "Write `/" + YamlNode.shortened(text) + "`.");
        }
        refuseForeignCharacters(text);
        var segments = new ArrayList<Segment>();
        var names = new HashSet<String>();
        int start = 1;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            if (segments.size() == Limits.PATH_SEGMENTS) {
                throw new PathSyntaxException(
                        DiagnosticCode.LIMIT_EXCEEDED,
                        start,
                        text.length() - start,
                        "A path has at most " + Limits.PATH_SEGMENTS + " segments.",
                        "Catch the end of the path with *rest.");
            }
            Segment segment = segment(text, start, end);
            if (name(segment).filter(name -> !names.add(name)).isPresent()) {
                throw syntax(
                        start,
                        end - start,
                        "The parameter `" + name(segment).orElseThrow() + "` stands twice in this path.",
                        "Give each parameter a name of its own.");
            }
            segments.add(segment);
            start = end + 1;
        }
        return new PathPattern(text, segments);
    }

    /** The same for two paths that accept the same requests, whatever their parameters are called. */
    public String shape() {
        var shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/');
            switch (segment) {
                case Fixed fixed ->
                    shape.append('=').append(fixed.text().replace("%", "%25").replace("/", "%2F"));
                case Parameter parameter ->
                    shape.append(':').append(parameter.type().text());
                case Rest rest -> shape.append('*');
            }
        }
        return shape.toString();
    }

    /** The names of its parameters from left to right. */
    public List<String> names() {
        return segments.stream().flatMap(segment -> name(segment).stream()).toList();
    }

    private static Optional<String> name(Segment segment) {
        return switch (segment) {
            case Fixed fixed -> Optional.empty();
            case Parameter parameter -> Optional.of(parameter.name());
            case Rest rest -> Optional.of(rest.name());
        };
    }

    private static void refuseForeignCharacters(String text) throws PathSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?') {
                throw syntax(i, text.length() - i, "A path has no query.", "Declare parameters under `query:`.");
            }
            if (c == '#') {
                throw syntax(i, text.length() - i, "Clients never send what follows #.", "Remove it, or write %23.");
            }
            if (c == '{' || c == '}') {
                throw syntax(i, 1, "Braces mean nothing in a path.", "Write a parameter as `:name`.");
            }
            if (c <= ' ' || c == 0x7f) {
                throw syntax(i, 1, "A path has no spaces or control characters.", "Write a space as %20.");
            }
            if (c == '\\') {
                throw syntax(i, 1, "A path has no backslash.", "Separate segments with /.");
            }
        }
    }

    private static Segment segment(String text, int start, int end) throws PathSyntaxException {
        if (start == end) {
            if (end < text.length()) {
                throw syntax(start - 1, 2, "Two slashes follow each other.", "Remove one of them.");
            }
            return new Fixed("");
        }
        String segment = text.substring(start, end);
        if (segment.charAt(0) == ':') {
            return parameter(segment, start);
        }
        if (segment.charAt(0) == '*') {
            if (end < text.length()) {
                throw syntax(
                        start,
                        end - start,
                        "`" + segment + "` takes all that is left, so nothing may follow it.",
                        "Use `:name` for one segment.");
            }
            return new Rest(checkedName(segment.substring(1), start + 1, "Name it, as in `*rest`."));
        }
        if (segment.indexOf('*') >= 0) {
            throw syntax(
                    start + segment.indexOf('*'),
                    1,
                    "A * stands at the beginning of the last segment.",
                    "Write `*rest`, or %2A for the character itself.");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw syntax(
                    start,
                    end - start,
                    "Clients resolve . and .. before they send a path.",
                    "Write the path that arrives.");
        }
        String decoded = PercentCode.decode(text, start, end, false)
                .orElseThrow(() -> syntax(
                        start,
                        end - start,
                        "This is no valid percent-encoding of UTF-8.",
                        "Write a percent sign as %25."));
        return new Fixed(decoded);
    }

    private static Parameter parameter(String segment, int start) throws PathSyntaxException {
        int bar = segment.indexOf('|');
        String name = checkedName(
                segment.substring(1, bar < 0 ? segment.length() : bar),
                start + 1,
                "A parameter fills a whole segment, as in `/:name/` or `/:name|int/`.");
        if (bar < 0) {
            return new Parameter(name, ParameterType.STRING);
        }
        String type = segment.substring(bar + 1);
        if (type.startsWith("regex(")) {
            throw new PathSyntaxException(
                    DiagnosticCode.FEATURE_UNSUPPORTED,
                    start + bar + 1,
                    type.length(),
                    "Parameters of the type `regex` are not supported.",
                    "Use one of " + ParameterType.NAMES + ".");
        }
        return new Parameter(
                name,
                ParameterType.named(type)
                        .orElseThrow(() -> new PathSyntaxException(
                                DiagnosticCode.PATH_TYPE_UNKNOWN,
                                start + bar + 1,
                                type.length(),
                                "There is no parameter type `" + YamlNode.shortened(type) + "`.",
                                Spelling.advice(type.toLowerCase(Locale.ROOT), ParameterType.NAMES.split("[ ,]+"))
                                        .orElse("Use one of " + ParameterType.NAMES + "."))));
    }

    private static String checkedName(String name, int start, String advice) throws PathSyntaxException {
        if (!isName(name)) {
            throw syntax(
                    start, name.length(), "`" + YamlNode.shortened(name) + "` is no name for a parameter.", advice);
        }
        return name;
    }

    /** Letters, digits, _ and -, beginning with a letter or _. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Ascii.isLetter(c) || c == '_';
            boolean further = Ascii.isDigit(c) || c == '-';
            if (!letter && (i == 0 || !further)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static PathSyntaxException syntax(int offset, int length, String message, String advice) {
        return new PathSyntaxException(DiagnosticCode.PATH_SYNTAX, offset, length, message, advice);
    }
}
