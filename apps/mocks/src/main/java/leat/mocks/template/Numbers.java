package leat.mocks.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads and prints numbers, keeping the digits that were written: {@code 1.10} stays {@code 1.10}. */
final class Numbers {
    /** Longest text that is read as a number. */
    private static final int MAX_CHARS = 100;

    /** Arithmetic refuses numbers beyond this many digits before or after the point. */
    private static final int MAX_DIGITS = 400;

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    /** A number, or text that reads as a JSON number, as a decimal; null when it is neither. */
    static @Nullable BigDecimal read(@Nullable Object value) {
        return switch (value) {
            case BigDecimal d -> d;
            case BigInteger i -> new BigDecimal(i);
            case Double d -> Double.isFinite(d) ? BigDecimal.valueOf(d) : null;
            case Float f -> Float.isFinite(f) ? new BigDecimal(f.toString()) : null;
            case Number n -> BigDecimal.valueOf(n.longValue());
            case String s -> read(s.strip());
            case Repeated r -> read(r.first().strip());
            case Abbreviation a -> read(a.text().strip());
            case JsonFragment j -> read(j.text());
            case null, default -> null;
        };
    }

    private static @Nullable BigDecimal read(String text) {
        if (text.length() > MAX_CHARS || !isJsonNumber(text)) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException exponentTooLarge) {
            return null;
        }
    }

    /** Like {@link #read}, but null also when doing sums with it would take a mountain of digits. */
    static @Nullable BigDecimal readForSums(@Nullable Object value) {
        BigDecimal number = read(value);
        if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS) {
            return null;
        }
        return number;
    }

    /** The number as a value, without an exponent: a long when it is whole and small enough. */
    static Object value(BigDecimal number) {
        BigDecimal plain = number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
        if (plain.scale() == 0 && plain.compareTo(LONG_MIN) >= 0 && plain.compareTo(LONG_MAX) <= 0) {
            return plain.longValue();
        }
        return plain;
    }

    /** A number as it was written: a long when it is whole and small enough, else a decimal with its digits. */
    static Object literal(String digits) {
        BigDecimal number = new BigDecimal(digits);
        boolean whole = number.scale() == 0 && number.precision() <= 18 && !digits.equals("-0");
        return whole ? (Object) number.longValue() : number;
    }

    static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        BigDecimal quotient = dividend.divide(divisor, MathContext.DECIMAL64).stripTrailingZeros();
        return quotient.scale() < 0 ? quotient.setScale(0, RoundingMode.UNNECESSARY) : quotient;
    }

    /** Digits as JSON would write them. */
    static String text(Number number) {
        return switch (number) {
            case BigDecimal d -> d.scale() >= 0 && d.scale() <= MAX_DIGITS ? d.toPlainString() : d.toString();
            case Double d -> Double.isFinite(d) ? d.toString() : "null";
            case Float f -> Float.isFinite(f) ? f.toString() : "null";
            default -> number.toString();
        };
    }

    /** Whether text can stand for a number in JSON: short enough, with an exponent small enough, for any reader. */
    static boolean isPrintable(String text) {
        if (text.length() > MAX_CHARS || !isJsonNumber(text)) {
            return false;
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        return exponent < 0 || text.length() - exponent <= 4;
    }

    static boolean isJsonNumber(String text) {
        int end = text.length();
        int at = 0;
        if (at < end && text.charAt(at) == '-') {
            at++;
        }
        int whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < end && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < end && (text.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = digits(text, at);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == end;
    }

    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
