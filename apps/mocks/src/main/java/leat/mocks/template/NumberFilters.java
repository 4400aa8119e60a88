package leat.mocks.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters that reckon. Text that reads as a number is one; numbers of more than 400 digits are refused. */
final class NumberFilters {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** One conversion with small widths and text around it, so that no format can ask for a gigabyte of zeros. */
    private static final Pattern FORMAT =
            Pattern.compile("[^%]{0,100}%[-+,( 0]{0,4}[0-9]{0,3}(?:\\.[0-9]{1,2})?([dfeEgGxX])[^%]{0,100}");

    static final List<Filter> ALL = List.of(
            Filter.of("add", "value value*", a -> (value, r) -> add(value, a, r)),
            Filter.of("multiply", "number", a -> {
                BigDecimal factor = a.number(0);
                return (value, r) -> Numbers.value(number(value, r).multiply(factor));
            }),
            Filter.of("divide", "number", a -> {
                BigDecimal divisor = a.number(0);
                if (divisor.signum() == 0) {
                    throw new IllegalArgumentException("Nothing can be divided by 0.");
                }
                return (value, r) -> Numbers.value(Numbers.divide(number(value, r), divisor));
            }),
            Filter.of(
                    "round",
                    "",
                    a -> (value, r) -> Numbers.value(number(value, r).add(HALF).setScale(0, RoundingMode.FLOOR))),
            Filter.of("between?", "number number", a -> {
                BigDecimal low = a.number(0).min(a.number(1));
                BigDecimal high = a.number(0).max(a.number(1));
                return (value, r) -> {
                    BigDecimal number = number(value, r);
                    return number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
                };
            }),
            Filter.of("double-format", "integer?", a -> {
                int places = a.has(0) ? a.integer(0, 0, 20) : 1;
                return (value, r) ->
                        number(value, r).setScale(places, RoundingMode.HALF_UP).toPlainString();
            }),
            Filter.of("number-format", "text text?", a -> numberFormat(a.text(0), Locale.of(a.text(1, "en")))),
            Filter.of("currency-format", "text? text?", a -> {
                Locale locale = a.count() == 0 ? Locale.US : Locale.of(a.text(0), a.text(1, ""));
                return (value, r) -> NumberFormat.getCurrencyInstance(locale).format(number(value, r));
            }),
            Filter.of("get-digit", "integer", a -> {
                int place = a.integer(0, 0, Integer.MAX_VALUE);
                return Filter.text((text, r) -> digit(text, place));
            }),
            Filter.seeingMissing("pluralize", "text? text?", a -> {
                String singular = a.count() == 2 ? a.text(0) : "";
                String plural = a.count() == 0 ? "s" : a.text(a.count() - 1);
                return (value, r) -> isOne(value, r) ? singular : plural;
            }));

    private NumberFilters() {}

    static BigDecimal number(@Nullable Object value, Rendering r) {
        BigDecimal number = Numbers.readForSums(value);
        if (number == null) {
            throw r.fail("template.not-a-number", "this value is no number of at most 400 digits.");
        }
        return number;
    }

    /** The sum when all are numbers, else the texts one after another. */
    private static Object add(@Nullable Object value, Arguments more, Rendering r) {
        BigDecimal sum = Numbers.readForSums(value);
        for (int i = 0; i < more.count() && sum != null; i++) {
            BigDecimal summand = Numbers.readForSums(more.value(i));
            sum = summand == null ? null : sum.add(summand);
        }
        if (sum != null) {
            return Numbers.value(sum);
        }
        if (value instanceof Number) {
            var _ = number(value, r);
        }
        StringBuilder joined = new StringBuilder(Values.text(value, r));
        for (int i = 0; i < more.count(); i++) {
            joined.append(Values.text(more.value(i), r));
            r.chargeChars(joined.length());
            if (joined.length() > TemplateLimits.MAX_OUTPUT_BYTES) {
                throw r.limit(TemplateLimitException.Limit.OUTPUT);
            }
        }
        return joined.toString();
    }

    private static Filter.Change numberFormat(String format, Locale locale) {
        Matcher matcher = FORMAT.matcher(format);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A number format is one % with a width of at most 3 digits and a letter of dfeEgGxX.");
        }
        boolean whole = "dxX".indexOf(matcher.group(1)) >= 0;
        try {
            var _ = String.format(locale, format, whole ? (Object) BigInteger.ONE : BigDecimal.ONE);
        } catch (IllegalFormatException e) {
            throw new IllegalArgumentException("\"" + format + "\" is no number format: " + e.getMessage() + ".", e);
        }
        return (value, r) -> {
            BigDecimal number = number(value, r);
            return whole
                    ? String.format(
                            locale,
                            format,
                            number.setScale(0, RoundingMode.HALF_UP).toBigInteger())
                    : String.format(locale, format, number);
        };
    }

    /** The digit so many places from the right, the one at the right being 1; the number when it has no such place. */
    private static String digit(String number, int place) {
        int at = number.length() - place;
        if (at < 0 || at >= number.length()) {
            return number;
        }
        int digit = number.charAt(at) == '.' && at > 0 ? at - 1 : at;
        return number.substring(digit, digit + 1);
    }

    private static boolean isOne(@Nullable Object value, Rendering r) {
        BigDecimal number = Numbers.read(value);
        return number != null ? number.compareTo(BigDecimal.ONE) == 0 : Values.count(value, r) == 1;
    }
}
