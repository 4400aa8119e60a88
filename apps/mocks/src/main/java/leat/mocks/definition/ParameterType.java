package leat.mocks.definition;

import java.time.Year;
import java.util.List;
import java.util.Optional;

/**
 * What a path or query parameter accepts; values keep their text, the type only decides whether they fit.
 *
 * @param choices for {@link Kind#ENUM} the texts that fit, else empty
 */
public record ParameterType(Kind kind, List<String> choices) {
    /** Anything that is not empty. */
    public static final ParameterType STRING = new ParameterType(Kind.STRING, List.of());

    /** The kinds in the order in which a matcher tries them; {@code STRING} comes last because it accepts all. */
    public enum Kind {
        ENUM("one of the listed texts"),
        BOOLEAN("true or false"),
        INT("a whole number"),
        FLOAT("a number"),
        DATE("a date such as 2026-01-31"),
        UUID("a UUID"),
        STRING("text");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }
    }

    /** The names that a file can use, for advice. */
    public static final String NAMES = "string, int, float, double, boolean, bool, uuid, date or enum(a,b)";

    public ParameterType {
        choices = List.copyOf(choices);
    }

    /** The type written so in a file, or nothing when there is no such type; {@code enum} needs its choices. */
    public static Optional<ParameterType> named(String text) {
        if (text.startsWith("enum(") && text.endsWith(")")) {
            List<String> choices = List.of(text.substring(5, text.length() - 1).split(",", -1)).stream()
                    .map(String::strip)
                    .distinct()
                    .toList();
            boolean usable =
                    choices.size() <= Limits.ENUM_CHOICES && choices.stream().noneMatch(String::isEmpty);
            return usable ? Optional.of(new ParameterType(Kind.ENUM, choices)) : Optional.empty();
        }
        return Optional.ofNullable(
                switch (text) {
                    case "string" -> STRING;
                    case "int" -> new ParameterType(Kind.INT, List.of());
                    case "float", "double" -> new ParameterType(Kind.FLOAT, List.of());
                    case "boolean", "bool" -> new ParameterType(Kind.BOOLEAN, List.of());
                    case "uuid" -> new ParameterType(Kind.UUID, List.of());
                    case "date" -> new ParameterType(Kind.DATE, List.of());
                    default -> null;
                });
    }

    /** As a file writes it; two types with the same text accept the same values. */
    public String text() {
        return switch (kind) {
            case ENUM -> "enum(" + String.join(",", choices) + ")";
            case BOOLEAN -> "boolean";
            case INT -> "int";
            case FLOAT -> "float";
            case DATE -> "date";
            case UUID -> "uuid";
            case STRING -> "string";
        };
    }

    /** What to tell a caller whose value does not fit. */
    public String meaning() {
        return kind == Kind.ENUM ? "one of " + String.join(", ", choices) : kind.meaning;
    }

    public boolean accepts(String value) {
        return accepts(value, 0, value.length());
    }

    /** Whether the characters from {@code start} to {@code end}, already decoded, fit; nothing never does. */
    public boolean accepts(String text, int start, int end) {
        if (start >= end) {
            return false;
        }
        return switch (kind) {
            case STRING -> true;
            case ENUM -> isChoice(text, start, end);
            case BOOLEAN -> is("true", text, start, end) || is("false", text, start, end);
            case INT -> isInt(text, start, end);
            case FLOAT -> isFloat(text, start, end);
            case DATE -> isDate(text, start, end);
            case UUID -> isUuid(text, start, end);
        };
    }

    private boolean isChoice(String text, int start, int end) {
        for (int i = 0; i < choices.size(); i++) {
            if (is(choices.get(i), text, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String wanted, String text, int start, int end) {
        return wanted.length() == end - start && text.startsWith(wanted, start);
    }

    /** A sign and digits that fit in 64 bits. */
    private static boolean isInt(String text, int start, int end) {
        boolean negative = text.charAt(start) == '-';
        int at = negative || text.charAt(start) == '+' ? start + 1 : start;
        if (at == end) {
            return false;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return false;
            }
            value = value * 10 - digit;
        }
        return negative || value != Long.MIN_VALUE;
    }

    private static boolean isFloat(String text, int start, int end) {
        int at = start + (text.charAt(start) == '-' || text.charAt(start) == '+' ? 1 : 0);
        int whole = Ascii.afterDigits(text, at, end);
        if (whole == at) {
            return false;
        }
        at = whole;
        if (at < end && text.charAt(at) == '.') {
            int fraction = Ascii.afterDigits(text, at + 1, end);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = Ascii.afterDigits(text, at, end);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == end;
    }

    private static boolean isDate(String text, int start, int end) {
        if (end - start != 10
                || text.charAt(start + 4) != '-'
                || text.charAt(start + 7) != '-'
                || Ascii.afterDigits(text, start, end) != start + 4
                || Ascii.afterDigits(text, start + 5, end) != start + 7
                || Ascii.afterDigits(text, start + 8, end) != end) {
            return false;
        }
        int year = Integer.parseInt(text, start, start + 4, 10);
        int month = Integer.parseInt(text, start + 5, start + 7, 10);
        int day = Integer.parseInt(text, start + 8, end, 10);
        boolean leap = Year.isLeap(year);
        int days = switch (month) {
            case 1, 3, 5, 7, 8, 10, 12 -> 31;
            case 4, 6, 9, 11 -> 30;
            case 2 -> leap ? 29 : 28;
            default -> 0;
        };
        return day >= 1 && day <= days;
    }

    private static boolean isUuid(String text, int start, int end) {
        if (end - start != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(start + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Ascii.hex(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
