package leat.mocks.definition;

import leat.mocks.definition.YamlNode.Entry;
import leat.mocks.definition.YamlNode.Mapping;
import leat.mocks.definition.YamlNode.Scalar;
import leat.mocks.definition.YamlNode.Sequence;

/**
 * Writes a YAML value as compact JSON: keys keep their order and numbers their digits.
 *
 * <p>An unquoted value that JSON would read as a number, {@code true}, {@code false} or {@code null} is just that;
 * everything else is text, so that {@code 007}, {@code 1_000} and {@code yes} lose nothing. What stands inside
 * <code>{{…}}</code> and <code>{%…%}</code> is copied unescaped, because it is an expression and no text yet.
 */
final class YamlJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private YamlJson() {}

    static String write(YamlNode node) {
        var out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(YamlNode node, StringBuilder out) {
        switch (node) {
            case Mapping mapping -> {
                out.append('{');
                String comma = "";
                for (Entry entry : mapping.entries()) {
                    out.append(comma);
                    text(entry.key().value(), out);
                    out.append(':');
                    write(entry.value(), out);
                    comma = ",";
                }
                out.append('}');
            }
            case Sequence sequence -> {
                out.append('[');
                String comma = "";
                for (YamlNode item : sequence.items()) {
                    out.append(comma);
                    write(item, out);
                    comma = ",";
                }
                out.append(']');
            }
            case Scalar scalar -> scalar(scalar, out);
        }
    }

    private static void scalar(Scalar scalar, StringBuilder out) {
        String value = scalar.value();
        if (scalar.isNull()) {
            out.append("null");
        } else if (scalar.plain() && isBoolean(value)) {
            out.append(value.charAt(0) == 't' || value.charAt(0) == 'T');
        } else if (scalar.plain() && isNumber(value)) {
            out.append(value);
        } else {
            text(value, out);
        }
    }

    private static boolean isBoolean(String value) {
        return switch (value) {
            case "true", "True", "TRUE", "false", "False", "FALSE" -> true;
            default -> false;
        };
    }

    /** Whether the text is a number by JSON's own grammar. */
    static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, at);
        if (digits == 0 || (digits > 1 && text.charAt(at) == '0')) {
            return false;
        }
        at += digits;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == 0) {
                return false;
            }
            at += 1 + fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = digits(text, at);
            if (exponent == 0) {
                return false;
            }
            at += exponent;
        }
        return at == text.length();
    }

    private static int digits(String text, int from) {
        return Ascii.afterDigits(text, from, text.length()) - from;
    }

    private static void text(String value, StringBuilder out) {
        out.append('"');
        var tags = new TemplateTags(value);
        int at = 0;
        while (at < value.length()) {
            int end = tags.endOfTag(at);
            if (end > at) {
                out.append(value, at, end);
                at = end;
            } else {
                escape(value.charAt(at++), out);
            }
        }
        out.append('"');
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                } else {
                    out.append(c);
                }
            }
        }
    }
}
