package leat.mocks.definition;

import java.util.Arrays;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * The file as text, able to say which line and column a parser's mark, or a character inside a parsed value, has.
 *
 * <p>The parser counts columns in code points and forgets how a value was folded and escaped; editors count UTF-16
 * units. The way back is found by reading the source beside the value.
 */
final class SourceText {
    private final String text;
    private int[] lineStarts = {};

    SourceText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    int codePoints() {
        return text.codePointCount(0, text.length());
    }

    Place place(Mark start, Mark end) {
        int from = offset(start);
        return between(from, Math.max(from, offset(end)));
    }

    Place place(YamlNode node) {
        return place(node.start(), node.end());
    }

    Place between(int from, int to) {
        int line = lineOf(from);
        int endLine = lineOf(to);
        return new Place(line + 1, from - lineStarts[line] + 1, endLine + 1, to - lineStarts[endLine] + 1);
    }

    /** The place of {@code length} characters of a scalar's value, beginning at {@code offset} of that value. */
    Place within(YamlNode.Scalar scalar, int offset, int length) {
        String value = scalar.value();
        int from = Math.clamp(offset, 0, value.length());
        int to = Math.clamp((long) from + length, from, value.length());
        int end = offset(scalar.end());
        int[] places = walk(scalar, from, to);
        return between(Math.min(places[0], end), Math.min(Math.max(places[0], places[1]), end));
    }

    private int[] walk(YamlNode.Scalar scalar, int from, int to) {
        int source = offset(scalar.start());
        ScalarStyle style = scalar.style();
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        boolean quoted = style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED;
        int indent = Integer.MAX_VALUE;
        if (block) {
            source = nextLine(source);
            int first = source;
            while (first < text.length() && isBreakOrSpace(text.charAt(first))) {
                first++;
            }
            // Leading blank lines and spaces of the value itself are not part of the indentation.
            int lineStart = lineStarts[lineOf(Math.min(first, text.length()))];
            int own = 0;
            String value = scalar.value();
            int content = 0;
            while (content < value.length() && value.charAt(content) == '\n') {
                content++;
            }
            while (content + own < value.length() && value.charAt(content + own) == ' ') {
                own++;
            }
            indent = Math.max(0, first - lineStart - own);
            source = skipIndent(source, indent);
        } else if (quoted) {
            source++;
        }
        String value = scalar.value();
        int begin = -1;
        int i = 0;
        while (i < to && source < text.length()) {
            if (i == from) {
                begin = source;
            }
            char wanted = value.charAt(i);
            char found = text.charAt(source);
            if (style == ScalarStyle.DOUBLE_QUOTED && found == '\\') {
                int width = escapeWidth(source);
                source += width;
                i += width > 0 && isBreakOrSpace(text.charAt(source - 1)) && wanted != ' ' ? 0 : 1;
                if (width == 10 && i < to && Character.isLowSurrogate(value.charAt(i))) {
                    i++;
                }
            } else if (style == ScalarStyle.SINGLE_QUOTED && found == '\'') {
                source += 2;
                i++;
            } else if (found == '\n' || found == '\r') {
                source = skipIndent(nextLine(source), indent);
                if (wanted == ' ' || wanted == '\n') {
                    i++;
                }
            } else if (found == wanted) {
                source++;
                i++;
            } else {
                source++;
            }
        }
        return new int[] {begin < 0 ? source : begin, source};
    }

    private int escapeWidth(int source) {
        if (source + 1 >= text.length()) {
            return 1;
        }
        return switch (text.charAt(source + 1)) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private static boolean isBreakOrSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r';
    }

    private int skipIndent(int from, int indent) {
        int at = from;
        while (at < text.length() && at - from < indent && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private int nextLine(int from) {
        int line = lineOf(from);
        return line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
    }

    private int offset(Mark mark) {
        index();
        int line = Math.min(mark.getLine(), lineStarts.length - 1);
        int start = lineStarts[line];
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
        int at = start;
        for (int column = mark.getColumn(); column > 0 && at < end; column--) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private int lineOf(int offset) {
        index();
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    private void index() {
        if (lineStarts.length > 0) {
            return;
        }
        int[] starts = new int[1024];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        lineStarts = Arrays.copyOf(starts, count);
    }
}
